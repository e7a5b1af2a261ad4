"""Where one directive ends and the next begins: two merged into one, one split in two."""

from __future__ import annotations

from luoshi.intake import states
from luoshi.intake.dividing import Part, divided, halves, united
from luoshi.intake.models import Finding, Passage
from luoshi.intake.rules import MERGED_BY_HAND, SPLIT_BY_HAND, span_map
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid, NotFound, Stale, WrongState
from luoshi.ledger.door import change

DIRECTIVE = "directive"


def merge(finding: Finding, other: Finding, *, by: Actor, seen: int, other_seen: int) -> Finding:
    """The directive with its neighbour taken in: one stretch of words, the values of both (合并).

    The other stays as a row, 已合并, that names this one. Errors: WrongState when they are no
    neighbours, when one of them is linked or no longer stands; Stale.
    """
    with change(finding, states.MERGE, by=by, seen=seen) as step:
        first, second = step.row, _neighbour(step.row, other, other_seen)
        _require_free(first, second)
        ahead, behind = sorted((first, second), key=lambda row: row.passage.start)
        whole = united(_part(ahead), _part(behind))
        start = min(first.passage.start, second.passage.start)
        end = max(first.passage.end, second.passage.end)
        step.follow(first.passage, start=start, end=end)
        first.value, first.spans, first.doubts = whole.value, whole.spans, whole.doubts
        first.rules = list(dict.fromkeys([*first.rules, *second.rules, MERGED_BY_HAND]))
        first.order = min(first.order, second.order)
        first.confidence = min(first.confidence, second.confidence)
        first.state = _state_of_made(first.state, second.state)
        step.follow(second, state=states.MERGED, into=first)
    return step.row


def split(finding: Finding, at: int, *, by: Actor, seen: int) -> tuple[Finding, Finding]:
    """The directive and a new one after it, cut at an offset of the restored text (拆分).

    Errors: Invalid when a part would have no words, WrongState when it is linked.
    """
    with change(finding, states.SPLIT, by=by, seen=seen) as step:
        first = step.row
        _require_free(first)
        document, passage = first.document, first.passage
        offsets = span_map(document.repairs)
        text = document.restored
        cut = halves(text, *offsets.forward_span(passage.start, passage.end), at)
        if cut is None:
            raise Invalid(fields={"at": "outside_words"})
        left, right = (offsets.backward_span(*span) for span in cut)
        whole = _part(first, whole=[passage.start, passage.end])
        words = (text[slice(*cut[0])], text[slice(*cut[1])])
        ahead, behind = divided(whole, right[0], words)
        rules = list(dict.fromkeys([*first.rules, SPLIT_BY_HAND]))
        state = _state_of_made(first.state)
        step.follow(passage, start=left[0], end=left[1])
        place = step.add(Passage(document=document, start=right[0], end=right[1]))
        second = Finding(
            document=document, passage=place, kind=first.kind, order=first.order + 1,
            value=behind.value, spans=behind.spans, doubts=behind.doubts, rules=rules,
            confidence=first.confidence, state=state,
        )  # fmt: skip
        step.add(second)
        first.value, first.spans, first.doubts = ahead.value, ahead.spans, ahead.doubts
        first.rules, first.state = rules, state
    return step.row, second


def _neighbour(first: Finding, other: Finding, seen: int) -> Finding:
    """The other one as it stands now. Errors: NotFound, Stale, WrongState."""
    found = Finding.objects.select_related("passage").filter(pk=other.pk).first()
    if found is None or found.document_id != first.document_id:
        raise NotFound("not_found")
    if found.version != seen:
        raise Stale("stale", verb="merge")
    if found.state not in states.LIVING:
        raise WrongState("wrong_state", state=found.state, verb="merge")
    begin, end = sorted((first.passage.start, found.passage.start))
    between = Finding.objects.filter(
        document=first.document_id, kind=DIRECTIVE, state__in=states.LIVING,
        passage__start__gt=begin, passage__start__lt=end,
    )  # fmt: skip
    if found.pk == first.pk or between.exclude(pk__in=(first.pk, found.pk)).exists():
        raise WrongState("no_neighbours", verb="merge")
    return found


def _require_free(*rows: Finding) -> None:
    """Errors: WrongState for what is no directive, and for one whose sentence has something to follow."""
    if any(row.kind != DIRECTIVE for row in rows):
        raise WrongState("only_directives", verb="merge")
    passages = [row.passage_id for row in rows]
    if Passage.objects.filter(pk__in=passages, links__removed=False).exists():
        raise WrongState("linked_already", verb="merge")


def _part(row: Finding, whole: list[int] | None = None) -> Part:
    spans = {**row.spans, "whole": [whole]} if whole else dict(row.spans)
    return Part(dict(row.value), spans, list(row.doubts))


def _state_of_made(*found: str) -> str:
    """What waits for a person still waits; what a person stood behind has been corrected by one."""
    return states.PROPOSED if states.PROPOSED in found else states.CORRECTED
