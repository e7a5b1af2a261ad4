"""Paragraphs of the restored text with repairs and findings marked, as `_source_paragraph.html` draws them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.web.intake.lines import Line

REPAIR_KINDS: Mapping[str, Any] = {
    "annotation": gettext_lazy("夹入的注音"),
    "misaligned": gettext_lazy("字节错位"),
    "cut": gettext_lazy("标点处错位"),
    "drop": gettext_lazy("丢失字节"),
    "markup": gettext_lazy("标记吃字"),
    "unencodable": gettext_lazy("空格变问号"),
    "comma": gettext_lazy("多出的逗号"),
    "repeated": gettext_lazy("重复的标点"),
    "number": gettext_lazy("数字可能缺位"),
}
SHADES = {
    "exact": "certain", "inferred": "inferred", "uncertain": "uncertain", "proposed": "uncertain",
    "decided": "decided",
}  # fmt: skip


_STOPS = tuple("。；，、！？;,")


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding over [start, end) of the restored text: its row's anchor, how it is shaded, its tag."""

    start: int
    end: int
    anchor: str
    state: str = ""
    tag: Mapping[str, Any] | None = None


def shown_span(repair: Mapping[str, Any], *, received: bool = False) -> tuple[int, int]:
    """The characters that show a repair: for what was only taken out (or put in), the one before."""
    names = ("start", "end") if received else ("out_start", "out_end")
    start, end = (repair[name] for name in names)
    return (max(start - 1, 0), start) if end == start else (start, end)


class Repairs:
    """Stored repairs by the place that shows them in the restored text, or in the received one.

    `url` gives, for the number of a repair, its address and that of its fragment; `at` is the number
    of the one in question.
    """

    def __init__(
        self,
        stored: Iterable[Mapping[str, Any]],
        *,
        received: bool = False,
        url: Callable[[int], tuple[str, str]] | None = None,
        at: int = 0,
    ) -> None:
        numbered = enumerate(stored, start=1)
        self.rows = sorted(
            ((*shown_span(each, received=received), number, each) for number, each in numbered),
            key=lambda row: row[:3],
        )
        self.starts = [row[0] for row in self.rows]
        self.url = url
        self.at = at

    def within(self, start: int, end: int) -> Sequence[tuple[int, int, int, Mapping[str, Any]]]:
        """Those shown from a place in [start, end) on, each with its place."""
        return self.rows[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def runs(self, text: str, start: int, end: int) -> list[dict[str, Any]]:
        """[start, end) as runs of {text, repair, note, number, url, swap, figure, at}; a run ends where
        a repair begins or ends."""
        found: list[dict[str, Any]] = []
        at = start
        for shown, shown_end, number, repair in self.within(start, end):
            first, last = max(at, shown), min(end, shown_end)
            if last <= first:
                continue
            if first > at:
                found.append({"text": text[at:first]})
            run = {"text": text[first:last], "number": number if first == shown else ""}
            found.append(run | self._shown(number, repair))
            at = last
        if at < end:
            found.append({"text": text[at:end]})
        return found

    def _shown(self, number: int, repair: Mapping[str, Any]) -> dict[str, Any]:
        """How a repair is drawn: one that restoration made by rule is no link, unless it is in question."""
        shade = SHADES[repair["status"]]
        link = self.url is not None and (shade != "certain" or number == self.at)
        url, swap = self.url(number) if self.url and link else ("", "")
        return {
            "repair": shade,
            "note": note_of(repair),
            "url": url,
            "swap": swap,
            "figure": repair["kind"] == "number" and shade == "uncertain",
            "at": number == self.at,
        }


def note_of(repair: Mapping[str, Any]) -> str:
    """What the page had at a repaired place, and why it is read as it is."""
    kind = REPAIR_KINDS.get(repair["kind"], repair["kind"])
    return _("原为“%(before)s”，%(kind)s") % {"before": repair["before"][:40], "kind": kind}


def paragraph(text: str, line: Line, marks: Sequence[Mark], repairs: Repairs) -> dict[str, Any]:
    """One line with its sentences; `marks` are all those of the page."""
    here = [mark for mark in marks if mark.start < line.end and mark.end > line.start]
    edges = {line.start, line.end}
    for mark in here:
        edges.update(
            max(line.start, min(at, line.end))
            for at in (mark.start, mark.end, _tag_end(text, mark))
        )
    cuts = sorted(edges)
    sentences = [
        _sentence(text, start, end, here, repairs)
        for start, end in zip(cuts, cuts[1:], strict=False)
    ]
    return {
        "anchor": line.anchor,
        "start": line.start,
        "number": line.number or "",
        "aside": line.number == 0,
        "sentences": sentences,
    }


def _tag_end(text: str, mark: Mark) -> int:
    """Where the tag stands: behind the stop that follows, which must not begin a line."""
    return mark.end + (text[mark.end : mark.end + 1] in _STOPS)


def _sentence(
    text: str, start: int, end: int, marks: Sequence[Mark], repairs: Repairs
) -> dict[str, Any]:
    """The stretch [start, end), which no mark begins or ends inside."""
    over = sorted(
        (mark for mark in marks if mark.start <= start and mark.end >= end),
        key=lambda mark: mark.end - mark.start,
    )
    tags = [mark.tag for mark in marks if mark.tag and _tag_end(text, mark) == end]
    first = next((mark for mark in over if mark.start == start), None)
    return {
        "anchor": f"s-{first.anchor}" if first else "",
        "findings": " ".join(mark.anchor for mark in over),
        "state": over[0].state if over else "",
        "runs": repairs.runs(text, start, end),
        "tag": tags[0] if tags else None,
    }
