"""Codes become words: of refusals, roles, verbs, reasons of lights. The Chinese text is the id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.kernel.errors import Invalid, LuoshiError, NotAllowed
from luoshi.officialdoc.words import REFUSALS as PAPER_REFUSALS
from luoshi.org.roles import ROLES

SEE_NOW = _("看现在的样子")
FORM_TOO_OLD = _("这张表放得太久了")
FORM_TOO_OLD_NOW = _("请回到那一页刷新后再存；您填的字还在。")

# code -> words; %(name)s are the error's values
REFUSALS: Mapping[str, Any] = {
    "not_your_role": _("这一步由%(roles)s来办。"),
    "may_not_enter_for_another": _("代录由%(roles)s来办。"),
    "same_person": _("%(party)s不能自己办这一步，要换一个人。"),
    "no_rule": _("这一步现在没有人可以办。"),
    "no_policy": _("权限还没有装好，什么都不能改。请联系管理员。"),
    "not_for_the_clock": _("这一步要由人来办。"),
    "wrong_state": _("现在的状态不能办这一步，可能别人刚办过。"),
    "stale": _("您打开之后，别人改过这一件。"),
    "key_reused": _("同一张表已经存过，内容却不同。请刷新后再填。"),
    "not_found": _("没有这一件，或者您看不到。"),
    "programme_issued": _("清单已经印发，不能再这样加事项。"),
    "items_changed_meanwhile": _("您打开之后，清单里的事项有变动。请看过再印发。"),
    "report_under_way": _("上一次报送还没审完，审完再报。"),
    "assignment_not_working": _("现在不是办理中，不能报送。"),
    "only_the_lead_is_verified": _("只核查牵头单位的办结。"),
    "claim_not_accepted": _("牵头单位的办结申请还没有审核通过。"),
    "not_verified": _("还没有核查属实。"),
    "not_read": _("牵头领导还没有审阅。"),
    "not_issued": _("还没有印发。"),
    "not_public": _("这一件没有公开页。"),
    "no_person": _("这个账号没有对应的人。"),
    "invalid": _("有几处要改。"),
    "no_confirmed_areas": _("还没有确认过的方面。先在文件里确认。"),
    "one_lead_per_item": _("%(item)s 要有且只有一个牵头单位。"),
    "happened_later_than_entered": _("办的日子不能晚于今天。"),
    "read_only": _("您只能看这一件。"),
}

# code of a field's message -> words
FIELDS: Mapping[str, Any] = {
    "required": _("请填这一栏。"),
    "unknown_field": _("没有这一栏。"),
    "unknown_kind": _("没有这一类。"),
    "unknown_grade": _("请选一个办结等级。"),
    "unknown_standing": _("请选依据文件或参考报道。"),
    "unknown_return": _("请选退回补正或退回重办。"),
    "outside_text": _("选的地方不在原文里。"),
    "not_a_date": _("这几个字不是一个日期。"),
    "papers_before_due": _("报结时限不能早于完成时限。"),
    "one_lead_only": _("只能有一个牵头单位。"),
    "key_needs_leader": _("重点事项要有牵头领导。"),
    "needs_heading_or_item": _("请选对应的方面或事项。"),
    "points_at_nothing": _("这一类不对应方面或事项。"),
    "unlinked_directives": _("还有任务要求没有对应。请先对应，或者写明为什么放过。"),
    "no_items": _("清单里还没有事项。"),
    "one_lead_per_item": _("每个事项要有且只有一个牵头单位。"),
    "claim_needs_evidence": _("申请办结要有一份佐证材料。"),
    "parts_missing": _("还有单位的分工没有报。要么等它，要么写明“某单位未报”。"),
    "username_taken": _("这个账号名已经有人用了。"),
    "happened_later_than_entered": _("办的日子不能晚于今天。"),
    "no_confirmed_areas": _("还没有确认过的方面。先在文件里确认。"),
}

PARTIES: Mapping[str, Any] = {
    "reporter": _("报送或审签的人"),
    "reviewer": _("审核的人"),
    "drafter": _("拟稿的人"),
}


def refusal(error: LuoshiError) -> str:
    """One sentence that says why."""
    if error.code in PAPER_REFUSALS:
        return gettext(PAPER_REFUSALS[error.code]).format(**error.values)
    text = str(REFUSALS.get(error.code, REFUSALS["invalid"]))
    values = dict(error.values)
    if "roles" in values:
        values["roles"] = role_words(values["roles"])
    if "party" in values:
        values["party"] = str(PARTIES[values["party"]])
    return text % values


def who_may(error: LuoshiError) -> str:
    """The roles that may take the step which was refused; "" when the refusal is of another kind."""
    if isinstance(error, NotAllowed) and error.code == "not_your_role":
        return role_words(error.values["roles"])
    return ""


def field_words(error: Invalid) -> dict[str, str]:
    """Field -> message in the reader's language."""
    return {name: str(FIELDS.get(code, FIELDS["required"])) for name, code in error.fields.items()}


def role_words(roles: list[str]) -> str:
    """Roles in words, joined as the language joins them."""
    labels = dict(ROLES)
    return gettext("、").join(dict.fromkeys(str(labels[role]) for role in roles))
