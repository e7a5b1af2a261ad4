"""Who may change the organisation and the foundations: the machine's shell (`luoshi up`, `user`)."""

from luoshi.ledger.erasing import ERASE
from luoshi.ledger.founding import FOUND
from luoshi.org.policy import Rule
from luoshi.org.states import MOVES

RULES = tuple(Rule(move, system=True) for move in (*MOVES, FOUND, ERASE))
