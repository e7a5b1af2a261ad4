"""Documents, the places in them, what was found there, the meeting they tell of."""

from __future__ import annotations

from django.db import models

from luoshi.intake import states
from luoshi.ledger.models import File, Recorded
from luoshi.org.models import Person


class Document(Recorded):
    """文件: the bytes as received, the text restored, what it is (依据 or 参考) and what it says of itself."""

    recorded = (
        "file", "standing", "kind", "state", "title", "number", "source", "column_name",
        "published_on", "publicity", "withdrawn_on", "received", "restored", "repairs", "reader",
    )  # fmt: skip
    digested = ("received", "restored", "repairs")

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
    restored = models.TextField()
    repairs = models.JSONField(default=list)  # as luoshi.text.restore's records, one dict each
    reader = models.CharField(max_length=16, blank=True)  # version of the reading that proposed
    received_at = models.DateTimeField(null=True)  # copied from the ledger, for ordering
    digest = models.CharField(
        max_length=64, db_index=True
    )  # SHA-256 of the bytes, copied from the file

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


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
        "state", "reason", "into",
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
    into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts"
    )  # of a merged one: the finding that took it in

    class Meta:
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["document", "kind", "state"], name="finding_kind_state")]

    @property
    def stream(self) -> str:
        return f"document:{self.document_id}"


class Meeting(Recorded):
    """会议, made by confirming what the document says of it."""

    recorded = ("document", "finding", "name", "held_on", "time_of_day", "removed")

    document = models.ForeignKey(Document, models.PROTECT, related_name="meetings")
    finding = models.OneToOneField(Finding, models.PROTECT, related_name="meeting")
    name = models.CharField(max_length=300)
    held_on = models.DateField(null=True)
    time_of_day = models.CharField(max_length=10, blank=True)
    removed = models.BooleanField(default=False)  # nobody stands behind it any more

    @property
    def stream(self) -> str:
        return f"document:{self.document_id}"


class MeetingPart(Recorded):
    """A person's part in a meeting: posts and acts as the document prints them."""

    recorded = ("meeting", "finding", "name", "posts", "acts", "person", "removed")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="parts")
    finding = models.OneToOneField(Finding, models.PROTECT, related_name="part")
    name = models.CharField(max_length=40)
    posts = models.JSONField(default=list)
    acts = models.JSONField(default=list)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="meeting_parts")
    removed = models.BooleanField(default=False)

    @property
    def stream(self) -> str:
        return f"document:{self.meeting.document_id}"
