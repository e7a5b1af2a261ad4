"""Rows of the ledger: events with their bodies, answers given once, files; and what is recorded."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from luoshi.ledger import chain


class Event(models.Model):
    """軌跡記錄: one act. Opaque codes only; the words stand in the EventBody. Never updated or deleted."""

    stream = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    happened = models.CharField(max_length=27)
    at = models.CharField(max_length=27)
    act = models.CharField(max_length=32)
    account = models.CharField(max_length=32)
    person = models.CharField(max_length=32, blank=True)
    post = models.CharField(max_length=32, blank=True)
    unit = models.CharField(max_length=32, blank=True)
    behalf = models.CharField(max_length=32, blank=True)
    via = models.CharField(max_length=32)
    name = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    tag = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=16)
    key = models.CharField(max_length=32)
    clock = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "sequence"], name="event_once")]
        indexes = [models.Index(fields=["act"], name="event_act")]

    def __str__(self) -> str:
        return f"{self.stream} {self.sequence} {self.name}"

    @property
    def header(self) -> dict[str, Any]:
        """The fields that are chained and tagged."""
        return {field: getattr(self, field) for field in chain.HEADER}


class EventBody(models.Model):
    """The words of an event, and the salt they are hashed with. Only ever set to NULL, by the owner."""

    event = models.BigIntegerField(primary_key=True)
    salt = models.TextField(null=True)
    body = models.TextField(null=True)


class Answer(models.Model):
    """What `once` answered to a key, kept so that the same form sent twice gets the same answer."""

    key = models.CharField(max_length=128, unique=True)
    content = models.CharField(max_length=64)
    stream = models.CharField(max_length=64, blank=True)
    answer = models.TextField(null=True)
    at = models.CharField(max_length=27)


class Recorded(models.Model):
    """A row that changes only through the door.

    `recorded` are the fields whose after-values stand in the events; `digested` those of them
    that are long and stand there as their SHA-256. `stream` names the life the row belongs to.
    """

    recorded: ClassVar[tuple[str, ...]] = ()
    digested: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def stream(self) -> str:
        """The stream of this row: its own, unless it belongs to the life of another row."""
        return self.subject

    @property
    def subject(self) -> str:
        """The opaque name of this row in the ledger, such as `item:12`."""
        return f"{self._meta.model_name}:{self.pk}"


class Charter(Recorded):
    """The founding of this database. Only one founded as a demo may set the ledger's clock."""

    recorded = ("demo", "offset")

    demo = models.BooleanField(default=False)
    offset = models.BigIntegerField(default=0)  # seconds the demo clock is off the real one

    @property
    def stream(self) -> str:
        return "charter"


class File(Recorded):
    """文件原件: the bytes are kept under their SHA-256; every upload is a row of its own."""

    recorded = ("sha256", "size", "media_type", "name", "stream_name")

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=127)
    name = models.CharField(max_length=255)
    stream_name = models.CharField(max_length=64)

    @property
    def stream(self) -> str:
        return self.stream_name
