"""A small world made through the real actions: an office, three units, a document, a draft with items.

`world` is a fixture. The world is a demo of 14 September 2023, so that acts can be given the dates
they had. Rows are fetched anew each time they are asked for: nobody holds a stale one by accident.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from luoshi.delivery import actions as delivery
from luoshi.delivery.models import Assignment, PublicWording, Report
from luoshi.intake import actions as intake
from luoshi.intake import findings as judging
from luoshi.intake.models import Document, Finding
from luoshi.kernel.actor import SYSTEM, Actor
from luoshi.kernel.calendar import beijing_moment
from luoshi.ledger import clock
from luoshi.ledger.files import Upload
from luoshi.ledger.founding import found
from luoshi.org import actions as org
from luoshi.org import queries
from luoshi.org.models import Account, Person, Post, Unit
from luoshi.programme import actions as programmes
from luoshi.programme.actions import DutyGiven, NodeGiven, TargetGiven
from luoshi.programme.models import Heading, Item, Programme
from luoshi.text import restore
from luoshi.text.reading import Finding as Found
from luoshi.text.reading import Reading
from luoshi.text.restore_records import Restoration
from tests.databases import Database, Postgresql, Sqlite, Template, connected

SAMPLE = Path(__file__).parent.parent / "luoshi/officialdoc/samples/mobilisation-meeting-2023.txt"
TODAY = date(2023, 9, 14)
RECEIVED, ISSUED, SIGNED_FOR = date(2023, 2, 1), date(2023, 2, 17), date(2023, 2, 20)
REPORTED, SIGNED, REVIEWED = date(2023, 9, 1), date(2023, 9, 4), date(2023, 9, 5)
VERIFIED, READ, CONCLUDED = date(2023, 9, 7), date(2023, 9, 8), date(2023, 9, 11)

DISTRICT, OFFICE, HOUSING, COMMERCE, WATER = "某区", "区督查室", "区住建局", "区商务局", "区水务局"

# account, post, unit, role, unit of the grant; the heads and the leader sign on paper
PEOPLE = (
    ("clerk", "收文", OFFICE, "clerk", DISTRICT),
    ("head", "主任", OFFICE, "office_head", DISTRICT),
    ("inspector", "督查员", OFFICE, "inspector", DISTRICT),
    ("verifier", "核查", OFFICE, "verifier", DISTRICT),
    ("auditor", "审计", OFFICE, "auditor", DISTRICT),
    ("leader", "副区长", DISTRICT, "leader", DISTRICT),
    ("secretary", "秘书", DISTRICT, "secretary", DISTRICT),
    ("publicity", "宣传", DISTRICT, "publicity", DISTRICT),
    ("housing", "住建联络员", HOUSING, "liaison", HOUSING),
    ("housing_head", "住建局长", HOUSING, "unit_head", HOUSING),
    ("commerce", "商务联络员", COMMERCE, "liaison", COMMERCE),
    ("commerce_head", "商务局长", COMMERCE, "unit_head", COMMERCE),
    ("water", "水务联络员", WATER, "liaison", WATER),
)
PAPER = {"leader", "housing_head", "commerce_head"}
PASSWORD = "demo-only-2023"

SIMPLE, ORDINARY, KEY, JOINT = "2023-001", "2023-002", "2023-003", "2023-004"

# kind, the words it rests on, value; the last directive is not linked to anything
FOUND: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("title", "全區深入學習貫徹黨的二十大精神以黨建引領全面提質暨“創新突破年”動員大會召開",
     {"text": "全區深入學習貫徹黨的二十大精神以黨建引領全面提質暨“創新突破年”動員大會召開"}),
    ("published", "2023/01/29", {"date": "2023-01-29"}),
    ("source", "青島西海岸報/西海岸新聞網", {"text": "青島西海岸報/西海岸新聞網"}),
    ("meeting", "動員大會", {"name": "動員大會", "date": "2023-01-28", "time_of_day": "上午"}),
    ("person", "孫永紅", {"name": "孫永紅", "posts": ["區委書記"], "acts": ["attend", "speak"]}),
    ("person", "王清源", {"name": "王清源", "posts": ["區長"], "acts": ["chair"]}),
    ("theme", "“創新突破年”,要", {"name": "創新突破年", "year": 2023, "status": "current"}),
    ("area", "促進消費", {"name": "促進消費"}),
    ("area", "民生改善", {"name": "民生改善"}),
    ("directive", "各牽頭領導要頂格協調推進、靠前指揮作戰", {"strength": "soft"}),
    ("directive", "各牽頭部門要強化協作配合、凝聚工作合力", {"strength": "soft"}),
    ("directive", "使每項工作有布置、有落實、有成效", {"strength": "soft"}),
)  # fmt: skip


@cache
def restored() -> Restoration:
    """The sample, as the real restoration gives it back."""
    return restore(SAMPLE.read_text("utf-8"))


def reading() -> Reading:
    """A reading of the sample made by hand, in the order of FOUND."""
    text = restored().text
    findings = []
    for kind, words, value in FOUND:
        start = text.index(words)
        doubts = ("weak",) if kind == "theme" else ()
        findings.append(Found(kind, start, start + len(words), value, doubts=doubts))
    return Reading(tuple(findings), {"kind": "A"})


def upload(data: bytes = b"done", name: str = "佐证.txt") -> Upload:
    """A file as somebody hands it in."""
    return Upload(data, name, "text/plain")


def at(day: date) -> Any:
    """A block in which the ledger's clock shows nine in the morning of a day."""
    return clock.travel(beijing_moment(day, 9))


@dataclass(frozen=True)
class World:
    """Its people and rows by their names, and the acts that carry an item along its line."""

    database: Database

    def actor(self, name: str) -> Actor:
        """The person of an account, acting in the first post."""
        account = queries.account(name)
        assert account is not None
        return queries.actor(account)

    def account(self, name: str) -> Account:
        return Account.objects.get(username=name)

    def person(self, name: str) -> Person:
        return self.account(name).person

    def post(self, name: str) -> Post:
        return Post.objects.get(appointments__person=self.person(name))

    def unit(self, name: str) -> Unit:
        return Unit.objects.get(name=name)

    @property
    def document(self) -> Document:
        return Document.objects.earliest("pk")

    @property
    def programme(self) -> Programme:
        return Programme.objects.get()

    @property
    def heading(self) -> Heading:
        return self.programme.headings.earliest("pk")

    def finding(self, kind: str, state: str = "") -> Finding:
        """The first finding of a kind (and state)."""
        rows = self.document.findings.filter(kind=kind)
        return (rows.filter(state=state) if state else rows).earliest("order")

    def item(self, code: str) -> Item:
        year, serial = code.split("-")
        return Item.objects.get(year=int(year), serial=int(serial))

    def lead(self, code: str) -> Assignment:
        return self.item(code).assignments.get(lead=True)

    def part(self, code: str = JOINT) -> Assignment:
        return self.item(code).assignments.get(lead=False)

    def last_report(self, code: str) -> Report:
        return self.item(code).reports.latest("pk")

    def last_wording(self, code: str) -> PublicWording:
        return self.item(code).wordings.latest("pk")

    def receive(self, text: str = "另一份文件", by: str = "clerk") -> Document:
        """Another document, received and not yet read."""
        return intake.receive(
            upload(text.encode(), "文件.txt"), text, restore(text), by=self.actor(by)
        )

    def register(self, *duties: DutyGiven, grade: str = "ordinary", **given: Any) -> Item:
        """Another item of the draft; without duties the housing bureau leads."""
        given = {"requirement": "再办一件", "due": date(2023, 11, 30)} | given
        return programmes.register_item(
            self.heading,
            by=self.actor("inspector"),
            finding=self.finding("directive", "confirmed"),
            grade=grade,
            duties=duties or (DutyGiven("lead_unit", unit=self.unit(HOUSING)),),
            **given,
        )

    # The line, act by act. Each takes the item's number and is done by whom it is for.

    def issue(self) -> Programme:
        with at(ISSUED):
            return delivery.issue(
                self.programme, by=self.actor("head"), seen=self.programme.version,
                approved_at="区政府常务会议", number="区督字〔2023〕6号", issued_on=ISSUED,
                exception="末句为总体要求",
            )  # fmt: skip

    def sign_for(self, code: str) -> Assignment:
        with at(SIGNED_FOR):
            row = self.lead(code)
            return delivery.sign_for(row, by=self.actor("housing"), seen=row.version)

    def sign_for_part(self) -> Assignment:
        with at(SIGNED_FOR):
            row = self.part()
            return delivery.sign_for(row, by=self.actor("commerce"), seen=row.version)

    def report(self, code: str, **given: Any) -> Report:
        """A claim with a file, unless something else is given."""
        given = {"done": "已完工", "claim": True, "uploads": [upload()]} | given
        with at(REPORTED):
            return delivery.report(self.lead(code), by=self.actor("housing"), **given)

    def sign(self, code: str) -> Report:
        """Signed on paper by the head of the unit, entered by its liaison."""
        with at(SIGNED):
            row = self.last_report(code)
            return delivery.sign(
                row, by=self.actor("housing"), seen=row.version, behalf=self.person("housing_head")
            )

    def accept(self, code: str) -> Report:
        with at(REVIEWED):
            row = self.last_report(code)
            return delivery.accept(row, by=self.actor("inspector"), seen=row.version)

    def send_back(self, code: str) -> Report:
        with at(REVIEWED):
            row = self.last_report(code)
            return delivery.send_back(
                row, by=self.actor("inspector"), seen=row.version, returned_as="supplement",
                reason="缺验收表",
            )  # fmt: skip

    def verify(self, code: str) -> Assignment:
        with at(VERIFIED):
            row = self.lead(code)
            return delivery.verify(
                row, by=self.actor("verifier"), seen=row.version, method="site", words="看过现场"
            )

    def read(self, code: str) -> Item:
        """Read on paper by the leader, entered by the secretary."""
        with at(READ):
            row = self.item(code)
            return delivery.read(
                row, by=self.actor("secretary"), seen=row.version, behalf=self.person("leader")
            )

    def conclude(self, code: str) -> Item:
        with at(CONCLUDED):
            row = self.item(code)
            return delivery.conclude(row, by=self.actor("inspector"), seen=row.version)

    def strike_off(self, code: str) -> Item:
        with at(CONCLUDED):
            row = self.item(code)
            return delivery.strike_off(row, by=self.actor("head"), seen=row.version)

    def draft_wording(self, code: str, text: str = "已完成改造") -> PublicWording:
        return delivery.draft_wording(self.item(code), text, by=self.actor("inspector"))

    def approve_wording(self, code: str) -> PublicWording:
        row = self.last_wording(code)
        return delivery.approve_wording(row, by=self.actor("head"), seen=row.version)

    def walk(self, code: str, to: str) -> None:
        """Issue the list and carry one item along its line, up to and with the verb `to`."""
        line = ["issue", "sign_for", "report", "sign", "accept"]
        line += ["verify", "read"] if self.item(code).grade == "key" else []
        line += ["conclude", "strike_off"]
        self.issue()
        for verb in line[1 : line.index(to) + 1]:
            getattr(self, verb)(code)


def build(world: World) -> None:
    """Found the database as a demo and act it into being: one transaction, one act per row."""
    with transaction.atomic():
        found(demo_today=beijing_moment(TODAY, 9))
        with at(RECEIVED):
            _build_organisation(world)
            _build_document(world)
            _build_draft(world)


def _build_organisation(world: World) -> None:
    district = org.add_unit(DISTRICT, by=SYSTEM)
    for order, name in enumerate((OFFICE, HOUSING, COMMERCE, WATER), start=1):
        org.add_unit(name, by=SYSTEM, parent=district, order=order)
    for username, name, unit, role, granted_at in PEOPLE:
        post = org.add_post(world.unit(unit), name, by=SYSTEM)
        person = org.add_person(f"{name}某", by=SYSTEM)
        org.appoint(person, post, by=SYSTEM)
        password = None if username in PAPER else PASSWORD
        account = org.open_account(person, username, by=SYSTEM, password=password)
        below = granted_at == DISTRICT
        org.grant_role(account, role, world.unit(granted_at), by=SYSTEM, below=below)


def _build_document(world: World) -> None:
    clerk = world.actor("clerk")
    received = SAMPLE.read_text("utf-8")
    file = upload(SAMPLE.read_bytes(), "动员大会.txt")
    document = intake.receive(file, received, restored(), by=clerk)
    intake.read_document(document, reading(), by=clerk)
    for row in world.document.findings.exclude(kind__in=("theme", "source")):
        judging.confirm(row, by=clerk, seen=row.version)


def _build_draft(world: World) -> None:
    programmes.draft_programme(
        world.document, title="创新突破年工作清单", year=2023, by=world.actor("clerk")
    )
    housing, commerce = world.unit(HOUSING), world.unit(COMMERCE)
    lead = DutyGiven("lead_unit", unit=housing)
    world.register(
        DutyGiven("responsible_unit", unit=housing), grade="simple", requirement="公布办事指南"
    )
    world.register(lead, requirement="开展家电补贴", measure="家电以旧换新")
    world.register(
        lead, DutyGiven("lead_leader", post=world.post("leader")), grade="key",
        requirement="完成32个老旧小区改造", nodes=[NodeGiven("全部开工", date(2023, 5, 31))],
        targets=[TargetGiven("小区", 32, unit="个")],
    )  # fmt: skip
    world.register(
        lead, DutyGiven("cooperating_unit", unit=commerce, part="招商"), requirement="建成特色街区"
    )
    second = world.document.findings.filter(kind="directive").order_by("order")[1]
    programmes.link(second, "general", by=world.actor("clerk"))


class Acted:
    """A template with the world in it, acted out once."""

    def __init__(self, template: Template, folder: Path, keys: Path) -> None:
        self._template = template
        self._files = folder / "files"
        self._original = template.copy(folder)
        ours = override_settings(DATA_FOLDER=folder, KEYS_FOLDER=keys)
        with ours, connected(self._original.settings):
            build(World(self._original))

    def copy(self, data: Path, of: Database | None = None) -> Database:
        shutil.copytree(self._files, data / "files")
        return self._template.copy(data, of or self._original)

    def drop(self, copy: Database) -> None:
        self._template.drop(copy)


@pytest.fixture(scope="session")
def sqlite_world(
    sqlite: Sqlite,
    keys: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Acted:
    """The world on SQLite."""
    with django_db_blocker.unblock():
        return Acted(sqlite, tmp_path_factory.mktemp("world"), keys)


@pytest.fixture(scope="session")
def postgresql_world(
    postgresql: Postgresql,
    keys: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Acted:
    """The world on PostgreSQL."""
    with django_db_blocker.unblock():
        return Acted(postgresql, tmp_path_factory.mktemp("world"), keys)


@pytest.fixture
def world(database: Database) -> World:
    """The world in this test's own database, which the fixture `database` made with it."""
    return World(database)
