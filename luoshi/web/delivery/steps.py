"""The steps of delivery, one view per verb: who may is asked by the door and by the button alike."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.delivery import actions, queries, states
from luoshi.web.delivery import forms, people
from luoshi.web.delivery.step import Step, answer
from luoshi.web.request import StaffRequest

page_and_form = require_http_methods(["GET", "POST"])


@login_required
@page_and_form
def sign_for(request: StaffRequest, key: int) -> HttpResponse:
    """签收."""
    row = queries.assignment(request.actor, key)
    on_paper = "happened" in request.POST or request.GET.get("paper")
    step = Step(
        states.SIGN_FOR,
        row,
        row.item,
        lambda typed, seen: actions.sign_for(
            row, by=request.actor, seen=seen, happened=typed.get("happened")
        ),
        done=_("已签收。"),
        form=forms.OnPaper if on_paper else forms.Nothing,
        says=_("签收后由%(unit)s办理。") % {"unit": row.unit},
    )
    return answer(request, step)


@login_required
@page_and_form
def sign(request: StaffRequest, key: int) -> HttpResponse:
    """审签, by the unit's head himself."""
    row = queries.report(request.actor, key)
    on_paper = "happened" in request.POST or request.GET.get("paper")
    step = Step(
        states.SIGN,
        row,
        row.item,
        lambda typed, seen: actions.sign(
            row, by=request.actor, seen=seen, happened=typed.get("happened")
        ),
        done=_("已审签，送督查室审核。"),
        form=forms.OnPaper if on_paper else forms.Nothing,
        says=_("审签后送督查室审核。"),
    )
    return answer(request, step)


@login_required
@page_and_form
def enter_signature(request: StaffRequest, key: int) -> HttpResponse:
    """审签, entered by the unit's liaison for its head (代录)."""
    row = queries.report(request.actor, key)
    heads = people.heads_of(row.assignment.unit)
    step = Step(
        states.SIGN,
        row,
        row.item,
        lambda typed, seen: actions.sign(
            row,
            by=request.actor,
            seen=seen,
            behalf=typed["behalf"],
            happened=typed["happened"],
        ),
        done=_("已代录审签，送督查室审核。"),
        form=partial(forms.ForAnother, people=heads),
        label=_("代录审签"),
        says=_("负责人在纸上签过，由您录入。轨迹里写明是您代录的。"),
        behalf=heads[0].pk if heads else None,
    )
    return answer(request, step)


@login_required
@page_and_form
def return_inside(request: StaffRequest, key: int) -> HttpResponse:
    """单位内退回."""
    row = queries.report(request.actor, key)
    step = Step(
        states.RETURN_INSIDE,
        row,
        row.item,
        lambda typed, seen: actions.return_inside(
            row, by=request.actor, seen=seen, reason=typed["reason"]
        ),
        done=_("已退回本单位联络员。"),
        form=forms.Reason,
    )
    return answer(request, step)


@login_required
@page_and_form
def verify(request: StaffRequest, key: int) -> HttpResponse:
    """核查属实."""
    row = queries.assignment(request.actor, key)
    step = Step(
        states.VERIFY,
        row,
        row.item,
        lambda typed, seen: actions.verify(row, by=request.actor, seen=seen, **typed),
        done=_("已记为核查属实。"),
        form=forms.Verification,
    )
    return answer(request, step)


@login_required
@page_and_form
def refute(request: StaffRequest, key: int) -> HttpResponse:
    """核查不属实."""
    row = queries.assignment(request.actor, key)
    step = Step(
        states.REFUTE,
        row,
        row.item,
        lambda typed, seen: actions.refute(row, by=request.actor, seen=seen, **typed),
        done=_("已记为核查不属实，退回牵头单位办理。"),
        form=forms.Verification,
        says=_("这一件会回到%(unit)s继续办理。") % {"unit": row.unit},
    )
    return answer(request, step)


@login_required
@page_and_form
def read(request: StaffRequest, code: str) -> HttpResponse:
    """审阅, by the lead leader himself."""
    row = queries.item_alone(request.actor, code)
    step = Step(
        states.READ,
        row,
        row,
        lambda typed, seen: actions.read(row, by=request.actor, seen=seen, **typed),
        done=_("已记下您的审阅。"),
        form=forms.Reading,
    )
    return answer(request, step)


@login_required
@page_and_form
def enter_reading(request: StaffRequest, code: str) -> HttpResponse:
    """审阅, entered by the secretary for the lead leader (代录)."""
    row = queries.item_alone(request.actor, code)
    leaders = people.leaders_of(row)
    step = Step(
        states.READ,
        row,
        row,
        lambda typed, seen: actions.read(row, by=request.actor, seen=seen, **typed),
        done=_("已代录审阅。"),
        form=partial(forms.ReadingForAnother, people=leaders),
        label=_("代录审阅"),
        says=_("领导在纸上批过，由您录入。轨迹里写明是您代录的。"),
        behalf=leaders[0].pk if leaders else None,
    )
    return answer(request, step)


@login_required
@page_and_form
def conclude(request: StaffRequest, code: str) -> HttpResponse:
    """办结."""
    row = queries.item_alone(request.actor, code)
    step = Step(
        states.CONCLUDE,
        row,
        row,
        lambda typed, seen: actions.conclude(row, by=request.actor, seen=seen),
        done=_("已办结，等督查室主任销号。"),
        says=_("办结后，各单位不再报送这一件。"),
    )
    return answer(request, step)


@login_required
@page_and_form
def strike_off(request: StaffRequest, code: str) -> HttpResponse:
    """销号, after one look at what is struck off."""
    row = queries.item_alone(request.actor, code)
    step = Step(
        states.STRIKE_OFF,
        row,
        row,
        lambda typed, seen: actions.strike_off(row, by=request.actor, seen=seen),
        done=_("已销号。"),
        says=_("销号记入办理轨迹，不能撤回。要再办，用“重新办理”并写明原因。"),
    )
    return answer(request, step)


@login_required
@page_and_form
def reopen(request: StaffRequest, code: str) -> HttpResponse:
    """重新办理."""
    row = queries.item_alone(request.actor, code)
    step = Step(
        states.REOPEN,
        row,
        row,
        lambda typed, seen: actions.reopen(
            row, by=request.actor, seen=seen, reason=typed["reason"]
        ),
        done=_("已交回牵头单位重新办理。"),
        form=forms.Reason,
        says=_("这一件会回到牵头单位，状态变为办理中。"),
    )
    return answer(request, step)


@login_required
@page_and_form
def draft_wording(request: StaffRequest, code: str) -> HttpResponse:
    """拟公开口径."""
    row = queries.item_alone(request.actor, code)
    step = Step(
        states.DRAFT_WORDING,
        row,
        row,
        lambda typed, seen: actions.draft_wording(row, typed["text"], by=request.actor),
        done=_("已拟好，等另一人审批。"),
        form=forms.Wording,
        says=_("由另一人审批后才公开。单位、日期以台账为准，不要写人名。"),
    )
    return answer(request, step)


@login_required
@page_and_form
def approve_wording(request: StaffRequest, key: int) -> HttpResponse:
    """审批公开口径."""
    row = queries.wording(request.actor, key)
    step = Step(
        states.APPROVE_WORDING,
        row,
        row.item,
        lambda typed, seen: actions.approve_wording(row, by=request.actor, seen=seen),
        done=_("已审批，公开页已经打开。"),
        says=_("审批后，外面的人就能看到这一件的公开页：“%(text)s”") % {"text": row.text},
    )
    return answer(request, step)


@login_required
@page_and_form
def close_to_public(request: StaffRequest, code: str) -> HttpResponse:
    """撤下公开页."""
    row = queries.item_alone(request.actor, code)
    step = Step(
        states.CLOSE_TO_PUBLIC,
        row,
        row,
        lambda typed, seen: actions.close_to_public(
            row, by=request.actor, seen=seen, reason=typed["reason"]
        ),
        done=_("公开页已撤下，原来的地址会说明撤下的日期。"),
        form=forms.Reason,
        says=_("原来的地址会留一页，写明已撤下和日期。原因只在轨迹里。"),
    )
    return answer(request, step)
