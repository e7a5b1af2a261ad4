"""View models of the public pages: rows become the words that the public reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.delivery import rules
from luoshi.delivery.queries import ItemView
from luoshi.delivery.states import ACCEPTED
from luoshi.intake.models import Document, Finding
from luoshi.intake.repairs import APPLIED
from luoshi.intake.rules import span_map
from luoshi.intake.states import OPEN
from luoshi.kernel.calendar import read_stamp
from luoshi.portal import queries
from luoshi.programme.models import Item, Link
from luoshi.programme.states import CONCLUDED, ISSUED, LINK_KINDS, STRUCK_OFF
from luoshi.text.script import SCRIPTS, viewed

CONTEXT = 80  # characters of the text shown on each side of the sentence
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def state_of(item: Item, light: rules.Light | None = None) -> str:
    """done, late or ontrack, as `_state.html` draws it."""
    if item.state in (CONCLUDED, STRUCK_OFF):
        return "done"
    return "late" if light is not None and light.code == "red" else "ontrack"


def item_page(view: ItemView) -> dict[str, Any]:
    """The context of portal/progress_item.html."""
    item = view.item
    wording = queries.wording(item)
    found = queries.sentence(item)
    proof = queries.proof(item)
    states = dict(type(item)._meta.get_field("state").choices or ())
    return {
        "item": {
            "code": item.code,
            "area": view.listing.heading.name,
            "title": item.requirement,
            "state": state_of(item, view.light),
            "state_word": states[item.state],
            "state_words": _state_words(item),
            "updated_at": read_stamp(proof.at),
            "source": view.listing.heading.programme.title,
        },
        "wording": wording.text.splitlines() if wording else [],
        "sentence": _sentence(found),
        "phases": _phases(view, found),
        "evidence": [],
        "facts": _facts(view),
        "proof": {
            "at": read_stamp(proof.at),
            "digest": f"{proof.digest[:8]}…{proof.digest[-4:]}",
            "digest_full": proof.digest,
            "records": proof.records,
            "limits": _("它证明不了最后几条没有被一起截去；外部存证点在后面的版本里。"),
        },
    }


def _state_words(item: Item) -> str:
    if item.struck_off_on:
        return _("%(day)s 销号。") % {"day": _day(item.struck_off_on)}
    if item.due:
        return _("完成时限 %(day)s。") % {"day": _day(item.due)}
    return ""


def _sentence(found: Finding | None) -> dict[str, Any]:
    """The sentence that ordered the item, between the words around it."""
    if found is None:
        return {}
    document = found.document
    text = document.restored
    start, end = span_map(document.repairs).forward_span(found.passage.start, found.passage.end)
    first = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
    last = text.find("\n", end)
    last = min(last if last >= 0 else len(text), end + CONTEXT)
    is_open = document.publicity == OPEN
    return {
        "before": ("…" if first > text.rfind("\n", 0, start) + 1 else "") + text[first:start],
        "hit": text[start:end],
        "after": text[end:last] + ("…" if last < len(text) and text[last] != "\n" else ""),
        "document": document.title,
        "published": document.published_on,
        "url": _document_url(document, found) if is_open else "",
    }


def _document_url(document: Document, found: Finding) -> str:
    address = reverse("portal:document", args=[queries.document_code(document)])
    return f"{address}#said-{found.order}"


def _phases(view: ItemView, found: Finding | None) -> list[dict[str, Any]]:
    """有布置、有落实、有成效: the dated steps of the item, without anybody's name."""
    phases = (
        (_("有布置"), _ordered(view, found)),
        (_("有落实"), _followed_through(view)),
        (_("有成效"), _effected(view.item)),
    )
    return [{"title": title, "todo": not steps, "steps": steps} for title, steps in phases]


def _ordered(view: ItemView, found: Finding | None) -> list[dict[str, Any]]:
    programme = view.listing.heading.programme
    steps = []
    if found is not None and found.document.published_on:
        steps.append(
            _step(
                found.document.published_on, pgettext("step", "布置"), _("会上提出，见上面那句话。")
            )
        )
    if view.item.issued_on:
        words = _("列入“%(title)s”，%(number)s 印发。")
        words %= {"title": programme.title, "number": programme.number}
        steps.append(_step(view.item.issued_on, pgettext("step", "交办"), words))
    return steps


def _followed_through(view: ItemView) -> list[dict[str, Any]]:
    steps = []
    if view.lead is not None and view.lead.signed_for_on:
        words = _("%(unit)s签收。") % {"unit": view.lead.unit}
        steps.append(_step(view.lead.signed_for_on, pgettext("step", "签收"), words))
    for report in reversed(view.item.reports.all()):
        if report.state == ACCEPTED and report.signed_on:
            verb = pgettext("step", "申请办结") if report.claim else pgettext("step", "报送进展")
            words = _("%(unit)s报送，负责人审签，督查部门审核通过。")
            steps.append(_step(report.signed_on, verb, words % {"unit": report.assignment.unit}))
    words = _("由未参与报送和审核的人核查属实。")
    return steps + [
        _step(each.verified_on, pgettext("step", "核查"), words)
        for each in view.item.verifications.all()
        if each.confirmed
    ]


def _effected(item: Item) -> list[dict[str, Any]]:
    steps = []
    if item.concluded_on:
        steps.append(_step(item.concluded_on, pgettext("step", "办结"), _("督查部门办结。")))
    if item.struck_off_on:
        steps.append(_step(item.struck_off_on, pgettext("step", "销号"), _("从台账上销号。")))
    wording = queries.wording(item)
    if wording is not None and wording.approved_on:
        verb, words = pgettext("step", "公开"), _("公开口径经另一人审批。")
        steps.append(_step(wording.approved_on, verb, words))
    return steps


def _step(on: Any, verb: str, words: str) -> dict[str, Any]:
    return {"on": on, "verb": verb, "words": words, "url": "", "late": False}


def _facts(view: ItemView) -> list[dict[str, str]]:
    item = view.item
    facts = [
        (_("牵头单位"), str(view.lead.unit) if view.lead else ""),
        (_("完成时限"), _day(item.due) if item.due else ""),
        (_("衡量"), item.measure),
        (_("列入"), f"{view.listing.heading.programme.title} · {view.listing.heading.name}"),
    ]
    return [{"label": label, "text": text} for label, text in facts if text]


def document_page(document: Document, found: Sequence[Finding], script: str = "") -> dict[str, Any]:
    """The context of portal/document.html; `script`: hans or hant to show the text converted."""
    text = viewed(document.restored, script)
    links = queries.links(list(found))
    offsets = span_map(document.repairs)
    rows = []
    for number, finding in enumerate(found):
        start, end = offsets.forward_span(finding.passage.start, finding.passage.end)
        rows.append(
            {
                "start": start,
                "end": end,
                "anchor": f"act-{finding.order}",
                "sentence_anchor": f"said-{finding.order}",
                "mark": MARKS[number] if number < len(MARKS) else f"({number + 1})",
                "words": _short(text[start:end]),
                **_outcome(links.get(finding.passage_id, [])),
            }
        )
    return {
        "document": {
            "title": document.title,
            "published": document.published_on,
            "source": document.source,
            "clicks": None,
            "notes": _notes(document),
        },
        "paragraphs": _paragraphs(text, rows, offsets.forward(queries.head_end(document))),
        "scripts": [
            {"code": code, "label": label, "current": code == (script if script in SCRIPTS else "")}
            for code, label in (("", _("原样")), ("hans", _("简体")), ("hant", _("繁体")))
        ],
        "converted": script in SCRIPTS,
        "directives": rows,
    }


def _notes(document: Document) -> list[dict[str, str]]:
    """How much of the page was damaged, and what of it nobody could tell for certain."""
    counts = Counter(repair["status"] in APPLIED for repair in document.repairs)
    notes = []
    if counts[True]:
        said = _("原网页有 %(n)s 处文字损坏，已逐处还原。") % {"n": counts[True]}
        notes.append({"label": _("还原"), "text": said})
    if counts[False]:
        said = _("另有 %(n)s 处不能确定，照原网页的样子。") % {"n": counts[False]}
        notes.append({"label": _("存疑"), "text": said})
    return notes


def _outcome(links: Sequence[Link]) -> dict[str, Any]:
    """What came of a sentence: its public items, or in words where it went."""
    items = [link.item for link in links if link.item is not None]
    shown = [
        {
            "title": item.requirement if item.publicity == OPEN else _("已列为事项，尚未公开"),
            "url": reverse("portal:item", args=[item.code]) if item.publicity == OPEN else "",
            "state": state_of(item),
            "unit": "",
        }
        for item in items
        if item.state in (ISSUED, CONCLUDED, STRUCK_OFF)
    ]
    headings = sum(link.heading is not None for link in links)
    words = dict(LINK_KINDS)
    outcome = str(words[links[0].kind]) if links else _("待确认")
    if headings:
        outcome = _("分为 %(n)s 个方面") % {"n": headings}
    return {"items": shown, "outcome": outcome}


def _paragraphs(text: str, rows: Sequence[dict[str, Any]], head: int) -> list[dict[str, Any]]:
    """The body by lines, each cut into plain runs and the sentences that ordered something."""
    paragraphs = []
    at = 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = at + len(line)
        if line.strip() and end > head:
            inside = [row for row in rows if at <= row["start"] < end]
            runs = _runs(text, at, end, inside)
            paragraphs.append({"anchor": f"p{number}", "runs": runs})
        at = end + 1
    return paragraphs


def _runs(text: str, at: int, end: int, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = []
    for row in rows:
        if row["start"] > at:
            runs.append({"text": text[at : row["start"]]})
        stop = min(row["end"], end)
        runs.append(
            {
                "text": text[row["start"] : stop],
                "anchor": row["sentence_anchor"],
                "mark": row["mark"],
                "directive": row["anchor"],
                "label": _("第 %(mark)s 句的下文") % {"mark": row["mark"]},
            }
        )
        at = stop
    if at < end:
        runs.append({"text": text[at:end]})
    return runs


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"


def _day(day: Any) -> str:
    return date_format(day, pgettext("date", "Y/m/d"))
