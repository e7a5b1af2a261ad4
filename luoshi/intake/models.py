"""Documents, the places in them, what was found there, the meeting they tell of."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models

from luoshi.intake import states
from luoshi.intake.repairs import standing
from luoshi.ledger.models import File, Recorded
from luoshi.org.models import Person


class Document(Recorded):
    """文件: the bytes as received, the text restored, what it is (依据 or 参考) and what it says of itself."""

    recorded = (
        "file", "standing", "kind", "state", "title", "number", "source", "column_name",
        "published_on", "publicity", "withdrawn_on", "received", "restored", "receipt", "decided",
        "provenance", "site",
    )  # fmt: skip
    digested = ("received", "restored", "receipt", "decided", "provenance")

    file = models.ForeignKey(File, models.PROTECT, related_name="documents", null=True)
    standing = models.CharField(max_length=10, choices=states.STANDINGS, default=states.REFERENCE)
    kind = models.CharField(max_length=1, choices=states.KINDS, default="A")
    state = models.CharField(max_length=10, choices=states.DOCUMENT_STATES, default=states.RECEIVED)
    title = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=80, blank=True)  # 文号
    source = models.CharField(max_length=200, blank=True)
    column_name = models.CharField(max_length=80, blank=True)
    published_on = models.DateField(null=True, blank=True)
    publicity = models.CharField(max_length=10, choices=states.PUBLICITY, default=states.CLOSED)
    withdrawn_on = models.DateField(null=True, blank=True)  # the public page
    received = models.TextField()  # the text before restoration: nothing stripped
    restored = models.TextField()  # follows from received, receipt and decided
    receipt = models.JSONField(default=list)  # as luoshi.text.restore's records, one dict each
    # [number, text] of the repairs that a person decided, copied from the decisions
    decided = models.JSONField(default=list)
    # how the bytes became text: charset with its evidence, doubts of the paper, profile of the page
    provenance = models.JSONField(default=dict)
    site = models.CharField(max_length=200, blank=True, db_index=True)  # whose pages these are
    received_at = models.DateTimeField(null=True)  # copied from the ledger, for ordering
    digest = models.CharField(
        max_length=64, db_index=True
    )  # SHA-256 of the bytes, copied from the file

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def repairs(self) -> list[dict[str, Any]]:
        """The records that make the restored text: restoration's, and people's over them."""
        return standing(self.receipt, self.decided)


class RepairDecision(Recorded):
    """判定: what a person says stood at a damaged place. One row for each place that was ever decided."""

    recorded = (
        "document", "number", "start", "end", "choice", "after", "state", "decided_by", "decided_at",
    )  # fmt: skip

    document = models.ForeignKey(Document, models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()  # of the record in the receipt, from 1
    start = models.PositiveIntegerField()  # of the received text, as the record says
    end = models.PositiveIntegerField()
    choice = models.CharField(max_length=10, choices=states.CHOICES)
    after = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=states.DECISION_STATES, default=states.DECIDED)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)  # copied from the ledger

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="repair_decided_once")
        ]

    def __str__(self) -> str:
        return self.after

    @property
    def stream(self) -> str:
        return f"document:{self.document_id}"


class Passage(Recorded):
    """原文表述: a place in the received text, rounded outward to the edges of repairs."""

    recorded = ("document", "start", "end")

    document = models.ForeignKey(Document, models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    @property
    def stream(self) -> str:
        return f"document:{self.document_id}"


class Finding(Recorded):
    """待确认事项: one thing the text says, as proposed, and what a person made of it."""

    recorded = (
        "document", "passage", "kind", "order", "value", "spans", "doubts", "rules", "confidence",
        "state", "reason",
    )  # fmt: skip

    document = models.ForeignKey(Document, models.PROTECT, related_name="findings")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=20, choices=states.FINDING_KINDS)
    order = models.PositiveIntegerField()  # in the document
    value = models.JSONField(default=dict)  # the shape of the kind in the reading schema
    spans = models.JSONField(
        default=dict
    )  # name -> [[start, end], …], offsets of the received text
    doubts = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    confidence = models.PositiveSmallIntegerField(default=1000)  # per mille
    state = models.CharField(max_length=10, choices=states.FINDING_STATES, default=states.PROPOSED)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["document", "kind", "state"], name="finding_kind_state")]

    @property
    def stream(self) -> str:
        return f"document:{self.document_id}"


class Meeting(Recorded):
    """会议, made by confirming what the document says of it."""

    recorded = ("document", "finding", "name", "held_on", "time_of_day")

    document = models.ForeignKey(Document, models.PROTECT, related_name="meetings")
    finding = models.OneToOneField(Finding, models.PROTECT, related_name="meeting")
    name = models.CharField(max_length=300)
    held_on = models.DateField(null=True)
    time_of_day = models.CharField(max_length=10, blank=True)

    @property
    def stream(self) -> str:
        return f"document:{self.document_id}"


class MeetingPart(Recorded):
    """A person's part in a meeting: posts and acts as the document prints them."""

    recorded = ("meeting", "finding", "name", "posts", "acts", "person")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="parts")
    finding = models.OneToOneField(Finding, models.PROTECT, related_name="part")
    name = models.CharField(max_length=40)
    posts = models.JSONField(default=list)
    acts = models.JSONField(default=list)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="meeting_parts")

    @property
    def stream(self) -> str:
        return f"document:{self.meeting.document_id}"


class SitePair(Recorded):
    """站点读音对: a character and the reading that a site's pages write behind it, learned from them."""

    recorded = ("site", "character", "reading", "state", "documents")

    site = models.CharField(max_length=200)
    character = models.CharField(max_length=2)
    reading = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=states.PAIR_STATES, default=states.LEARNED)
    documents = models.JSONField(default=list)  # [key, count] of each document that showed it

    class Meta:
        ordering = ["site", "character", "reading"]
        constraints = [
            models.UniqueConstraint(fields=["site", "character", "reading"], name="site_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.character}({self.reading})"

    @property
    def stream(self) -> str:
        digest = hashlib.sha256(self.site.encode("utf-8", "replace")).hexdigest()
        return f"site:{digest[:32]}"
