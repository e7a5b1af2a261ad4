"""Who may change the organisation and the foundations: the machine's shell (`luoshi up`, `user`).

Names that documents print are settled by those who confirm what documents say.
"""

from luoshi.ledger.erasing import ERASE
from luoshi.ledger.founding import FOUND
from luoshi.org.policy import Rule, Who
from luoshi.org.roles import CLERK, OFFICE_HEAD
from luoshi.org.states import ADD_ALIAS, ADD_UNIT, MOVES

_ALSO = {ADD_ALIAS: (Who(CLERK), Who(OFFICE_HEAD)), ADD_UNIT: (Who(OFFICE_HEAD),)}

RULES = tuple(Rule(move, who=_ALSO.get(move, ()), system=True) for move in (*MOVES, FOUND, ERASE))
