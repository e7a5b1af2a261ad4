"""What restoration changed in a text, as lines for a terminal.

Every change carries its status in signs, so that nothing hangs on colour alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from luoshi.cli.words import gettext as _
from luoshi.text.restore_records import Repair

KINDS = {
    "annotation": _("夹入的注音"),
    "misaligned": _("字节错位"),
    "cut": _("标点处错位"),
    "drop": _("丢失字节"),
    "markup": _("标记吃字"),
    "unencodable": _("空格变问号"),
    "comma": _("多出的逗号"),
    "repeated": _("重复的标点"),
    "number": _("数字可能缺位"),
}
_REASONS = {
    "lost character": _("补一个字"),
    "guessed bytes": _("补上字节"),
    "paired bytes": _("重新配对字节"),
}
LEGEND = _("[-原文-]{+还原+} 确定；[~原文~]{~还原~} 推断；{?原文?} 未改，候选见下")
_SIGNS: Mapping[str, tuple[str, str]] = {
    "exact": ("[-{}-]", "{{+{}+}}"),
    "inferred": ("[~{}~]", "{{~{}~}}"),
}
_OPEN = "{{?{}?}}"
_RED, _GREEN, _YELLOW, _PURPLE, _DIM = "31", "32", "33", "1;35", "2"
_SHADES = {"exact": (_RED, _GREEN), "inferred": (_YELLOW, _YELLOW)}
_CONTEXT = 1  # lines
_AROUND = 24  # characters of a line that stay beside a change
_ELLIPSIS = "…"

_Paint: TypeAlias = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines [first, end) that repairs touch."""

    first: int
    end: int
    repairs: list[Repair]


def shown(received: str, repairs: Sequence[Repair], colour: bool) -> Iterator[str]:
    """The lines with changes and one line around them; long stretches without any are cut short."""
    paint = _painted if colour else _plain
    starts = [0, *(found.end() for found in re.finditer("\n", received)), len(received) + 1]
    blocks = list(_blocks(starts, repairs))
    if blocks:
        yield paint(LEGEND, _DIM)
    done = 0  # lines
    for place, block in enumerate(blocks):
        top = max(done, block.first - _CONTEXT)
        if place and top > done:
            yield paint("⋯", _DIM)
        yield from _context(received, starts, range(top, block.first), paint)
        yield from _changed(received, starts, block, paint)
        limit = blocks[place + 1].first if place + 1 < len(blocks) else len(starts) - 1
        done = min(block.end + _CONTEXT, limit)
        yield from _context(received, starts, range(block.end, done), paint)


def _blocks(starts: Sequence[int], repairs: Sequence[Repair]) -> Iterator[_Block]:
    block: _Block | None = None
    for repair in repairs:
        first = bisect_right(starts, repair.start) - 1
        end = bisect_right(starts, max(repair.start, repair.end - 1))
        if block and first < block.end:
            block = _Block(block.first, max(end, block.end), [*block.repairs, repair])
            continue
        if block:
            yield block
        block = _Block(first, end, [repair])
    if block:
        yield block


def _context(received: str, starts: Sequence[int], lines: range, paint: _Paint) -> Iterator[str]:
    for line in lines:
        text = _shortened(received[starts[line] : starts[line + 1] - 1], 2 * _AROUND, 0)
        yield paint(f"{line + 1:>5} │ {_visible(text)}", _DIM)


def _changed(received: str, starts: Sequence[int], block: _Block, paint: _Paint) -> Iterator[str]:
    pieces: list[str] = []
    at = starts[block.first]
    for repair in block.repairs:
        lead = 0 if at == starts[block.first] else _AROUND
        pieces += (_calm(received[at : repair.start], lead, _AROUND), _marked(repair, paint))
        at = repair.end
    pieces.append(_calm(received[at : starts[block.end] - 1], _AROUND, 0))
    for line, text in enumerate("".join(pieces).split("\n"), block.first + 1):
        yield f"{line:>5} ┃ {text}"
    for repair in block.repairs:
        if not repair.applied:
            yield _note(repair, starts, paint)


def _marked(repair: Repair, paint: _Paint) -> str:
    """The change with the signs of its status."""
    before, after = _visible(repair.before), _visible(repair.after)
    if not repair.applied:
        return paint(_OPEN.format(before), _PURPLE)
    signs, shades = _SIGNS[repair.status], _SHADES[repair.status]
    parts = zip((before, after), signs, shades, strict=True)
    return "".join(paint(sign.format(text), shade) for text, sign, shade in parts if text)


def _note(repair: Repair, starts: Sequence[int], paint: _Paint) -> str:
    """Where an open place is, what it may be, and the candidates."""
    line = bisect_right(starts, repair.start)
    place = f"{line}:{repair.start - starts[line - 1] + 1}"
    offered = "；".join(
        f"{_quoted(one.text)} {one.score:.2f}（{_REASONS.get(one.reason, one.reason)}）"
        for one in repair.candidates
    )
    words = offered or (_quoted(repair.after) if repair.after != repair.before else _("无"))
    status = _("存疑") if repair.status == "uncertain" else _("提议")
    kind = KINDS.get(repair.kind, repair.kind)
    quote = _quoted(repair.before)
    note = _("{place} {status}（{kind}）{quote}，候选：{candidates}").format(
        place=place, status=status, kind=kind, quote=quote, candidates=words
    )
    return paint(f"      ? {note}", _PURPLE)


def _quoted(text: str) -> str:
    return f"“{_visible(text)}”" if text else _("删去")


def _calm(text: str, lead: int, tail: int) -> str:
    """A stretch without changes: its lines, the inner part of a long one left out."""
    lines = text.split("\n")
    if len(lines) == 1:
        return _visible(_shortened(text, lead, tail))
    lines[0] = _shortened(lines[0], lead, 0)
    lines[-1] = _shortened(lines[-1], 0, tail)
    return "\n".join(map(_visible, lines))


def _shortened(text: str, lead: int, tail: int) -> str:
    if len(text) <= lead + tail + 1:
        return text
    return text[:lead] + _ELLIPSIS + text[len(text) - tail :]


def _visible(text: str) -> str:
    """The text with what a terminal cannot draw, or would obey, spelt out."""
    return "".join(
        char if char.isprintable() or char in "\t\u3000" else char.encode("unicode_escape").decode()
        for char in text
    )


def _painted(text: str, shade: str) -> str:
    return f"\x1b[{shade}m{text}\x1b[0m"


def _plain(text: str, shade: str) -> str:
    return text
