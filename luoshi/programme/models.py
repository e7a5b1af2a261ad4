"""Programmes of a year, their headings, items with duties and dates, links to the words that order them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luoshi.intake.models import Document, Passage
from luoshi.ledger.models import Recorded
from luoshi.org.models import Post, Unit
from luoshi.programme import states


class Programme(Recorded):
    """工作清单 of a year (or a 登记簿), drafted from a document, issued as a whole."""

    recorded = (
        "kind", "title", "year", "theme", "state", "document", "basis", "approved_at", "number",
        "issued_on", "exception",
    )  # fmt: skip

    kind = models.CharField(max_length=10, choices=states.PROGRAMME_KINDS, default=states.LIST)
    title = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=40, blank=True)  # 主题年
    state = models.CharField(max_length=10, choices=states.PROGRAMME_STATES, default=states.DRAFT)
    document = models.ForeignKey(Document, models.PROTECT, related_name="programmes")  # drafted from
    basis = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.CharField(max_length=120, blank=True)  # 审定会议
    number = models.CharField(max_length=80, blank=True)  # 文号
    issued_on = models.DateField(null=True, blank=True)  # 印发日期
    exception = models.CharField(max_length=300, blank=True)  # why sentences without a link were let pass

    class Meta:
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return self.title


class Heading(Recorded):
    """方面, or 重点任务 below one; points at its own words."""

    recorded = ("programme", "parent", "level", "order", "name", "passage")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="headings")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, blank=True, related_name="headings")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        return f"programme:{self.programme_id}"


class Item(Recorded):
    """具体事项: what is to be done, by when, how it is closed. Its number never changes."""

    recorded = (
        "year", "serial", "requirement", "measure", "grade", "state", "publicity", "due",
        "papers_due", "issued_on", "claimed_on", "concluded_on", "struck_off_on", "withdrawn_on",
    )  # fmt: skip

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()  # gap-free within the year
    requirement = models.CharField(max_length=300)
    measure = models.CharField(max_length=300, blank=True)  # 衡量
    grade = models.CharField(max_length=10, choices=states.GRADES, default=states.ORDINARY)  # 办结等级
    state = models.CharField(max_length=12, choices=states.ITEM_STATES, default=states.REGISTERED)
    publicity = models.CharField(max_length=10, choices=states.PUBLICITY, default=states.CLOSED)
    due = models.DateField(null=True, blank=True)  # 完成时限, the strictest of its listings
    papers_due = models.DateField(null=True, blank=True)  # 报结时限
    issued_on = models.DateField(null=True, blank=True)
    claimed_on = models.DateField(null=True, blank=True)  # date of the claim that was later accepted
    concluded_on = models.DateField(null=True, blank=True)
    struck_off_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)  # the public page

    class Meta:
        ordering = ["year", "serial"]
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="item_number_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """督查编号, such as 2023-001."""
        return f"{self.year}-{self.serial:03}"


class Listing(Recorded):
    """列入: an item under a heading of a programme, as that list prints it."""

    recorded = ("item", "heading", "order", "wording", "due")

    item = models.ForeignKey(Item, models.PROTECT, related_name="listings")
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="listings")
    order = models.PositiveSmallIntegerField()  # 序号 under the heading
    wording = models.CharField(max_length=300)
    due = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["heading__order", "order"]

    @property
    def stream(self) -> str:
        return f"item:{self.item_id}"


class Duty(Recorded):
    """责任: a role of an item, held by exactly one post or unit, as printed."""

    recorded = ("item", "role", "post", "unit", "printed", "part", "due")

    item = models.ForeignKey(Item, models.PROTECT, related_name="duties")
    role = models.CharField(max_length=20, choices=states.DUTY_ROLES)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="duties")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="duties")
    printed = models.CharField(max_length=120, blank=True)
    part = models.CharField(max_length=120, blank=True)  # 分工
    due = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, unit__isnull=True)
                | Q(post__isnull=True, unit__isnull=False),
                name="duty_of_one_post_or_unit",
            )
        ]

    @property
    def stream(self) -> str:
        return f"item:{self.item_id}"


class Target(Recorded):
    """目标值: a figure to reach."""

    recorded = ("item", "metric", "operator", "value", "unit", "passage")

    item = models.ForeignKey(Item, models.PROTECT, related_name="targets")
    metric = models.CharField(max_length=80)
    operator = models.CharField(max_length=2, choices=states.OPERATORS, default=">=")
    value = models.DecimalField(max_digits=18, decimal_places=4)
    unit = models.CharField(max_length=20, blank=True)
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, blank=True, related_name="targets")

    @property
    def stream(self) -> str:
        return f"item:{self.item_id}"


class Node(Recorded):
    """节点: a deliverable and its date."""

    recorded = ("item", "deliverable", "due", "precision")

    item = models.ForeignKey(Item, models.PROTECT, related_name="nodes")
    deliverable = models.CharField(max_length=120)
    due = models.DateField()
    precision = models.CharField(max_length=8, default="date")  # date, month, quarter, half, year

    class Meta:
        ordering = ["due", "pk"]

    @property
    def stream(self) -> str:
        return f"item:{self.item_id}"


class Link(Recorded):
    """对应: what became of a sentence: an item, a heading, or a word for why neither."""

    recorded = ("document", "passage", "kind", "heading", "item", "note", "removed")

    document = models.ForeignKey(Document, models.PROTECT, related_name="links")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="links")
    kind = models.CharField(max_length=10, choices=states.LINK_KINDS)
    heading = models.ForeignKey(Heading, models.PROTECT, null=True, blank=True, related_name="links")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="links")
    note = models.CharField(max_length=120, blank=True)
    removed = models.BooleanField(default=False)  # taken back; the row stays

    class Meta:
        indexes = [models.Index(fields=["passage", "removed"], name="link_passage")]

    @property
    def stream(self) -> str:
        return f"document:{self.document_id}"
