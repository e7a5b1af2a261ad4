"""What a document says of itself and of its meeting, as rows of `_fact.html` in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.intake import states
from luoshi.intake.models import Finding
from luoshi.intake.repairs import WORDS_CHANGED
from luoshi.intake.states import PAGE_FACTS
from luoshi.kernel.actor import Actor
from luoshi.web.intake import words
from luoshi.web.intake.directives import anchor, judging
from luoshi.web.intake.sheet import SIGNATURE, Sheet
from luoshi.web.intake.source import Mark

# title of the group, kinds in it
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("页面要素"), (*PAGE_FACTS, *SIGNATURE)),
    (gettext_lazy("会议"), ("meeting", "agenda")),
    (gettext_lazy("人物"), ("person",)),
    (gettext_lazy("表彰表扬"), ("honour",)),
    (gettext_lazy("承诺事项"), ("commitment_count", "commitment")),
    (gettext_lazy("主题年"), ("theme",)),
    (gettext_lazy("方面"), ("area",)),
    (gettext_lazy("成效"), ("result",)),
)
KINDS = tuple(kind for _title, kinds in GROUPS for kind in kinds)
# what a page of this kind of document ought to say; else 缺 is shown
_EXPECTED = {
    "A": PAGE_FACTS,
    "B": ("title", *SIGNATURE),
    "C": ("title",),
    "D": ("title", *SIGNATURE),
}


def groups(sheet: Sheet, findings: Sequence[Finding], viewer: Actor) -> list[dict[str, Any]]:
    """The facts in their groups; empty groups are left out, missing page facts are named."""
    found = []
    for title, kinds in GROUPS:
        of_group = [each for each in findings if each.kind in kinds]
        rows = [row(sheet, each, viewer) for each in of_group]
        if "title" in kinds:
            rows = sorted([*rows, *_missing(sheet, findings)], key=lambda each: each["order"])
        if rows:
            note = _pledges(of_group) if "commitment" in kinds else ""
            found.append({"title": str(title), "count": len(rows), "note": note, "facts": rows})
    return found


def row(sheet: Sheet, finding: Finding, viewer: Actor) -> dict[str, Any]:
    """One fact."""
    text, note = texts(sheet, finding)
    state, state_words = _state(finding)
    return {
        "pk": finding.pk,
        "anchor": anchor(finding),
        "label": _label(finding),
        "text": text,
        "note": note,
        "song": finding.kind in ("agenda", "result"),
        "state": state,
        "state_words": state_words,
        "place": sheet.place(finding),
        "place_anchor": f"s-{anchor(finding)}",
        "acts": judging(finding, viewer),
        "order": _order(finding.kind),
    }


def mark(sheet: Sheet, finding: Finding) -> Mark:
    """The fact's place in the text."""
    start, end = sheet.span(finding)
    proposed = finding.state == states.PROPOSED
    shade = (
        "no" if finding.state == states.REJECTED else "open" if proposed and finding.doubts else ""
    )
    return Mark(start, end, anchor(finding), shade)


def texts(sheet: Sheet, finding: Finding) -> tuple[str, str]:
    """The value in words, and what stands below it in small type."""
    value: Mapping[str, Any] = finding.value
    match finding.kind:
        case "published" | "signed":
            return words.day_words(value["date"]), ""
        case "clicks" | "commitment_count":
            return str(value.get("count", value.get("text", ""))), ""
        case "meeting":
            hours = words.label_of(words.TIMES_OF_DAY, value["time_of_day"])
            when = " ".join(filter(None, (words.day_words(value["date"]), hours)))
            return value["name"] or "", when
        case "person":
            acts = [words.label_of(words.MEETING_ACTS, act) for act in value["acts"]]
            return words.joined(value["posts"]) or _("没写职务"), words.joined(acts)
        case "honour":
            level = words.label_of(words.HONOUR_LEVELS, value["level"])
            return value["title"], " ".join(filter(None, (level, words.joined(value["kinds"]))))
        case "theme":
            year = str(value["year"] or "")
            return value["name"], " ".join(
                (year, words.label_of(words.THEME_STATES, value["status"]))
            ).strip()
        case "commitment":
            return value["unit"], ""
        case "area":
            return value["name"], ""
        case "agenda" | "result":
            return value.get("quote") or value.get("text") or sheet.words(finding), _figure(value)
        case _:
            return value["text"], ""


def _figure(value: Mapping[str, Any]) -> str:
    if value.get("rank"):
        return str(value["rank"])
    return f"{value['value']} {value['unit'] or ''}" if value.get("value") is not None else ""


def _label(finding: Finding) -> str:
    if finding.kind == "person":
        return str(finding.value["name"])
    return words.label_of(states.FINDING_KINDS, finding.kind)


def _state(finding: Finding) -> tuple[str, str]:
    if finding.state == states.REJECTED:
        return "rejected", _("不采纳：%(reason)s") % {"reason": finding.reason}
    if finding.state == states.PROPOSED:
        if finding.doubts:
            return "inferred", words.joined(words.doubt(code)["says"] for code in finding.doubts)
        return "open", ""
    if WORDS_CHANGED in finding.doubts:
        return "inferred", words.doubt(WORDS_CHANGED)["says"]
    return finding.state, words.label_of(states.FINDING_STATES, finding.state)


def _missing(sheet: Sheet, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Page facts that the page does not say (an empty 点击量 is not nought)."""
    there = {each.kind for each in findings if each.state != states.REJECTED}
    return [
        {
            "anchor": f"missing-{kind}",
            "label": words.label_of(states.FINDING_KINDS, kind),
            "text": _("原文没有写"),
            "state": "missing",
            "state_words": _("缺"),
            "order": _order(kind),
        }
        for kind in _EXPECTED.get(sheet.document.kind, ("title",))
        if kind not in there
    ]


def _order(kind: str) -> int:
    return KINDS.index(kind)


def _pledges(findings: Iterable[Finding]) -> str:
    """表态发言 14 位，点名 6 家: how many spoke, and how many the page names."""
    standing = [each for each in findings if each.state != states.REJECTED]
    named = sum(each.kind == "commitment" for each in standing)
    said = next(
        (each.value.get("count") for each in standing if each.kind == "commitment_count"), None
    )
    if said is None:
        return _("点名 %(n)s 家") % {"n": named}
    return _("表态发言 %(said)s 位，点名 %(n)s 家") % {"said": said, "n": named}
