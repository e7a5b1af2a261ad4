"""Who may take documents in, confirm what they say, and open them to the public."""

from luoshi.intake.states import (
    CLOSE_DOCUMENT,
    CONFIRM,
    CONFIRM_SURE,
    CORRECT,
    DECIDE_REPAIR,
    LEARN_PAIR,
    MARK,
    OPEN_DOCUMENT,
    READ_DOCUMENT,
    RECEIVE,
    REINSTATE_PAIR,
    REJECT,
    REVOKE_PAIR,
    STAND_AS,
    WITHDRAW_DECISION,
)
from luoshi.org.policy import Rule, Who
from luoshi.org.roles import CLERK, OFFICE_HEAD

_DESK = (Who(CLERK), Who(OFFICE_HEAD))

RULES = (
    Rule(RECEIVE, _DESK),
    Rule(READ_DOCUMENT, _DESK),
    Rule(CONFIRM, _DESK),
    Rule(CONFIRM_SURE, _DESK),
    Rule(CORRECT, _DESK),
    Rule(REJECT, _DESK),
    Rule(MARK, _DESK),
    Rule(DECIDE_REPAIR, _DESK),
    Rule(WITHDRAW_DECISION, _DESK),
    Rule(LEARN_PAIR, _DESK),
    Rule(REVOKE_PAIR, _DESK),
    Rule(REINSTATE_PAIR, _DESK),
    Rule(STAND_AS, (Who(OFFICE_HEAD),)),
    Rule(OPEN_DOCUMENT, (Who(OFFICE_HEAD),)),
    Rule(CLOSE_DOCUMENT, (Who(OFFICE_HEAD),)),
)
