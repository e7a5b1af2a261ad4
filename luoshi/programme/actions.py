"""The programme's verbs up to its issue: draft, register items, link sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max

from luoshi.intake.models import Document, Finding
from luoshi.intake.states import STANDING_FINDINGS
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid, WrongState
from luoshi.ledger.door import Step, change, create
from luoshi.org.models import Post, Unit
from luoshi.programme import states
from luoshi.programme.models import (
    Duty,
    Heading,
    Item,
    Link,
    Listing,
    Node,
    Programme,
    Target,
)


@dataclass(frozen=True, slots=True)
class DutyGiven:
    """A duty as typed: a role and exactly one post or unit; `part` is 分工."""

    role: str
    post: Post | None = None
    unit: Unit | None = None
    part: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class TargetGiven:
    """A figure to reach, as typed."""

    metric: str
    value: Decimal
    operator: str = ">="
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NodeGiven:
    """A deliverable and its date, as typed."""

    deliverable: str
    due: date


def draft_programme(
    document: Document, *, title: str, year: int, by: Actor, theme: str = ""
) -> Programme:
    """A programme drafted from a document: one heading per area that a person stands behind (编制).

    Errors: Invalid when the title is empty or no area is confirmed.
    """
    areas = list(
        document.findings.filter(kind="area", state__in=STANDING_FINDINGS).select_related("passage")
    )
    if not title.strip():
        raise Invalid(fields={"title": "required"})
    if not areas:
        raise Invalid("no_confirmed_areas", fields={"title": "no_confirmed_areas"})
    programme = Programme(title=title.strip(), year=year, theme=theme.strip(), document=document)
    with create(programme, states.DRAFT_PROGRAMME, by=by) as step:
        for order, area in enumerate(areas, start=1):
            name = area.value["name"][:120]
            step.add(Heading(programme=programme, order=order, name=name, passage=area.passage))
    return programme


def register_item(
    heading: Heading,
    *,
    by: Actor,
    finding: Finding,
    requirement: str,
    grade: str,
    due: date,
    duties: Sequence[DutyGiven],
    measure: str = "",
    papers_due: date | None = None,
    targets: Sequence[TargetGiven] = (),
    nodes: Sequence[NodeGiven] = (),
) -> Item:
    """A new item under a heading of a draft, linked to the sentence that orders it (立项).

    Its number is the next of the year, without gaps. Errors: Invalid names the field, WrongState.
    """
    programme = heading.programme
    _check_item(requirement, grade, due, papers_due, duties)
    item = Item(
        year=programme.year,
        requirement=requirement.strip(),
        measure=measure.strip(),
        grade=grade,
        due=due,
        papers_due=papers_due,
    )
    also = (f"series:item:{programme.year}", programme.stream, finding.stream)
    with create(item, states.REGISTER_ITEM, by=by, also=also, prepare=_next_serial) as step:
        if Programme.objects.get(pk=programme.pk).state != states.DRAFT:
            raise WrongState("programme_issued", verb="register_item")
        order = heading.listings.count() + 1
        step.add(
            Listing(item=item, heading=heading, order=order, wording=item.requirement, due=due)
        )
        for duty in duties:
            printed = str(duty.post or duty.unit)
            step.add(
                Duty(item=item, role=duty.role, post=duty.post, unit=duty.unit, printed=printed,
                     part=duty.part, due=duty.due)
            )  # fmt: skip
        for target in targets:
            step.add(
                Target(item=item, metric=target.metric, operator=target.operator, value=target.value,
                       unit=target.unit, passage=finding.passage)
            )  # fmt: skip
        for node in nodes:
            step.add(Node(item=item, deliverable=node.deliverable, due=node.due))
        link(finding, states.ORDERED, by=by, item=item)
    return item


def link(
    finding: Finding,
    kind: str,
    *,
    by: Actor,
    headings: Sequence[Heading] = (),
    item: Item | None = None,
    note: str = "",
) -> list[Link]:
    """What became of a directive's sentence (对应): one link per heading, or one. Errors: Invalid.

    A word for why nothing was listed (面上要求 …) replaces an earlier such word. Errors: WrongState
    for a sentence that no person stands behind.
    """
    if kind not in dict(states.LINK_KINDS):
        raise Invalid(fields={"kind": "unknown_kind"})
    pointing = bool(headings) or item is not None
    if pointing != (kind in states.POINTING):
        raise Invalid(
            fields={"kind": "needs_heading_or_item" if not pointing else "points_at_nothing"}
        )
    values: dict[str, Any] = {
        "document": finding.document, "passage": finding.passage, "kind": kind, "note": note,
    }  # fmt: skip
    pairs: list[dict[str, Heading | Item | None]] = [{"heading": each} for each in headings] or [
        {"item": item}
    ]
    first, *others = [Link(**values, **pair) for pair in pairs]
    with create(first, states.LINK, by=by) as step:
        if not Finding.objects.filter(pk=finding.pk, state__in=STANDING_FINDINGS).exists():
            raise WrongState("not_confirmed", verb="link")
        for other in others:
            step.add(other)
        words = Link.objects.filter(passage=finding.passage, removed=False).exclude(pk=first.pk)
        for earlier in words.exclude(kind__in=states.POINTING):
            step.follow(earlier, removed=True)
    return [first, *others]


def unlink(made: Link, *, by: Actor, seen: int) -> Link:
    """The link, taken back (取消对应); the sentence is open again if it was the last.

    Errors: WrongState for the last link of an item.
    """
    with change(made, states.UNLINK, by=by, seen=seen) as step:
        if step.row.removed:
            raise WrongState("wrong_state", state="removed", verb="unlink")
        if step.row.item_id is not None and not _linked_otherwise(step.row):
            raise WrongState("last_link_of_item", verb="unlink")
        step.row.removed = True
    return step.row


def _linked_otherwise(made: Link) -> bool:
    """Whether the item keeps a sentence when this link goes: every item leads back to one."""
    return Link.objects.filter(item=made.item_id, removed=False).exclude(pk=made.pk).exists()


def _next_serial(step: Step[Item]) -> None:
    item = step.row
    last = Item.objects.filter(year=item.year).aggregate(last=Max("serial"))["last"]
    item.serial = (last or 0) + 1


def _check_item(
    requirement: str,
    grade: str,
    due: date | None,
    papers_due: date | None,
    duties: Sequence[DutyGiven],
) -> None:
    fields = {}
    if not requirement.strip():
        fields["requirement"] = "required"
    if grade not in dict(states.GRADES):
        fields["grade"] = "unknown_grade"
    if due is None:
        fields["due"] = "required"
    elif papers_due is not None and papers_due < due:
        fields["papers_due"] = "papers_before_due"
    if sum(duty.role == states.LEAD_UNIT for duty in duties) > 1:
        fields["lead_unit"] = "one_lead_only"
    if not any(duty.role in (states.LEAD_UNIT, states.RESPONSIBLE_UNIT) for duty in duties):
        fields["lead_unit"] = "required"
    if grade == states.KEY and not any(duty.role == states.LEAD_LEADER for duty in duties):
        fields["lead_leader"] = "key_needs_leader"
    if fields:
        raise Invalid(fields=fields)
