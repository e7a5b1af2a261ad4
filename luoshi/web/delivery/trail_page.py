"""办理轨迹 in words: who did what for whom, when it happened and when it was entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import BEIJING, beijing_date, read_stamp
from luoshi.ledger.models import Event
from luoshi.ledger.reading import trail
from luoshi.org import queries as org
from luoshi.org.roles import AUDITOR, OFFICE_HEAD
from luoshi.web.delivery.trail_words import DONE, RETURNED

# acts that moved the matter on
KEY_EVENTS = frozenset(
    (
        "item.registered", "item.assigned", "assignment.signed_for", "report.signed",
        "report.accepted", "assignment.verified", "item.read", "item.concluded",
        "item.struck_off", "wording.approved",
    )
)  # fmt: skip

Names = tuple[Mapping[int, str], Mapping[int, tuple[str, str]]]


def trail_of(viewer: Actor, stream: str) -> dict[str, Any]:
    """`trail` and `events` as web/_trail.html draws them, newest first."""
    rows = trail([stream])
    names = org.names(
        people=_keys(value for event, _body in rows for value in (event.person, event.behalf)),
        posts=_keys(event.post for event, _body in rows),
    )
    verifies = viewer.has(AUDITOR) or viewer.has(OFFICE_HEAD)
    return {
        "trail": {"count": len(rows), "url": reverse("web:verify") if verifies else ""},
        "events": [_event(event, body, names) for event, body in reversed(rows)],
    }


def _keys(codes: Iterable[str]) -> set[int]:
    """The ids in codes such as `person:12`."""
    return {key for code in codes if (key := _key(code)) is not None}


def _key(code: str) -> int | None:
    number = code.partition(":")[2]
    return int(number) if number else None


def _event(event: Event, body: Mapping[str, Any], names: Names) -> dict[str, Any]:
    entered = read_stamp(event.at).astimezone(BEIJING)
    dated = len(event.happened) == 10
    at = read_stamp(event.happened).astimezone(BEIJING)
    later = beijing_date(at) != beijing_date(entered)
    return {
        "sequence": event.sequence,
        "at": at,
        "timed": not dated,
        "entered_at": entered if later else None,
        "words": _words(event, body, names),
        "digest": event.digest[:4],
        "key": event.name in KEY_EVENTS,
    }


def _words(event: Event, body: Mapping[str, Any], names: Names) -> str:
    """One act in a sentence; 代录 says who entered it for whom."""
    persons, posts = names
    label = str(DONE.get(event.name, event.name))
    detail = _detail(event, body)
    who = _who(event, persons, posts)
    behalf = _key(event.behalf)
    if behalf is not None:
        values = {"who": who, "whom": persons.get(behalf) or _("已抹去的人"), "act": label + detail}
        return _("%(who)s 代录，%(whom)s%(act)s") % values
    return f"{who} {label}{detail}"


def _who(event: Event, persons: Mapping[int, str], posts: Mapping[int, tuple[str, str]]) -> str:
    if event.account == "system":
        return _("系统")
    unit, post = posts.get(_key(event.post) or 0, ("", ""))
    name = persons.get(_key(event.person) or 0) or _("已抹去的人")
    return " ".join(filter(None, (unit, post, name)))


def _detail(event: Event, body: Mapping[str, Any]) -> str:
    """What the act says beside its verb: which return, why."""
    rows = body.get("rows", {})
    words = []
    for values in rows.values():
        if values.get("returned_as"):
            words.append(str(RETURNED[values["returned_as"]]))
        if event.name == "report.written" and "order" in values:
            words.append(_("第 %(n)s 次") % {"n": values["order"]})
            if values.get("claim"):
                words.append(pgettext("trail", "申请办结"))
    if body.get("reason"):
        words.append(body["reason"])
    return _("（%(words)s）") % {"words": _("，").join(words)} if words else ""
