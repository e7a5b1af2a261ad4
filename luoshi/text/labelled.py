"""The rows of an item with owner labels (S4)."""

from __future__ import annotations

from luoshi.text import clauses, orders, speakers
from luoshi.text.directives import prose_rows
from luoshi.text.labels import Label
from luoshi.text.rows import Row, fill, label_owners, label_times, merge
from luoshi.text.sentences import Span, parts, sentences
from luoshi.text.setting import Setting

INLINE_TOPIC = 28  # a topic that opens an item is shorter


def labelled_rows(
    text: str, start: int, end: int, labels: list[Label], at: Setting, title: Span | None
) -> list[Row]:
    """The rows of an item with owner labels (S4): one per label, own sentences of owners apart."""
    rows: list[Row] = []
    first = title[0] if title else start
    for label in labels:
        if label.first_leads:
            at.first_leads = True
        stop = label.start
        rows.extend(
            _labelled(text, first, stop, label, at, titled=bool(title) and label is labels[0])
        )
        if label.everywhere:
            at.everywhere = label.everywhere
        first = label.end
        while first < end and text[first] in "。；， \n":
            first += 1
    if end - first > 6:
        rows.extend(prose_rows(text, first, end, at, topic_ok=False))
    return rows


def _labelled(
    text: str, start: int, end: int, label: Label, at: Setting, *, titled: bool
) -> list[Row]:
    pieces = [span for span in sentences(text, start, end) if span[1] > span[0]]
    groups: list[list[Span]] = []
    apart: list[bool] = []
    for span in pieces:
        for part in _owned_parts(text, span, at):
            alone = _stands_alone(text, part, at, bool(groups))
            if groups and not alone and not apart[-1]:
                groups[-1].append(part)
            else:
                groups.append([part])
                apart.append(alone)
    if len(groups) > 1 and len(groups[0]) == 1 and apart[1]:
        if titled:
            groups[:2] = [groups[0] + groups[1]]
        elif groups[0][0][1] - groups[0][0][0] <= INLINE_TOPIC and not any(
            ch.isdigit() for ch in text[slice(*groups[0][0])]
        ):
            del groups[0]
    elif titled and len(groups) > 1 and len(groups[0]) == 1:
        groups[:2] = [groups[0] + groups[1]]
    rows = []
    for spans in groups:
        row = _label_row(text, spans, label, at)
        if row is not None:
            rows.append(row)
    return rows


def _owned_parts(text: str, span: Span, at: Setting) -> list[Span]:
    """The sentence, cut at a semicolon where a new owner begins."""
    found: list[Span] = []
    for first, last in parts(text, *span):
        head = clauses.analysed(text, first, last, at.clock)
        if found and not (head and head[0].owners and head[0].modal):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _stands_alone(text: str, span: Span, at: Setting, later: bool) -> bool:
    made = clauses.analysed(text, *span, at.clock)
    if not made:
        return False
    head = made[0]
    if head.owners and not head.topic and (head.modal or text.startswith("负责", head.after)):
        return True
    starts_with_time = any(
        m.start - head.start <= 1 and m.before or text[head.start] == "到" and m.kind == "year"
        for m in head.times
    )
    return starts_with_time and later


def _label_row(text: str, spans: list[Span], label: Label, at: Setting) -> Row | None:
    first, last = spans[0][0], spans[-1][1]
    first = speakers.ordinal(text, first, last)
    while last > first and text[last - 1] in " —":
        last -= 1
    if last - first < 4:
        return None
    made = [
        c
        for span in spans
        for part in parts(text, *span)
        for c in clauses.analysed(text, *part, at.clock)
    ]
    if all(orders.praise(text, c.start, c.end) or c.past and not c.modal for c in made):
        return None
    row = Row(first, last, at.area, rules=["S4-label"], confidence=0.95)
    fill(text, row, made, at.clock, strict=True)
    label_owners(text, row, label, first_leads=at.first_leads)
    if at.everywhere:
        merge(row.owners, {"responsible_units": at.everywhere}, text)
    if "deadline" in label.fields:
        label_times(text, row, label, at.clock)
    return row
