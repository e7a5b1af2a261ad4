"""Codes become words: of refusals, roles, verbs, reasons of lights. The Chinese text is the id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from luoshi.delivery import rules
from luoshi.kernel.errors import Invalid, LuoshiError, NotAllowed
from luoshi.officialdoc.words import REFUSALS as PAPER_REFUSALS
from luoshi.org.roles import ROLES

NOT_NOW = _("现在办不了这一步")
FORM_TOO_OLD = _("这张表放得太久了")
FORM_TOO_OLD_NOW = _("请回到那一页刷新后再存；您填的字还在。")

FORM_TOO_BIG = _("填的字太多，没有收下")
FORM_TOO_BIG_NOW = _("一张表最多 2.5 MB 的字。请分几次填，或作为文件收文。")
FORM_BROKEN = _("这张表没有收全。请回到那一页刷新后再存。")

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
    "last_link_of_item": _("这是这个事项唯一的原文，不能取消对应。"),
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
    "username_taken": _("这个账号名已经有人用了。"),
    "no_person": _("这个账号没有对应的人。"),
    "invalid": _("有几处要改。"),
    "no_confirmed_areas": _("还没有确认过的方面。先在文件里确认。"),
    "one_lead_per_item": _("%(item)s 要有且只有一个牵头单位。"),
    "happened_later_than_entered": _("办的日子不能晚于今天。"),
    "happened_before_the_step_before": _("办的日子不能早于前一步。"),
    "file_missing": _("这份材料的原件不在了。请告诉管理员，做一次轨迹核验。"),
    "read_only": _("您只能看这一件。"),
    "secrecy_mark": _("文件上有“%(mark)s”标志，没有收下，也没有留存。密件不进系统，只登记文号。"),
    "no_file": _("请先选一个文件。"),
    "no_site": _("不知道这份文件是哪个站点的，没有记下读音。"),
    "nothing_picked": _("还没有选中句子。请先在要办的句子前打勾。"),
    "not_confirmed": _("这一句还没有确认。请先确认，再说它的下文。"),
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
    "one_line": _("只能填一行字。"),
    "too_long": _("太长了，最多 200 字。"),
    "unknown_choice": _("没有这个读法。"),
    "one_lead_only": _("只能有一个牵头单位。"),
    "key_needs_leader": _("重点事项要有牵头领导。"),
    "needs_heading_or_item": _("请选对应的方面或事项。"),
    "points_at_nothing": _("这一类不对应方面或事项。"),
    "unlinked_directives": _("还有任务要求没有对应。请先对应，或者写明为什么放过。"),
    "no_items": _("清单里还没有事项。"),
    "one_lead_per_item": _("每个事项要有且只有一个牵头单位。"),
    "claim_needs_evidence": _("申请办结要有一份佐证材料。"),
    "parts_missing": _("还有单位的分工没有报。要么等它，要么写明“某单位未报”。"),
    "words_not_found": _("原文里没有这几个字。请从原文里选，或照原文贴进来。"),
    "words_found_often": _("这几个字在原文里不止一处。请带上前后几个字。"),
    "already_linked": _("已经对应过了。"),
    "no_such_item": _("没有这个编号的事项，或者您看不到。"),
    "username_taken": _("这个账号名已经有人用了。"),
    "happened_later_than_entered": _("办的日子不能晚于今天。"),
    "happened_before_the_step_before": _("办的日子不能早于前一步。"),
    "max_length": _("写得太长了，请缩短。"),
    "max_digits": _("数字太长了。"),
    "max_decimal_places": _("小数位数太多了。"),
    "max_whole_digits": _("数字太大了。"),
    "invalid_choice": _("请从列表里选一个。"),
    "unstorable": _("这一栏里有存不进去的字符，请删去后再存。"),
    "no_confirmed_areas": _("还没有确认过的方面。先在文件里确认。"),
}

# holder's party -> who that is; %(unit)s is the lead unit
HOLDERS: Mapping[str, Any] = {
    rules.UNIT: _("%(unit)s"),
    rules.UNIT_HEAD: _("%(unit)s负责人"),
    rules.INSPECTOR: _("督查员"),
    rules.VERIFIER: _("核查人"),
    rules.LEADER: _("牵头领导"),
    rules.OFFICE: _("督查室"),
    rules.OFFICE_HEAD: _("督查室主任"),
    rules.NOBODY: _("不在谁手里"),
}

# verb -> what is to be done next; the verb of a holder or of a row on the desk
NEXT: Mapping[str, Any] = {
    "issue": _("印发清单"),
    "sign_for": _("签收"),
    "report": _("报送进展"),
    "sign": _("审签"),
    "review": _("审核"),
    "verify": _("核查"),
    "read": _("审阅"),
    "conclude": _("办结"),
    "strike_off": _("销号"),
    "": _("已销号，没有下一步"),
}

# holder's verb -> the state of the item in the words of the matter list
WAITS: Mapping[str, Any] = {
    "issue": _("待印发"),
    "sign_for": _("待签收"),
    "report": _("办理中"),
    "sign": _("待审签"),
    "review": _("待审核"),
    "verify": _("待核查"),
    "read": _("待审阅"),
    "conclude": _("待办结"),
    "strike_off": _("待销号"),
    "": _("已销号"),
}

WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))

LIGHTS: Mapping[str, Any] = {
    "red": _("红灯"),
    "yellow": _("黄灯"),
    "green": _("绿灯"),
    "early": _("提前办结"),
    "intime": _("按期办结"),
    "late": _("逾期办结"),
    "notyet": _("未到期"),
    "unrated": _("未评"),
}

# reason of a light -> words; dates among the values arrive in words
LIGHT_REASONS: Mapping[str, Any] = {
    "not_issued": _("还没有印发，不评。"),
    "clock_stopped": _("%(since)s申请办结，单位停钟。"),
    "first_period": _("印发后的第一个完整季度到 %(until)s，之前不评。"),
    "past_due": _("完成时限 %(due)s，已过 %(days)s 天。"),
    "node_missed": _("%(node)s的节点还没有报，已过 %(days)s 天。"),
    "nodes_reached": _("到期的 %(count)s 个节点都报了。"),
    "nothing_due_yet": _("还没有到期的节点，下一个日子 %(next)s。"),
    "finished_in_time": _("%(claimed)s申请办结，在时限之内。"),
    "finished_early": _("%(claimed)s申请办结，比时限早 %(days)s 天。"),
    "finished_late": _("%(claimed)s申请办结，比时限晚 %(days)s 天。"),
}

# code of an audit's fault -> what it means
FAULTS: Mapping[str, Any] = {
    "event_missing": _("少了一条轨迹"),
    "chain_broken": _("与上一条接不上"),
    "header_edited": _("轨迹的时间、人员或名目被改过"),
    "key_missing": _("密钥文件不见了，用它标记的轨迹无法核验"),
    "body_edited": _("轨迹的内容被改过"),
    "body_missing": _("轨迹的内容不见了"),
    "row_inserted": _("多出一行，轨迹里没有它"),
    "row_edited": _("现在的值与轨迹说的不一样"),
    "row_deleted": _("少了一行，轨迹里有它"),
    "file_missing": _("文件原件不见了"),
    "file_changed": _("文件原件被改过"),
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


def day(on: date) -> str:
    """A date in words, without its year."""
    return dateformat.format(on, pgettext("date", "n月j日"))


def distance(on: date, *, today: date) -> str:
    """How far a date is from today, in calendar days."""
    days = (on - today).days
    if days == 0:
        return gettext("就在今天")
    if days > 0:
        return gettext("还有 %(n)s 天") % {"n": days}
    return gettext("已过 %(n)s 天") % {"n": -days}


def since(on: date, *, today: date) -> str:
    """The how manieth day it lies with somebody."""
    return gettext("第 %(n)s 天") % {"n": (today - on).days + 1}


def light_reason(light: rules.Light) -> str:
    """Why an item shows this light."""
    values = {
        name: day(value) if isinstance(value, date) else value
        for name, value in light.values.items()
    }
    return str(LIGHT_REASONS[light.reason]) % values


def holder(of: rules.Holder, unit: str) -> str:
    """Whose move it is; `unit` is the lead unit's short name."""
    return str(HOLDERS[of.party]) % {"unit": unit}
