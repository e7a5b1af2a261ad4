"""What the viewer may do now with an item and its rows: the buttons, asked of the same policy as the door."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms as django_forms
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery import states
from luoshi.delivery.models import Assignment, PublicWording, Report
from luoshi.delivery.queries import ItemView
from luoshi.kernel.actor import Actor
from luoshi.kernel.move import Move
from luoshi.ledger.models import Recorded
from luoshi.org import policy
from luoshi.org.roles import LIAISON, SECRETARY
from luoshi.programme.models import Item
from luoshi.programme.states import CONCLUDED, ISSUED, OPEN, REGISTERED, STRUCK_OFF
from luoshi.web.delivery import forms, people
from luoshi.web.forms import new_key

Act = dict[str, Any]


def may_now(actor: Actor, move: Move, row: Recorded, behalf: int | None = None) -> bool:
    """Whether the row stands where the move begins and the policy lets the actor make it."""
    if move.sources and getattr(row, "state", None) not in move.sources:
        return False
    return bool(policy.may(actor, move, row, behalf))


def press(label: Any, url: str, row: Recorded, *, primary: bool = False, back: str = "") -> Act:
    """A step that needs no words: one button."""
    act = {"label": label, "url": url, "primary": primary, "key": new_key(), "seen": row.version}
    return {**act, "hidden": [("back", back)]} if back else act


def ask(
    label: Any,
    url: str,
    row: Recorded,
    form: Any,
    *,
    primary: bool = False,
    says: str = "",
    send: Any = "",
) -> Act:
    """A step that needs words: the button opens its form."""
    prefix = url.strip("/").replace("/", "-")
    act = press(label, url, row, primary=primary)
    return {**act, "form": form(auto_id=f"{prefix}-%s"), "says": says, "send": send}


def open_page(label: Any, url: str, *, primary: bool = False) -> Act:
    """A step that has a page of its own."""
    return {"label": label, "url": url, "primary": primary, "link": True}


def first_primary(acts: list[Act]) -> list[Act]:
    """The same acts, the first as the one ink button."""
    return [{**act, "primary": not number} for number, act in enumerate(acts)]


def of_assignment(actor: Actor, row: Assignment) -> list[Act]:
    """Sign for it, report on it, verify it; nothing once the item is concluded."""
    acts: list[Act] = []
    if not row.open:
        return acts
    if may_now(actor, states.SIGN_FOR, row):
        url = reverse("web:sign_for", args=[row.pk])
        acts = [
            press(_(states.SIGN_FOR.label), url, row),
            ask(_("纸上已签收"), url, row, forms.OnPaper, send=_(states.SIGN_FOR.label)),
        ]
    elif row.state == states.WORKING and may_report(actor, row):
        acts = [open_page(_(states.REPORT.label), reverse("web:report", args=[row.pk]))]
    elif row.lead and may_now(actor, states.VERIFY, row):
        acts = [
            ask(
                _(states.VERIFY.label),
                reverse("web:verify_claim", args=[row.pk]),
                row,
                forms.Verification,
            ),
            ask(
                _(states.REFUTE.label), reverse("web:refute", args=[row.pk]), row, forms.Verification,
                says=_("这一件会回到%(unit)s继续办理。") % {"unit": row.unit},
            ),
        ]  # fmt: skip
    return acts


def may_report(actor: Actor, row: Assignment) -> bool:
    """Whether the actor may report now: his unit's, and no earlier report under way."""
    under_way = any(
        each.state in (states.WRITTEN, states.SIGNED)
        for each in row.item.reports.all()
        if each.assignment_id == row.pk
    )
    new = Report(item_id=row.item_id, assignment=row)
    return not under_way and bool(policy.may(actor, states.REPORT, new))


def of_report(actor: Actor, row: Report) -> list[Act]:
    """Sign it, enter the signature, return it inside the unit, review it."""
    if row.state == states.SIGNED:
        if may_now(actor, states.ACCEPT, row):
            return [open_page(_("审核"), reverse("web:review", args=[row.pk]))]
        return []
    if row.state != states.WRITTEN or not row.assignment.open:
        return []
    acts = []
    if may_now(actor, states.SIGN, row):
        url = reverse("web:sign", args=[row.pk])
        acts += [
            press(_(states.SIGN.label), url, row),
            ask(_("纸上已审签"), url, row, forms.OnPaper, send=_(states.SIGN.label)),
        ]
    elif row.assignment.unit_id in actor.rights.get(LIAISON, frozenset()):
        acts += _enter_signature(actor, row)
    if may_now(actor, states.RETURN_INSIDE, row):
        url = reverse("web:return_inside", args=[row.pk])
        acts.append(ask(_(states.RETURN_INSIDE.label), url, row, forms.Reason))
    return acts


def _enter_signature(actor: Actor, row: Report) -> list[Act]:
    heads = people.heads_of(row.assignment.unit)
    if not heads or not may_now(actor, states.SIGN, row, heads[0].pk):
        return []
    form = partial(forms.ForAnother, people=heads)
    url = reverse("web:enter_signature", args=[row.pk])
    says = _("负责人在纸上签过，由您录入。轨迹里写明是您代录的。")
    return [ask(_("代录审签"), url, row, form, says=says)]


def of_item(actor: Actor, view: ItemView) -> list[Act]:
    """Read it, conclude it, strike it off; what stands in the bar under the chain."""
    item = view.item
    match view.holder.verb:
        case "read":
            return _reading(actor, item)
        case "conclude":
            return _confirm(actor, states.CONCLUDE, item, _("办结后，各单位不再报送这一件。"))
        case "strike_off":
            says = _("销号记入办理轨迹，不能撤回。要再办，用“重新办理”并写明原因。")
            return _confirm(actor, states.STRIKE_OFF, item, says)
        case "issue":
            programme = view.listing.heading.programme
            if may_now(actor, states.ISSUE, programme):
                return [open_page(_("印发清单"), reverse("web:issue", args=[programme.pk]))]
    return []


def _reading(actor: Actor, item: Item) -> list[Act]:
    if may_now(actor, states.READ, item):
        url = reverse("web:read", args=[item.code])
        return [ask(_(states.READ.label), url, item, forms.Reading)]
    leaders = people.leaders_of(item) if actor.has(SECRETARY) else []
    if leaders and may_now(actor, states.READ, item, leaders[0].pk):
        url = reverse("web:enter_reading", args=[item.code])
        form = partial(forms.ReadingForAnother, people=leaders)
        says = _("领导在纸上批过，由您录入。轨迹里写明是您代录的。")
        return [ask(_("代录审阅"), url, item, form, says=says)]
    return []


def _confirm(actor: Actor, move: Move, item: Item, says: str) -> list[Act]:
    if not may_now(actor, move, item):
        return []
    url = reverse(f"web:{move.verb}", args=[item.code])
    return [ask(_(move.label), url, item, django_forms.Form, says=says)]


def reopening(actor: Actor, item: Item) -> list[Act]:
    """Take it up again; stands in the head of the page."""
    if item.state not in (CONCLUDED, STRUCK_OFF) or not may_now(actor, states.REOPEN, item):
        return []
    says = _("这一件会回到牵头单位，状态变为办理中。")
    url = reverse("web:reopen", args=[item.code])
    return [ask(_(states.REOPEN.label), url, item, forms.Reason, says=says)]


def of_wording(actor: Actor, item: Item, waiting: PublicWording | None) -> list[Act]:
    """Approve what waits, draft a wording, close the public page."""
    acts = []
    if waiting is not None and may_now(actor, states.APPROVE_WORDING, waiting):
        url = reverse("web:approve_wording", args=[waiting.pk])
        says = _("审批后，外面的人就能看到这一件的公开页。")
        acts.append(
            ask(_(states.APPROVE_WORDING.label), url, waiting, django_forms.Form, says=says)
        )
    if waiting is None and item.state in (ISSUED, CONCLUDED, STRUCK_OFF):
        new = PublicWording(item=item)
        if item.state != REGISTERED and policy.may(actor, states.DRAFT_WORDING, new):
            url = reverse("web:draft_wording", args=[item.code])
            acts.append(open_page(_(states.DRAFT_WORDING.label), url))
    if item.publicity == OPEN and may_now(actor, states.CLOSE_TO_PUBLIC, item):
        url = reverse("web:close_to_public", args=[item.code])
        says = _("原来的地址会留一页，写明已撤下和日期。原因只在轨迹里。")
        acts.append(ask(_(states.CLOSE_TO_PUBLIC.label), url, item, forms.Reason, says=says))
    return acts
