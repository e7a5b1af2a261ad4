"""Every page of the line, wide and on a phone: no WCAG finding, nothing too wide, no complaint of the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from luoshi.cli.demo.story import seed
from luoshi.delivery import actions as delivery
from luoshi.intake.models import Document
from luoshi.org import queries as org
from luoshi.org.models import Account, Unit
from luoshi.programme import actions as programme
from luoshi.programme.actions import DutyGiven
from luoshi.programme.models import Item
from tests.databases import Database
from tests.journey.cast import Cast

AXE = (Path(__file__).parent.parent / "vendor/axe.min.js").read_text(encoding="utf-8")
RUN = """() => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"],
}).then(found => found.violations.map(each =>
  `${each.id}: ` + each.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ")))"""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SIZES = ({"width": 1440, "height": 900}, {"width": 390, "height": 844})

PUBLIC = "/public/items/2023-001/"
# who looks (nobody: ""), at what
PAGES = (
    ("", "/sign-in/"),
    ("", "/public/"),
    ("", PUBLIC),
    ("", "/public/documents/{digest}/"),
    ("clerk", "/"),
    ("clerk", "/documents/"),
    ("clerk", "/documents/1/"),
    ("clerk", "/documents/1/facts/"),
    ("clerk", "/documents/1/repairs/"),
    ("clerk", "/documents/1/?doubt={inferred}&as=received"),
    ("clerk", "/documents/1/?script=hans"),
    ("clerk", "/site-pairs/"),
    ("clerk", "/documents/1/draft-programme/"),
    ("clerk", "/findings/{directive}/correct/"),
    ("clerk", "/findings/{directive}/link/?kind=ordered"),
    ("clerk", "/programmes/"),
    ("clerk", "/programmes/1/"),
    ("clerk", "/programmes/3/register-item/?finding={directive}"),
    ("clerk", "/items/2023-001/conclude/"),
    ("clerk", "/items/2099-999/"),
    ("office-head", "/programmes/3/issue/"),
    ("office-head", "/publicity/"),
    ("office-head", "/verify/"),
    ("inspector", "/"),
    ("inspector", "/items/"),
    ("inspector", "/items/2023-002/"),
    ("inspector", "/reports/{claim}/review/"),
    ("inspector", "/items/2023-001/"),
    ("farming", "/"),
    ("farming", "/items/2023-003/"),
    ("farming", "/assignments/{working}/report/"),
)
IN_ENGLISH = (
    ("", "/sign-in/"),
    ("", PUBLIC),
    ("clerk", "/documents/1/"),
    ("clerk", "/documents/1/facts/"),
    ("inspector", "/items/2023-001/"),
)


@pytest.fixture
def names(database: Database) -> dict[str, Any]:
    """The demo, a draft besides, and one matter at work; and the keys that addresses name."""
    seed()
    document = Document.objects.get()
    clerk, farming = (
        org.actor(Account.objects.get(username=name)) for name in ("clerk", "farming")
    )
    directive = document.findings.filter(kind="directive").order_by("order")[2]
    draft = programme.draft_programme(document, title="第三批", year=2023, by=clerk)
    programme.register_item(
        draft.headings.first(),
        by=clerk,
        finding=directive,
        requirement="补短板",
        grade="simple",
        due=date(2023, 12, 1),
        duties=[DutyGiven("lead_unit", unit=Unit.objects.get(short_name="区农业农村局"))],
    )
    waiting = Item.objects.get(year=2023, serial=3).assignments.get()
    working = delivery.sign_for(waiting, by=farming, seen=waiting.version)
    claim = Item.objects.get(year=2023, serial=2).reports.get(claim=True)
    return {
        "digest": document.digest[:12],
        "directive": directive.pk,
        "inferred": 1 + [each["status"] for each in document.receipt].index("inferred"),
        "claim": claim.pk,
        "working": working.pk,
    }


@pytest.fixture
def meet(
    names: dict[str, Any],
    live_server: LiveServer,
    browser: Browser,
    browser_context_args: dict[str, Any],
) -> Iterator[Callable[..., Cast]]:
    """Everybody of the demo, at browsers that speak a language."""
    casts = []

    def of(**given: Any) -> Cast:
        casts.append(Cast(browser, {**browser_context_args, "base_url": live_server.url, **given}))
        return casts[-1]

    yield of
    for cast in casts:
        cast.leave()


def test_no_page_has_a_finding(meet: Callable[..., Cast], names: dict[str, Any]) -> None:
    cast = meet(locale="en-GB")
    faults = _walk(cast, IN_ENGLISH, names)
    assert cast("inspector").locator("html").get_attribute("lang") == "en"
    cast = meet()
    faults += _walk(cast, PAGES, names)
    item = Item.objects.get(year=2023, serial=1)
    head = org.actor(Account.objects.get(username="office-head"))
    delivery.close_to_public(item, by=head, seen=item.version, reason="口径要改")
    faults += _faults(cast.visitor(), PUBLIC)
    assert faults == []


def _walk(cast: Cast, pages: Iterable[tuple[str, str]], names: dict[str, Any]) -> list[str]:
    """What is wrong with these pages, and what the browsers complained of."""
    visitor = cast.visitor()
    faults = []
    for who, path in pages:
        faults += _faults(cast(who) if who else visitor, path.format(**names))
    return faults + cast.complaints


def _faults(page: Page, path: str) -> list[str]:
    """What is wrong with a page, at each size."""
    page.goto(path)
    page.evaluate(AXE)
    found = []
    for size in SIZES:
        page.set_viewport_size(size)
        place = f"{path} at {size['width']}"
        found += [f"{place}: {each}" for each in page.evaluate(RUN)]
        if page.evaluate(TOO_WIDE):
            found.append(f"{place}: wider than the screen")
    return found
