"""Assignments, reports with evidence, reviews, verifications, readings, public wordings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luoshi.delivery import states
from luoshi.ledger.models import File, Recorded
from luoshi.org.models import Person, Unit
from luoshi.programme.models import Item


class OfItem(Recorded):
    """A row of an item's life."""

    item_id: int

    class Meta:
        abstract = True

    @property
    def stream(self) -> str:
        return f"item:{self.item_id}"


class Assignment(OfItem):
    """交办: an item, or a part of it, given to a unit."""

    recorded = ("item", "unit", "part", "lead", "state", "due", "open", "assigned_on", "signed_for_on")

    item = models.ForeignKey(Item, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=120, blank=True)
    lead = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=states.ASSIGNMENT_STATES, default=states.TO_SIGN_FOR)
    due = models.DateField(null=True, blank=True)  # copied for the unit's list
    open = models.BooleanField(default=True)
    assigned_on = models.DateField()
    signed_for_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-lead", "unit__order", "pk"]
        indexes = [models.Index(fields=["unit", "open", "due", "item"], name="assignment_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(lead=True, open=True), name="one_open_lead_per_item"
            )
        ]


class Report(OfItem):
    """进展: what a unit says it did; a claim asks to be concluded."""

    recorded = (
        "item", "assignment", "order", "claim", "state", "done", "problem", "next_step",
        "written_by", "signed_by", "reported_on", "signed_on",
    )  # fmt: skip

    item = models.ForeignKey(Item, models.PROTECT, related_name="reports")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    order = models.PositiveSmallIntegerField()  # 第 n 次
    claim = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=states.REPORT_STATES, default=states.WRITTEN)
    done = models.TextField()
    problem = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reported_on = models.DateField()
    signed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-pk"]


class Evidence(OfItem):
    """佐证材料 of a report."""

    recorded = ("item", "report", "file")

    item = models.ForeignKey(Item, models.PROTECT, related_name="evidence")
    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")


class Review(OfItem):
    """审核 of a report: accepted, or sent back (counted or not) with a reason."""

    recorded = ("item", "report", "accepted", "returned_as", "reason", "person", "reviewed_on")

    item = models.ForeignKey(Item, models.PROTECT, related_name="reviews")
    report = models.ForeignKey(Report, models.PROTECT, related_name="reviews")
    accepted = models.BooleanField()
    returned_as = models.CharField(max_length=10, choices=states.RETURNS, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewed_on = models.DateField()


class Verification(OfItem):
    """核查 of an accepted claim, by somebody who neither reported nor reviewed it."""

    recorded = ("item", "assignment", "confirmed", "method", "place", "words", "person", "verified_on")

    item = models.ForeignKey(Item, models.PROTECT, related_name="verifications")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="verifications")
    confirmed = models.BooleanField()
    method = models.CharField(max_length=10, choices=states.METHODS)
    place = models.CharField(max_length=120, blank=True)
    words = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verified_on = models.DateField()


class Perusal(OfItem):
    """审阅: the leader has read the result; perhaps with words. May be entered for him (代录)."""

    recorded = ("item", "person", "words", "read_on", "entered_by")

    item = models.ForeignKey(Item, models.PROTECT, related_name="perusals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    read_on = models.DateField()
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class PublicWording(OfItem):
    """公开口径: what the public reads of an item, approved by somebody else than its drafter."""

    recorded = ("item", "state", "text", "drafted_by", "approved_by", "drafted_on", "approved_on")

    item = models.ForeignKey(Item, models.PROTECT, related_name="wordings")
    state = models.CharField(max_length=10, choices=states.WORDING_STATES, default=states.WORDED)
    text = models.TextField()
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafted_on = models.DateField()
    approved_on = models.DateField(null=True)

    class Meta:
        ordering = ["-pk"]
