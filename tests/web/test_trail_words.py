"""The words of the ledger: every move has them, and in Chinese they are its own."""

from __future__ import annotations

from django.utils.translation import override

from luoshi.delivery.states import MOVES as DELIVERY
from luoshi.intake.states import MOVES as INTAKE
from luoshi.programme.states import MOVES as PROGRAMME
from luoshi.web.delivery.trail_words import DONE

LABELS = {move.event: move.label for move in (*INTAKE, *PROGRAMME, *DELIVERY)}


def test_every_move_has_words_in_the_ledger() -> None:
    assert set(DONE) == set(LABELS)


def test_in_chinese_an_act_is_called_what_its_button_is_called() -> None:
    with override("zh-hans"):
        assert {event: str(words) for event, words in DONE.items()} == LABELS


def test_in_english_an_act_is_told_in_the_past_and_the_button_stays_an_order() -> None:
    with override("en"):
        assert str(DONE["assignment.signed_for"]) == "signed for"
