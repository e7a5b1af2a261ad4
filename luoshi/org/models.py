"""Accounts, units, posts, people, appointments, grants, holidays."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from luoshi.ledger.models import Recorded
from luoshi.org.roles import ROLES
from luoshi.org.states import CHANGE_KINDS


class DatedQuerySet(models.QuerySet):
    """Rows that hold from one date to another (both may be open)."""

    def on(self, day: date) -> DatedQuerySet:
        """Those that hold on a day."""
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day)
        )


class Unit(Recorded):
    """單位. Shown everywhere in 建制順序 (`order`)."""

    recorded = ("name", "short_name", "aliases", "parent", "order", "since", "until")

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    aliases = models.JSONField(default=list, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveIntegerField(default=0)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    path = models.CharField(
        max_length=255, blank=True, db_index=True
    )  # derived: ids from the root, "1/4/"

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.short_name


class UnitGroup(Recorded):
    """單位組 such as 各鎮街: units that are named together; who belongs to it is dated."""

    recorded = ("name", "aliases", "order")

    name = models.CharField(max_length=60, unique=True)
    aliases = models.JSONField(default=list, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class GroupMember(Recorded):
    """A unit in a group, from a date to a date."""

    recorded = ("group", "unit", "since", "until")

    group = models.ForeignKey(UnitGroup, models.PROTECT, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["unit__order", "pk"]

    @property
    def stream(self) -> str:
        return f"unitgroup:{self.group_id}"


class UnitChange(Recorded):
    """更名, 合併, 拆分 or 劃轉 of units, by a decision, from a day on."""

    recorded = ("kind", "decision", "on")

    kind = models.CharField(max_length=12, choices=CHANGE_KINDS)
    decision = models.CharField(max_length=200)  # its name and number
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]


class UnitChangePart(Recorded):
    """A unit in a change: one that was there before, or one that comes after it."""

    recorded = ("change", "unit", "successor")

    change = models.ForeignKey(UnitChange, models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes")
    successor = models.BooleanField()

    @property
    def stream(self) -> str:
        return f"unitchange:{self.change_id}"


class Person(Recorded):
    """人員."""

    recorded = ("name",)

    name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.name


class Post(Recorded):
    """職務 in a unit; leaders are shown in 領導排序 (`order`)."""

    recorded = ("unit", "name", "order")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    name = models.CharField(max_length=60)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        return f"unit:{self.unit_id}"


class Appointment(Recorded):
    """任職: a person in a post, from a date to a date."""

    recorded = ("person", "post", "since", "until")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["post__order", "pk"]

    @property
    def stream(self) -> str:
        return f"person:{self.person_id}"


class AccountManager(BaseUserManager):
    """Finds accounts for Django's sign-in; new ones come through `org.actions.open_account`."""


class Account(AbstractBaseUser, Recorded):
    """帳號 of a person. Paper people have one that nobody can sign in with."""

    recorded = ("username", "person", "is_active")

    username = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.username


class Grant(Recorded):
    """授權: a role for an account at a unit, with all below it or not. It counts in a post there or below."""

    recorded = ("account", "role", "unit", "below", "since", "until")

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLES)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    below = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="grant_ends_after_it_begins",
            )
        ]

    @property
    def stream(self) -> str:
        return f"account:{self.account_id}"


class Holiday(Recorded):
    """A day that a notice made a holiday or a working day; provisional until the notice is out."""

    recorded = ("on", "working", "name", "provisional")

    on = models.DateField(unique=True)
    working = models.BooleanField()
    name = models.CharField(max_length=40)
    provisional = models.BooleanField(default=False)

    @property
    def stream(self) -> str:
        return "holidays"
