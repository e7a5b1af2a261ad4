"""Who may draft programmes, register items and link sentences."""

from luoshi.org.policy import Rule, Who
from luoshi.org.roles import CLERK, INSPECTOR, OFFICE_HEAD
from luoshi.programme.states import DRAFT_PROGRAMME, LINK, REGISTER_ITEM, UNLINK

_DESK = (Who(CLERK), Who(INSPECTOR), Who(OFFICE_HEAD))

RULES = (
    Rule(DRAFT_PROGRAMME, _DESK),
    Rule(REGISTER_ITEM, _DESK),
    Rule(LINK, _DESK),
    Rule(UNLINK, _DESK),
)
