"""Who may take each step from issue to strike-off, and who must be somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from luoshi.delivery import states
from luoshi.delivery.models import Report, Review
from luoshi.org.policy import Party, Rule, Who
from luoshi.org.roles import (
    INSPECTOR,
    LEADER,
    LIAISON,
    OFFICE_HEAD,
    PUBLICITY,
    SECRETARY,
    UNIT_HEAD,
    VERIFIER,
)
from luoshi.programme.states import LEAD_LEADER, SIMPLE


def _own_unit(assignment: Any) -> Iterable[int]:
    return (assignment.unit_id,)


def _unit_of_report(report: Any) -> Iterable[int]:
    return (report.assignment.unit_id,)


def _lead_leader_posts(item: Any) -> Iterable[int]:
    return item.duties.filter(role=LEAD_LEADER).values_list("post_id", flat=True)


def _reporters(row: Any) -> Iterable[int | None]:
    """Everybody who wrote or signed a report on the item."""
    return _flat(Report.objects.filter(item=row.item_id).values_list("written_by", "signed_by"))


def _reviewers(row: Any) -> Iterable[int | None]:
    return Review.objects.filter(item=row.item_id).values_list("person", flat=True)


def _reporters_of_item(item: Any) -> Iterable[int | None]:
    return _flat(Report.objects.filter(item=item.pk).values_list("written_by", "signed_by"))


def _flat(pairs: Iterable[Iterable[int | None]]) -> Iterable[int | None]:
    return [person for pair in pairs for person in pair]


REPORTER = Party("reporter", _reporters)
REVIEWER = Party("reviewer", _reviewers)
DRAFTER = Party("drafter", lambda wording: (wording.drafted_by_id,))


def _is_simple(item: Any) -> bool:
    return item.grade == SIMPLE


RULES = (
    Rule(states.ISSUE, (Who(OFFICE_HEAD),)),
    Rule(states.ASSIGN, (Who(OFFICE_HEAD),)),
    Rule(states.SIGN_FOR, (Who(LIAISON, _own_unit), Who(UNIT_HEAD, _own_unit))),
    Rule(states.REPORT, (Who(LIAISON, _unit_of_report), Who(UNIT_HEAD, _unit_of_report))),
    Rule(
        states.SIGN, (Who(UNIT_HEAD, _unit_of_report),), entered_by=(Who(LIAISON, _unit_of_report),)
    ),
    Rule(states.RETURN_INSIDE, (Who(UNIT_HEAD, _unit_of_report),)),
    Rule(states.ACCEPT, (Who(INSPECTOR),), apart=(REPORTER,)),
    Rule(states.SEND_BACK, (Who(INSPECTOR),), apart=(REPORTER,)),
    Rule(states.VERIFY, (Who(VERIFIER),), apart=(REPORTER, REVIEWER)),
    Rule(states.REFUTE, (Who(VERIFIER),), apart=(REPORTER, REVIEWER)),
    Rule(states.READ, (Who(LEADER, posts=_lead_leader_posts),), entered_by=(Who(SECRETARY),)),
    Rule(
        states.CONCLUDE,
        (Who(INSPECTOR), Who(OFFICE_HEAD)),
        apart=(Party("reporter", _reporters_of_item),),
    ),
    Rule(states.STRIKE_OFF, (Who(OFFICE_HEAD), Who(INSPECTOR, when=_is_simple))),
    Rule(states.REOPEN, (Who(OFFICE_HEAD),)),
    Rule(states.DRAFT_WORDING, (Who(PUBLICITY), Who(INSPECTOR))),
    Rule(states.APPROVE_WORDING, (Who(OFFICE_HEAD), Who(PUBLICITY)), apart=(DRAFTER,)),
    Rule(states.CLOSE_TO_PUBLIC, (Who(OFFICE_HEAD), Who(PUBLICITY))),
)
