"""Moves of the organisation's rows. They have no states: they are dated."""

from django.utils.translation import gettext_lazy as _

from luoshi.kernel.move import Move

RENAMED, MERGED, DIVIDED, TRANSFERRED = "renamed", "merged", "divided", "transferred"
CHANGE_KINDS = (
    (RENAMED, _("更名")),
    (MERGED, _("合并")),
    (DIVIDED, _("拆分")),
    (TRANSFERRED, _("职责划转")),
)

# Why a row of an organisation cannot be taken, for pages and the shell.
FAULTS = {
    "required": _("请填这一栏。"),
    "no_such_unit": _("没有这个单位，请先列在单位表里，上级在前。"),
    "unit_below_itself": _("单位不能归到自己或自己的下级之下。"),
    "unit_succeeds_itself": _("变更前后不能是同一个单位。"),
    "ends_before_it_begins": _("截止的日子不能早于开始的日子。"),
    "twice_in_sheet": _("表里已经有这一行。"),
    "unknown_role": _("没有这个角色。"),
    "username_taken": _("这个账号名已经有人用了。"),
    "not_a_number": _("这里要填数字。"),
    "not_a_date": _("这几个字不是一个日期。"),
    "alias_taken": _("另有单位叫这个名字，不能再作别名。"),
    "unknown_kind": _("没有这一类。"),
    "no_known_sheet": _("工作表要叫“单位”“单位组”“职务”“人员”。"),
    "heads_missing": _("这张表的表头里要有：{text}。"),
}

ADD_UNIT = Move("add_unit", "unit.added", "增设单位")
ADD_ALIAS = Move("add_alias", "unit.alias_added", "增设别名")
AMEND_UNIT = Move("amend_unit", "unit.amended", "修改单位")
END_UNIT = Move("end_unit", "unit.ended", "撤销单位")
CHANGE_UNITS = Move("change_units", "unit.changed", "单位变更")
ADD_GROUP = Move("add_group", "unit_group.added", "增设单位组")
SET_MEMBERS = Move("set_members", "unit_group.members_set", "调整单位组成员")
ADD_POST = Move("add_post", "post.added", "增设职务")
ADD_PERSON = Move("add_person", "person.added", "登记人员")
APPOINT = Move("appoint", "appointment.made", "任职")
END_APPOINTMENT = Move("end_appointment", "appointment.ended", "离任")
OPEN_ACCOUNT = Move("open_account", "account.opened", "开通账号")
CLOSE_ACCOUNT = Move("close_account", "account.closed", "停用账号")
SET_PASSWORD = Move("set_password", "account.password_set", "设置密码")
GRANT_ROLE = Move("grant_role", "grant.made", "授权")
SET_HOLIDAY = Move("set_holiday", "holiday.set", "设置工作日")
MOVES = (
    ADD_UNIT, ADD_ALIAS, AMEND_UNIT, END_UNIT, CHANGE_UNITS, ADD_GROUP, SET_MEMBERS, ADD_POST, ADD_PERSON, APPOINT,
    END_APPOINTMENT, OPEN_ACCOUNT, CLOSE_ACCOUNT, SET_PASSWORD, GRANT_ROLE, SET_HOLIDAY,
)  # fmt: skip
