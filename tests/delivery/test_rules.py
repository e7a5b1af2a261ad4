"""Lights and holders: pure arithmetic on dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from luoshi.delivery.rules import (
    Holder,
    Standing,
    first_full_period_ends,
    holder,
    light,
    next_date,
)

ISSUED = date(2023, 2, 17)
DUE = date(2023, 11, 30)
NODE = date(2023, 8, 10)
WORKING = Standing(
    state="issued", grade="ordinary", due=DUE, issued_on=ISSUED, lead_state="working"
)


@pytest.mark.parametrize(
    ("issued", "ends"),
    [
        (date(2023, 1, 1), date(2023, 6, 30)),
        (date(2023, 2, 17), date(2023, 6, 30)),
        (date(2023, 3, 31), date(2023, 6, 30)),
        (date(2023, 4, 1), date(2023, 9, 30)),
        (date(2023, 7, 15), date(2023, 12, 31)),
        (date(2023, 9, 30), date(2023, 12, 31)),
        (date(2023, 10, 1), date(2024, 3, 31)),
        (date(2023, 12, 31), date(2024, 3, 31)),
    ],
)
def test_the_first_full_quarter_after_the_issue_ends(issued: date, ends: date) -> None:
    assert first_full_period_ends(issued) == ends


def lit(on: date, **given: object) -> tuple[str, str]:
    found = light(replace(WORKING, **given), on=on)  # type: ignore[arg-type]
    return found.code, found.reason


def test_nothing_is_lit_before_the_issue_nor_before_the_first_full_period_is_over() -> None:
    assert lit(date(2024, 5, 1), state="registered") == ("unrated", "not_issued")
    assert lit(date(2024, 5, 1), issued_on=None) == ("unrated", "not_issued")
    late = {"due": date(2023, 3, 1), "nodes": [date(2023, 2, 20)]}
    assert lit(date(2023, 6, 30), **late) == ("unrated", "first_period")
    assert lit(date(2023, 7, 1), **late) == ("red", "past_due")


def test_an_item_is_red_from_the_day_after_its_date() -> None:
    assert lit(DUE) == ("notyet", "nothing_due_yet")
    assert lit(DUE + timedelta(1)) == ("red", "past_due")
    assert light(WORKING, on=DUE + timedelta(7)).values["days"] == 7


def test_a_missed_node_is_yellow_for_thirty_days_and_then_red() -> None:
    assert lit(NODE, nodes=[NODE]) == ("notyet", "nothing_due_yet")
    assert lit(NODE + timedelta(1), nodes=[NODE]) == ("yellow", "node_missed")
    assert lit(NODE + timedelta(30), nodes=[NODE]) == ("yellow", "node_missed")
    assert lit(NODE + timedelta(31), nodes=[NODE]) == ("red", "node_missed")


def test_a_node_is_reached_by_a_report_signed_on_its_day_or_later() -> None:
    on = NODE + timedelta(5)
    assert lit(on, nodes=[NODE], last_accepted_on=NODE) == ("green", "nodes_reached")
    assert lit(on, nodes=[NODE], last_accepted_on=NODE - timedelta(1)) == ("yellow", "node_missed")


def test_the_first_missed_node_decides() -> None:
    nodes = [NODE, NODE + timedelta(20)]
    found = light(replace(WORKING, nodes=nodes), on=NODE + timedelta(40))
    assert (found.code, found.values["node"]) == ("red", NODE)


@pytest.mark.parametrize(
    ("days", "code", "reason"),
    [(-3, "early", "finished_early"), (0, "intime", "finished_in_time"), (3, "late", "finished_late")],
)  # fmt: skip
def test_finished_early_in_time_and_late_are_three_words(days: int, code: str, reason: str) -> None:
    claimed = DUE + timedelta(days)
    assert lit(date(2024, 5, 1), claimed_on=claimed, state="concluded") == (code, reason)


def test_the_units_clock_stops_at_its_signed_claim() -> None:
    assert lit(DUE + timedelta(60), lead_state="claimed", report_signed_on=DUE) == (
        "notyet", "clock_stopped",
    )  # fmt: skip


def test_an_item_without_a_date_is_never_past_it() -> None:
    assert lit(date(2030, 1, 1), due=None) == ("notyet", "nothing_due_yet")
    assert lit(date(2030, 1, 1), due=None, claimed_on=DUE) == ("intime", "finished_in_time")


def test_the_next_date_is_the_first_node_not_yet_reported_else_the_items_own() -> None:
    nodes = [date(2023, 9, 1), date(2023, 5, 1)]
    assert next_date(replace(WORKING, nodes=nodes)) == date(2023, 5, 1)
    assert next_date(replace(WORKING, nodes=nodes, last_accepted_on=date(2023, 5, 1))) == nodes[0]
    assert next_date(replace(WORKING, nodes=nodes, last_accepted_on=date(2023, 9, 1))) == DUE


FRIDAY = date(2023, 9, 1)
KEY = replace(WORKING, grade="key")


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (replace(WORKING, state="registered"), Holder("office", "issue")),
        (replace(WORKING, lead_state="to_sign_for", issued_on=FRIDAY),
         Holder("unit", "sign_for", FRIDAY, date(2023, 9, 4))),
        (WORKING, Holder("unit", "report", ISSUED, DUE)),
        (replace(WORKING, report_state="sent_back"), Holder("unit", "report", ISSUED, DUE)),
        (replace(WORKING, report_state="written"), Holder("unit_head", "sign", None, DUE)),
        (replace(WORKING, report_state="signed", report_signed_on=FRIDAY),
         Holder("inspector", "review", FRIDAY, date(2023, 9, 6))),
        (replace(WORKING, lead_state="accepted", report_state="accepted", reviewed_on=FRIDAY),
         Holder("inspector", "conclude", FRIDAY, date(2023, 9, 6))),
        (replace(KEY, lead_state="accepted", report_state="accepted", reviewed_on=FRIDAY),
         Holder("verifier", "verify", FRIDAY, date(2023, 9, 15))),
        (replace(KEY, lead_state="verified", report_state="accepted", verified_on=FRIDAY),
         Holder("leader", "read", FRIDAY, date(2023, 9, 8))),
        (replace(KEY, lead_state="verified", report_state="accepted", read_on=FRIDAY),
         Holder("inspector", "conclude", FRIDAY, date(2023, 9, 6))),
        (replace(WORKING, state="concluded", concluded_on=FRIDAY),
         Holder("office_head", "strike_off", FRIDAY, date(2023, 9, 6))),
        (replace(WORKING, state="struck_off", concluded_on=FRIDAY), Holder("nobody", "", FRIDAY)),
    ],
)  # fmt: skip
def test_every_state_has_a_holder_a_verb_and_a_latest_day(
    standing: Standing, expected: Holder
) -> None:
    assert holder(standing, holidays={}) == expected


def test_the_latest_day_counts_working_days_by_the_table() -> None:
    issued = replace(WORKING, lead_state="to_sign_for", issued_on=date(2023, 1, 27))
    worked = {date(2023, 1, 28): True}
    assert holder(issued, holidays=worked).latest == date(2023, 1, 28)
    assert holder(issued, holidays={}).latest == date(2023, 1, 30)
