"""督查台账: the matters by their number, who holds each, its light with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery.narrowing import CODE, Asked
from luoshi.delivery.queries import ItemView
from luoshi.delivery.rules import UNIT
from luoshi.org.models import Unit
from luoshi.programme.models import Link, Programme
from luoshi.programme.states import ISSUED, ITEM_STATES
from luoshi.web import words
from luoshi.web.delivery.cards import holder_of
from luoshi.web.delivery.passage_page import url_of, words_of

LIMIT = 50
LONGEST = 100  # characters of a search that are read


def asked_of(query: QueryDict) -> tuple[Asked, tuple[int, int] | None]:
    """What the address asks for, and the key after which the page begins; nonsense is left out."""
    text = "".join(char for char in query.get("q", "")[:LONGEST] if char.isprintable())
    light, state = query.get("light", ""), query.get("state", "")
    asked = Asked(
        words=text.strip(),
        programme=_number(query.get("programme", "")),
        unit=_number(query.get("unit", "")),
        state=state if state in dict(ITEM_STATES) else "",
        light=light if light in words.LIGHTS else "",
    )
    after = CODE.fullmatch(query.get("after", ""))
    return asked, (int(after[1]), int(after[2])) if after else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def list_page(
    views: Sequence[ItemView],
    sentences: Mapping[int, Link],
    asked: Asked,
    *,
    on: date,
    programmes: Iterable[Programme],
    units: Iterable[Unit],
    paged: bool,
) -> dict[str, Any]:
    """The context of web/items.html."""
    shown, more = views[:LIMIT], views[LIMIT:]
    return {
        "here": "items",
        "query": asked.words,
        "acts": [
            {"label": _("导出 Excel"), "url": _address(asked, "web:matter_list"), "link": True}
        ],
        "filters": {
            "query": asked.words,
            "count_words": _("在台账里找：编号、要求、单位、方面"),
            "choices": _choices(asked, programmes, units),
        },
        "items": [_row(view, sentences.get(view.item.pk), on) for view in shown],
        "pager": {
            "count": len(shown),
            "first_url": _address(asked) if paged else "",
            "next_url": _address(asked, after=shown[-1].item.code) if more else "",
            "next_from": more[0].item.code if more else "",
        },
        "empty": _empty(asked),
    }


def _address(asked: Asked, route: str = "web:items", *, after: str = "") -> str:
    values = {
        "q": asked.words,
        "programme": asked.programme,
        "unit": asked.unit,
        "state": asked.state,
        "light": asked.light,
        "after": after,
    }
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{reverse(route)}?{query}" if query else reverse(route)


def _choices(
    asked: Asked, programmes: Iterable[Programme], units: Iterable[Unit]
) -> list[dict[str, Any]]:
    return [
        _choice(
            "programme", _("清单"), asked.programme, [(row.pk, row.title) for row in programmes]
        ),
        _choice("unit", _("单位"), asked.unit, [(row.pk, row.short_name) for row in units]),
        _choice("state", _("状态"), asked.state, ITEM_STATES),
        _choice("light", _("亮灯"), asked.light, words.LIGHTS.items()),
    ]


def _choice(name: str, label: str, chosen: Any, pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    options = [{"value": "", "label": _("全部"), "selected": not chosen}]
    options += [
        {"value": value, "label": text, "selected": value == chosen} for value, text in pairs
    ]
    return {"name": name, "label": label, "options": options}


def _row(view: ItemView, link: Link | None, on: date) -> dict[str, Any]:
    item = view.item
    open_item = item.state == ISSUED
    latest = next(iter(item.reports.all()), None)
    others = [str(each.unit) for each in item.assignments.all() if not each.lead]
    holder = holder_of(view, on=on)["who"]
    waits = str(words.WAITS[view.holder.verb])
    return {
        "code": item.code,
        "url": reverse("web:item", args=[item.code]),
        "holder": _("%(who)s，%(waits)s") % {"who": holder, "waits": waits} if holder else waits,
        "title": item.requirement,
        "lead": str(view.lead.unit) if view.lead else "",
        "others": _("、").join(others),
        "due": item.due,
        "due_words": words.distance(item.due, today=on)
        if item.due and view.holder.party == UNIT and open_item
        else "",
        "light": view.light.code,
        "light_reason": words.light_reason(view.light),
        "latest": latest.done if latest else "",
        "latest_on": latest.reported_on if latest else None,
        "sentence": _short(words_of(link.passage)) if link else "",
        "sentence_url": url_of(link) if link else "",
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"


def _empty(asked: Asked) -> dict[str, str]:
    if asked == Asked():
        return {"title": _("台账里还没有事项"), "words": _("清单印发后，交办的事项列在这里。")}
    return {
        "title": _("没有这样的事项"),
        "words": _("换一个词，或者去掉一个条件。"),
        "url": reverse("web:items"),
        "label": _("看全部"),
    }
