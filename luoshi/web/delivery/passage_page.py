"""The sentences behind an item, each in its context, from the restored text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.intake.models import Passage
from luoshi.intake.repairs import APPLIED
from luoshi.intake.rules import span_map
from luoshi.intake.states import BASIS
from luoshi.programme.models import Item, Link
from luoshi.web.intake.lines import lines, place_words

FAR = 60  # characters shown of the sentence before and of the one after
NEAR = 90  # characters of the own sentence on each side of the words
SENTENCE_END = re.compile(r"[。！？；\n]")


def passages_of(item: Item) -> list[dict[str, Any]]:
    """The passages linked to an item as web/_passage.html draws them, a binding one first."""
    found: dict[int, Link] = {}
    for link in item.links.all():
        found.setdefault(link.passage_id, link)
    cards = [passage_card(each) for each in found.values()]
    return sorted(cards, key=lambda card: not card["binding"])


def passage_card(link: Link) -> dict[str, Any]:
    """The place that a link points at: its words between those around them."""
    passage, document = link.passage, link.passage.document
    text = document.restored
    start, end = place_of(passage)
    before, after = _sentence(text, start, end)
    first, last = max(before, start - NEAR), min(after, end + NEAR)
    paragraph_start = text.rfind("\n", 0, start) + 1
    paragraph_end = text.find("\n", end)
    paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
    far = max(paragraph_start, before - FAR)
    behind = min(paragraph_end, after + FAR)
    return {
        "far_before": ("…" if far > paragraph_start else "") + text[far:before]
        if first == before
        else "",
        "before": ("…" if first > before else "") + text[first:start],
        "hit": text[start:end],
        "after": text[end:last] + ("…" if last < after else ""),
        "far_after": text[after:behind] + ("…" if behind < paragraph_end else "")
        if last == after
        else "",
        "binding": document.standing == BASIS,
        "document": document.title or _("没有标题的文件"),
        "published": document.published_on,
        "place": _place(link, start),
        "url": url_of(link),
        "certainty": _certainty(document.repairs, passage),
    }


def _place(link: Link, start: int) -> str:
    """第 7 段第 1 句, counted as on the page of the document."""
    document = link.passage.document
    head: int = link.head_end or 0  # type: ignore[attr-defined]  # annotated by the query
    body = span_map(document.repairs).forward(head)
    return place_words(document.restored, lines(document.restored, body), start)


def url_of(link: Link) -> str:
    """The place on the page of its document, as the finding there knows it."""
    finding: int | None = link.finding_key  # type: ignore[attr-defined]  # annotated by the query
    if finding is None:
        return reverse("web:document", args=[link.document_id])
    return reverse("web:finding", args=[finding])


def words_of(passage: Passage) -> str:
    """The words of a passage alone."""
    start, end = place_of(passage)
    return passage.document.restored[start:end]


def place_of(passage: Passage) -> tuple[int, int]:
    """[start, end) of a passage in the restored text."""
    return span_map(passage.document.repairs).forward_span(passage.start, passage.end)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) of the sentences that hold these words."""
    before = start
    for match in SENTENCE_END.finditer(text, max(0, start - 500), start):
        before = match.end()
    if before == start and not (start and SENTENCE_END.match(text[start - 1])):
        before = max(text.rfind("\n", 0, start) + 1, start - 500)
    ending = SENTENCE_END.search(text, max(start, end - 1))
    after = len(text) if ending is None else ending.end()
    return before, max(end, after if text[after - 1 : after] != "\n" else after - 1)


def _certainty(repairs: Iterable[Mapping[str, Any]], passage: Passage) -> str:
    """How sure the restored words are: 推断 when one repair inside is inferred, 确定 when all are exact."""
    inside = {
        repair["status"]
        for repair in repairs
        if repair["start"] < passage.end and passage.start < repair["end"]
    }
    if inside - set(APPLIED):
        return _("存疑")
    if "inferred" in inside:
        return _("推断")
    return _("确定") if inside else ""
