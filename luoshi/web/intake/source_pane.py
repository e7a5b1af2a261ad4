"""The text of a document as it is looked at: its lines with marks, the views of it, the place in question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from luoshi.intake import queries
from luoshi.kernel.actor import Actor
from luoshi.text.script import viewed
from luoshi.web.intake import doubts, head
from luoshi.web.intake.lines import Line
from luoshi.web.intake.looking import Look, switches
from luoshi.web.intake.sheet import Sheet
from luoshi.web.intake.source import Mark, Repairs, paragraph


def pane(sheet: Sheet, look: Look, viewer: Actor) -> dict[str, Any]:
    """Context of _source.html beside its paragraphs: the counts of repairs, the views, the place in question."""
    document = sheet.document
    known = document.decided or look.doubt
    decisions = queries.decisions(document) if known else {}
    return {
        "repairs": head.repairs(document, decisions.values()),
        "views": switches(look),
        "doubt": doubts.tray(sheet, look, viewer, decisions),
        "plain": not look.received and not look.script,
        "note": _note(look),
    }


def paragraphs(
    sheet: Sheet, lines: Sequence[Line], marks: Sequence[Mark], look: Look
) -> list[dict[str, Any]]:
    """The lines with repairs and findings marked: restored, as received, or in another script."""
    url = partial(_url, look)
    if look.received:
        text = sheet.document.received
        lines = [_received(sheet, line) for line in lines]
        marks = [_mark_received(sheet, mark) for mark in marks]
    else:
        text = _in_script(sheet.text, lines, look.script)
    repairs = Repairs(sheet.records, received=look.received, url=url, at=look.doubt)
    return [paragraph(text, line, marks, repairs) for line in lines]


def _url(look: Look, number: int) -> tuple[str, str]:
    """The address of a place, and of the fragment that puts it in question."""
    page = look.at(doubt=number, done=0).page
    return f"{page}#repair-{number}", look.at(done=0).of_repair("repair", number)


def _received(sheet: Sheet, line: Line) -> Line:
    """The line with what repairs took out at its ends."""
    start = sheet.offsets.backward_span(line.start - 1, line.start)[1] if line.start else 0
    return replace(line, start=start, end=sheet.offsets.backward(line.end))


def _mark_received(sheet: Sheet, mark: Mark) -> Mark:
    start, end = sheet.offsets.backward_span(mark.start, mark.end)
    return replace(mark, start=start, end=end)


def _in_script(text: str, lines: Sequence[Line], script: str) -> str:
    """The text with these lines in another script; it keeps its length."""
    if not script or not lines:
        return text
    start, end = lines[0].start, lines[-1].end
    return text[:start] + viewed(text[start:end], script) + text[end:]


def _note(look: Look) -> str:
    if look.received:
        return _("这是收到时的样子，一字未改；还原过的地方都亮着。")
    if look.script:
        return _("已转换显示，只为好读；保存的仍是还原后的原文。")
    return ""
