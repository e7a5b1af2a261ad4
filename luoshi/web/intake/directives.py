"""A directive beside its text: what is uncertain, what was read, what became of it, what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.intake import states
from luoshi.intake.models import Finding
from luoshi.intake.repairs import WORDS_CHANGED
from luoshi.kernel.actor import Actor
from luoshi.programme import states as linking
from luoshi.programme.models import Link
from luoshi.web.intake import words
from luoshi.web.intake.acts import button, offered, opening
from luoshi.web.intake.sheet import Sheet
from luoshi.web.intake.source import Mark

# kind, letter of its key: the links that point at nothing are one press
ONE_PRESS = (
    (linking.GENERAL, "G"), (linking.ELSEWHERE, "D"), (linking.TO_DETAIL, "W"), (linking.FILED, "Y"),
)  # fmt: skip
_RANK = {
    "doubt": 0,
    "open": 1,
    "confirmed": 2,
    "corrected": 2,
    "added": 2,
    "linked": 3,
    "general": 4,
}


def anchor(finding: Finding) -> str:
    """The id of a finding's row."""
    return f"finding-{finding.pk}"


def state_of(finding: Finding, links: Sequence[Link]) -> str:
    """doubt open confirmed corrected added linked general rejected, as `_finding.html` knows them."""
    if finding.state == states.REJECTED:
        return "rejected"
    if finding.state == states.PROPOSED:
        return "doubt" if finding.doubts else "open"
    if not links:
        return finding.state
    return "linked" if links[0].kind in linking.POINTING else "general"


def rank(row: dict[str, Any]) -> int:
    """The order of the list: what waits for a decision comes first, doubtful ones before all."""
    return _RANK.get(row["state"], 5)


def row(
    sheet: Sheet, finding: Finding, links: Sequence[Link], *, viewer: Actor, draft: int | None
) -> dict[str, Any]:
    """The row of a directive; `draft` is a programme that items can be registered in."""
    state = state_of(finding, links)
    return {
        "pk": finding.pk,
        "anchor": anchor(finding),
        "state": state,
        "state_words": _state_words(finding, state, links),
        "place": sheet.place(finding),
        "place_anchor": f"s-{anchor(finding)}",
        "quote": sheet.words(finding),
        "doubts": [words.doubt(code) for code in _shown_doubts(finding, state)],
        "values": [each for each in values(finding) if not (links and each.get("missing"))],
        "outcome": words.outcome(links),
        "acts": _acts(finding, links, viewer, draft),
        "pick": state not in ("doubt", "open", "rejected")
        and offered(viewer, linking.LINK, finding),
    }


def _shown_doubts(finding: Finding, state: str) -> list[str]:
    """What is still open about it; of one settled before, that its words changed since."""
    if state == "doubt":
        return list(finding.doubts)
    return [code for code in finding.doubts if code == WORDS_CHANGED]


def mark(sheet: Sheet, finding: Finding, links: Sequence[Link]) -> Mark:
    """The directive's place in the text, with what came of it in a tag after its last word."""
    start, end = sheet.span(finding)
    state = state_of(finding, links)
    url = f"#{anchor(finding)}"
    tag: dict[str, Any] | None = None
    if links and state != "rejected":
        tag = {"text": words.tag_of(list(links)), "url": url}
    elif state in ("doubt", "open"):
        tag = {"text": _("待确认"), "url": url, "open": True}
    elif state != "rejected":
        tag = {"text": _("未对应"), "url": url, "open": True}
    aside = state == "general" and links[0].kind in (linking.GENERAL, linking.FILED)
    shade = "no" if aside or state == "rejected" else "open" if state in ("doubt", "open") else "ok"
    return Mark(start, end, anchor(finding), shade, tag)


def values(finding: Finding) -> list[dict[str, Any]]:
    """Owners, date and targets as read; 缺 where the sentence names none."""
    value = finding.value
    found = []
    if value.get("area"):
        found.append({"label": _("方面"), "text": value["area"]})
    owners = [(label, value[name]) for name, label in words.OWNERS if value.get(name)]
    found += [{"label": str(label), "text": words.joined(names)} for label, names in owners]
    if not owners:
        found.append({"label": _("责任单位"), "missing": True})
    deadline = value.get("deadline")
    found.append(
        {"label": _("完成时限"), "text": deadline["text"] or deadline["value"]}
        if deadline
        else {"label": _("完成时限"), "missing": True}
    )
    targets = value.get("targets") or []
    if targets:
        pieces = [
            f"{each['metric'] or ''} {each['value']} {each['unit'] or ''}".strip()
            for each in targets
        ]
        found.append({"label": _("目标值"), "text": words.joined(pieces)})
    return found


def judging(finding: Finding, viewer: Actor) -> list[dict[str, Any]]:
    """Confirm, correct, reject: the acts of every kind of finding."""
    target = f"#{anchor(finding)}"
    found = []
    if offered(viewer, states.CONFIRM, finding):
        url = reverse("web:confirm", args=[finding.pk])
        label = _("还是采纳") if finding.state == states.REJECTED else _("确认")
        found.append(
            button(label, url, seen=finding.version, letter="A", primary=True, target=target)
        )
    if offered(viewer, states.CORRECT, finding):
        url = reverse("web:correct", args=[finding.pk])
        found.append(opening(_("更正"), url, letter="E", target=target))
    if offered(viewer, states.REJECT, finding):
        url = reverse("web:reject", args=[finding.pk])
        found.append(opening(pgettext("verb", "不采纳"), url, letter="R", target=target))
    return found


def _acts(
    finding: Finding, links: Sequence[Link], viewer: Actor, draft: int | None
) -> list[dict[str, Any]]:
    if finding.state not in states.STANDING_FINDINGS:
        return judging(finding, viewer)
    return _linking(finding, links, viewer, draft) + judging(finding, viewer)


def _linking(
    finding: Finding, links: Sequence[Link], viewer: Actor, draft: int | None
) -> list[dict[str, Any]]:
    """What can become of a sentence that a person stands behind."""
    if not offered(viewer, linking.LINK, finding):
        return []
    target = f"#{anchor(finding)}"
    url = reverse("web:link", args=[finding.pk])
    labels = dict(linking.LINK_KINDS)
    found = []
    if draft is not None:
        register = reverse("web:register_item", args=[draft])
        found.append(
            opening(
                _("列为事项"), f"{register}?finding={finding.pk}", letter="A", primary=not links
            )
        )
        found.append(
            opening(_("列入方面"), f"{url}?kind={linking.ORDERED}", letter="B", target=target)
        )
    for kind, letter in ((linking.MERGED, "M"), (linking.COVERED, "L")):
        found.append(opening(str(labels[kind]), f"{url}?kind={kind}", letter=letter, target=target))
    for kind, letter in ONE_PRESS:
        if any(link.kind == kind for link in links):
            continue
        found.append(
            button(str(labels[kind]), url, letter=letter, target=target, hidden=[("kind", kind)])
        )
    if links:
        found.append(
            opening(
                _("取消对应"), reverse("web:unlink", args=[finding.pk]), letter="U", target=target
            )
        )
    return found


def _state_words(finding: Finding, state: str, links: Sequence[Link]) -> str:
    if state == "rejected":
        return _("不采纳：%(reason)s") % {"reason": finding.reason}
    if state == "doubt":
        return _("存疑 %(n)s 处") % {"n": len(finding.doubts)}
    if links:
        return words.label_of(linking.LINK_KINDS, links[0].kind)
    label = words.label_of(states.FINDING_STATES, finding.state)
    return label if state == "open" else _("%(state)s，未对应") % {"state": label}
