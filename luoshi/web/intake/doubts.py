"""The doubtful place in question: what was received, the readings it may have, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.intake import states
from luoshi.intake.models import Document, RepairDecision
from luoshi.intake.repairs import offers
from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import beijing_date
from luoshi.web.forms import new_key
from luoshi.web.intake.acts import button, offered, whose
from luoshi.web.intake.forms import TypedForm
from luoshi.web.intake.looking import Look
from luoshi.web.intake.sheet import Sheet
from luoshi.web.intake.source import REPAIR_KINDS, shown_span
from luoshi.web.words import day as day_words

DOUBTFUL = ("uncertain", "proposed")
_NEAR = 14  # characters of the text on either side
_MOST = 9  # readings that have a key
_DIGITS = 10


def doubtful(receipt: Sequence[Mapping[str, Any]]) -> list[int]:
    """The numbers of the places that restoration left to a person, in the order of the text."""
    return [n for n, record in enumerate(receipt, start=1) if record["status"] in DOUBTFUL]


def waiting(document: Document) -> list[int]:
    """Those of them that nobody has decided."""
    decided = {number for number, _text in document.decided}
    return [number for number in doubtful(document.receipt) if number not in decided]


def next_waiting(document: Document, number: int) -> int:
    """The next place that waits, from the beginning again at the end; 0 when none does."""
    left = waiting(document)
    return next((each for each in left if each > number), left[0] if left else 0)


def tray(
    sheet: Sheet, look: Look, viewer: Actor, decisions: Mapping[int, RepairDecision]
) -> dict[str, Any] | None:
    """The place in question as `_doubt.html` draws it; None where nothing was ever doubtful."""
    document = sheet.document
    places = doubtful(document.receipt)
    left = waiting(document)
    number = look.doubt if 1 <= look.doubt <= len(document.receipt) else 0
    if not (places or number or document.decided):
        return None
    before = [each for each in places if each < number] if number else []
    after = [each for each in places if each > number]
    done = decisions.get(look.done)
    context: dict[str, Any] = {
        "number": number,
        "left": len(left),
        "count": len(places),
        "words": _progress(len(left), len(places)),
        "back": _step(look, before[-1]) if before else None,
        "on": _step(look, after[0]) if after else None,
        "done": _done(sheet, look, viewer, done) if done else None,
    }
    if number:
        context["place"] = _place(sheet, look, viewer, number, decisions.get(number))
        context["position"] = places.index(number) + 1 if number in places else 0
    return context


def _progress(left: int, count: int) -> str:
    if not count:
        return _("没有存疑的地方")
    if not left:
        return _("存疑 %(n)s 处都判定了") % {"n": count}
    return _("存疑 %(n)s 处，还有 %(m)s 处没有判定") % {"n": count, "m": left}


def _step(look: Look, number: int) -> dict[str, str]:
    look = look.at(done=0)
    return {
        "url": look.at(doubt=number).page + f"#repair-{number}",
        "swap": look.of_repair("repair", number),
    }


def _place(
    sheet: Sheet, look: Look, viewer: Actor, number: int, decision: RepairDecision | None
) -> dict[str, Any]:
    """One place: received, read as, the readings with their keys, the acts on it."""
    record = sheet.document.receipt[number - 1]
    first, last = shown_span(sheet.records[number - 1])
    text = sheet.text
    standing = decision is not None and decision.state == states.DECIDED
    row = decision or RepairDecision(document=sheet.document, number=number)
    may = offered(viewer, states.DECIDE_REPAIR, row)
    seen = decision.version if decision else 0
    url = look.of_repair("decide_repair", number)
    # What a repair would only take out is shown with the character it stands behind.
    kept = text[first - 1 : first] if _only_takes_out(record) and first else ""
    return {
        "kind": REPAIR_KINDS.get(record["kind"], record["kind"]),
        "received": kept + record["before"],
        "shown": text[first:last],
        "before": text[max(0, first - _NEAR) : first].rpartition("\n")[2],
        "after": text[last : last + _NEAR].partition("\n")[0],
        "place": sheet.place_at(first),
        "choices": _choices(record, kept, decision if standing else None) if may else [],
        "url": url,
        "key": new_key(),
        "seen": seen,
        "typed": _typed(url, seen) if may else None,
        "kept": standing and decision is not None and decision.choice == states.KEPT,
        "decided": decided_words(decision) if standing and decision else "",
        "undo": _undo(look, viewer, decision) if standing and decision else None,
        "who": "" if may else _("判定由%(who)s来办。") % {"who": whose(states.DECIDE_REPAIR)},
    }


def _only_takes_out(record: Mapping[str, Any]) -> bool:
    return not record["after"] and not record["candidates"]


def _choices(
    record: Mapping[str, Any], kept: str, decision: RepairDecision | None
) -> list[dict[str, Any]]:
    """The readings with their keys 1 2 3 …; of a lost digit the key is the digit itself."""
    texts = offers(record)[:_DIGITS]
    shares = {each["text"]: each["score"] for each in record["candidates"]}
    figures = [_digit(record["before"], text) for text in texts]
    by_digit = len(texts) == _DIGITS and sorted(figures) == list("0123456789")
    texts = texts if by_digit else texts[:_MOST]
    return [
        {
            "value": f"{states.OFFERED}:{place}",
            "letter": figures[place] if by_digit else str(place + 1),
            "text": kept + text,
            "share": "" if by_digit or text not in shares else f"{shares[text] / 10:.0f}%",
            "current": decision is not None
            and decision.choice != states.KEPT
            and decision.after == text,
        }
        for place, text in enumerate(texts)
    ]


def _digit(before: str, text: str) -> str:
    """The digit that a reading puts for the ?; "" when it does something else."""
    place = before.find("?")
    digit = text[place : place + 1]
    same = len(text) == len(before) and before.replace("?", digit, 1) == text
    return digit if same and digit.isascii() and digit.isdigit() else ""


def _typed(url: str, seen: int) -> dict[str, Any]:
    return button(
        _("自己填"), url, seen=seen, letter="I", form=TypedForm(auto_id="typed_%s"),
        hidden=[("choice", states.TYPED)], send=pgettext("verb", "判定"), target="#doubt",
    )  # fmt: skip


def _undo(look: Look, viewer: Actor, decision: RepairDecision) -> dict[str, Any] | None:
    if not offered(viewer, states.WITHDRAW_DECISION, decision):
        return None
    url = look.of_repair("withdraw_decision", decision.number)
    return button(_("撤回判定"), url, seen=decision.version, letter="Z", target="#doubt")


def _done(
    sheet: Sheet, look: Look, viewer: Actor, decision: RepairDecision
) -> dict[str, Any] | None:
    """What was just done at another place, and the way back."""
    if decision.number == look.doubt:
        return None
    record = sheet.records[decision.number - 1]
    first, last = shown_span(record)
    values = {"place": sheet.place_at(first), "words": sheet.text[first:last]}
    if decision.state != states.DECIDED:
        return {"words": _("刚才撤回：%(place)s") % values, "undo": None}
    said = _("刚才判定：%(place)s“%(words)s”") % values
    return {"words": said, "undo": _undo(look, viewer, decision)}


def decided_words(decision: RepairDecision) -> str:
    """已判定，选了一种读法，收文某，2月1日."""
    choice = str(dict(states.CHOICES)[decision.choice])
    who = decision.decided_by.name if decision.decided_by else ""
    day = day_words(beijing_date(decision.decided_at)) if decision.decided_at else ""
    return _("，").join(filter(None, (choice, who, day)))
