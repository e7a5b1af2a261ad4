"""Moves of the organisation's rows. They have no states: they are dated."""

from luoshi.kernel.move import Move

ADD_UNIT = Move("add_unit", "unit.added", "增设单位")
ADD_ALIAS = Move("add_alias", "unit.alias_added", "增设别名")
ADD_POST = Move("add_post", "post.added", "增设职务")
ADD_PERSON = Move("add_person", "person.added", "登记人员")
APPOINT = Move("appoint", "appointment.made", "任职")
OPEN_ACCOUNT = Move("open_account", "account.opened", "开通账号")
CLOSE_ACCOUNT = Move("close_account", "account.closed", "停用账号")
SET_PASSWORD = Move("set_password", "account.password_set", "设置密码")
GRANT_ROLE = Move("grant_role", "grant.made", "授权")
SET_HOLIDAY = Move("set_holiday", "holiday.set", "设置工作日")
MOVES = (
    ADD_UNIT, ADD_ALIAS, ADD_POST, ADD_PERSON, APPOINT, OPEN_ACCOUNT, CLOSE_ACCOUNT, SET_PASSWORD, GRANT_ROLE,
    SET_HOLIDAY,
)  # fmt: skip
