"""Web pages in. Read as a stream, so that no depth of nesting can lose text."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lxml import etree

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.charset import decode
from luoshi.officialdoc.charset_evidence import examined
from luoshi.officialdoc.gate import doubts_of, gate
from luoshi.officialdoc.html_page import Page, folded
from luoshi.officialdoc.markup import visible_lines
from luoshi.officialdoc.paper import Block, Doubt, Paper, Paragraph

_HEAD = 4_096
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.I
)
# A page in which more than this share of the characters went missing is read flat instead.
_LOST = 0.01


def read_html(data: bytes) -> Paper:
    """The paper of a web page: visible text only, one block a line or table.

    White space is folded as a browser does; U+00A0, U+3000 and private-use characters stay.
    Errors: Invalid(empty | not_text | text_nul | text_lone_surrogate).
    """
    declared = _DECLARED.search(data[:_HEAD])
    decoded = decode(data, declared.group(1).decode("ascii") if declared else None)
    decoded = examined(decoded, data)
    source = gate(decoded.text)
    page = Page()
    target: Any = page  # the stubs make room for bytes, which this parser never gives
    if source.strip():
        parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
        etree.fromstring(source.encode(), parser)
    blocks, lost = _checked(page, visible_lines(source))
    text = gate("\n".join(block.text for block in blocks))
    if not text.strip():
        raise Invalid("empty")
    return Paper(
        title_hint=page.hints.get("articletitle") or page.title or None,
        blocks=tuple(blocks),
        charset=decoded.charset,
        media_type="text/html",
        doubts=(*decoded.doubts, *lost, *doubts_of(text)),
        hints=page.hints,
    )


def _checked(page: Page, visible: list[str]) -> tuple[list[Block], tuple[Doubt, ...]]:
    """The page's blocks, or the plain lines of the source if the parser lost text; the doubt."""
    before = Counter("".join(visible))
    after = Counter(page.title + "".join(block.text for block in page.blocks))
    missing = {char: count for char, count in (before - after).items() if char.isalnum()}
    if not missing:
        return page.blocks, ()
    count = sum(missing.values())
    if count <= _LOST * before.total():
        sample = "".join(missing)[:20]
        return page.blocks, (Doubt("markup_hides_text", {"count": count, "sample": sample}),)
    lines: list[Block] = [Paragraph(folded(line)) for line in visible]
    return lines, (Doubt("markup_read_flat", {"count": count}),)
