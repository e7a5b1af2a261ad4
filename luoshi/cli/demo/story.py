"""The demo's half year, played through the real actions with the demo's clock.

It leaves one item struck off and public, one waiting for review, one to sign for.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from importlib.resources import files

from django.db import transaction

from luoshi.cli.demo.organisation import Organisation, build
from luoshi.delivery import actions as delivery
from luoshi.delivery.models import Assignment, Report
from luoshi.intake import actions as intake
from luoshi.intake import findings as judging
from luoshi.intake import receiving
from luoshi.intake.models import Document, Finding
from luoshi.intake.rules import span_map
from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import beijing_moment
from luoshi.ledger import clock, founding
from luoshi.ledger.files import Upload
from luoshi.org import queries as org
from luoshi.org.models import Account
from luoshi.programme import actions as programme
from luoshi.programme.actions import DutyGiven, NodeGiven, TargetGiven
from luoshi.programme.models import Heading, Item, Programme

SAMPLE = "mobilisation-meeting-2023.txt"
TODAY = beijing_moment(date(2023, 9, 14), 9)
LEFT_OPEN = ("agenda", "result")  # findings that still wait for the clerk

Acting = Callable[[str], Actor]


def seed() -> None:
    """Found a demo and play its story: all of it or nothing."""
    with transaction.atomic():
        founding.found(demo_today=TODAY)
        with _on(1, 3):
            organisation = build()
        _play(organisation)


def _play(district: Organisation) -> None:
    def acting(key: str) -> Actor:
        account = Account.objects.get(username=key)
        return org.actor(account, via="cli:demo")

    with _on(1, 29, 15):
        document = _take_in(acting("clerk"))
    with _on(2, 10):
        year = _draft(document, "创新突破年 2023", acting)
        _link_the_rest(document, year, acting("clerk"))
        renewal = _renewal(year, document, district, acting("clerk"))
        licences = _licences(year, document, district, acting("clerk"))
    with _on(2, 17):
        _issue(year, acting, "区政府第 21 次常务会议", "望政督〔2023〕6号", date(2023, 2, 17))
    _strike_off(renewal, district, acting)
    _claim(licences, acting)
    with _on(9, 11):
        second = _draft(document, "创新突破年 2023 第二批", acting)
        _villages(second, document, district, acting("clerk"))
    with _on(9, 13):
        _issue(second, acting, "区政府第 38 次常务会议", "望政督〔2023〕19号", date(2023, 9, 13))


def _on(month: int, day: int, hour: int = 10) -> AbstractContextManager[None]:
    """Act on this day of 2023."""
    return clock.travel(beijing_moment(date(2023, month, day), hour))


def _take_in(clerk: Actor) -> Document:
    """The seed, received, read, and confirmed but for what still waits; one value corrected."""
    data = (files("luoshi.officialdoc") / "samples" / SAMPLE).read_bytes()
    document = receiving.take_in(data, SAMPLE, receiving.examine(data, SAMPLE), by=clerk)
    for finding in document.findings.exclude(kind__in=LEFT_OPEN).select_related("document"):
        judging.confirm(finding, by=clerk, seen=finding.version)
    return Document.objects.get(pk=document.pk)


def _draft(document: Document, title: str, acting: Acting) -> Programme:
    return programme.draft_programme(
        document, title=title, year=2023, theme="创新突破年", by=acting("clerk")
    )


def _sentence(document: Document, words: str) -> Finding:
    """The directive whose sentence holds these words."""
    place = document.restored.index(words)
    directives = document.findings.filter(kind="directive").select_related("document", "passage")
    offsets = span_map(document.repairs)
    for finding in directives:
        start, end = offsets.forward_span(finding.passage.start, finding.passage.end)
        if start <= place < end:
            return finding
    raise LookupError(words)


def _link_the_rest(document: Document, year: Programme, clerk: Actor) -> None:
    """What became of the sentences that no item carries."""
    areas = _sentence(document, "十三個方面")
    programme.link(areas, "ordered", by=clerk, headings=list(year.headings.all()))
    programme.link(
        _sentence(document, "抓黨建就是抓全局"), "elsewhere", by=clerk, note="党建工作会议"
    )
    programme.link(_sentence(document, "項目化、清單化"), "to_detail", by=clerk)
    for words in ("持續深入學習宣傳", "各牽頭領導要", "各牽頭部門要", "走在前、開新局"):
        programme.link(_sentence(document, words), "general", by=clerk)


def _heading(of: Programme, name: str) -> Heading:
    return of.headings.select_related("programme__document").get(name=name)


def _renewal(year: Programme, document: Document, district: Organisation, clerk: Actor) -> Item:
    """A key item of a joint matter: a leader, a lead unit, a part of another unit."""
    return programme.register_item(
        _heading(year, "城市更新和城市建設"),
        by=clerk,
        finding=_sentence(document, "十三個方面"),
        requirement="完成 32 个老旧小区改造并通过居民验收",
        measure="完工且居民满意率达到 85% 的小区 32 个",
        grade="key",
        due=date(2023, 8, 31),
        papers_due=date(2023, 9, 15),
        duties=[
            DutyGiven("lead_leader", post=district.posts["leader"]),
            DutyGiven("lead_unit", unit=district.units["housing"]),
            DutyGiven(
                "cooperating_unit",
                unit=district.units["liqiao"],
                part="居民意见征集",
                due=date(2023, 5, 31),
            ),
        ],
        targets=[TargetGiven("完工小区", Decimal(32), unit="个")],
        nodes=[
            NodeGiven("摸底与设计", date(2023, 3, 31)),
            NodeGiven("32 个全部开工", date(2023, 5, 31)),
        ],
    )


def _licences(year: Programme, document: Document, district: Organisation, clerk: Actor) -> Item:
    return programme.register_item(
        _heading(year, "優化營商環境"),
        by=clerk,
        finding=_sentence(document, "十三個方面"),
        requirement="企业开办一日办结率达到 95%",
        measure="系统统计的一日办结率",
        grade="ordinary",
        due=date(2023, 9, 30),
        duties=[DutyGiven("responsible_unit", unit=district.units["approval"])],
        targets=[TargetGiven("一日办结率", Decimal(95), unit="%")],
        nodes=[NodeGiven("一窗受理上线", date(2023, 6, 30))],
    )


def _villages(second: Programme, document: Document, district: Organisation, clerk: Actor) -> Item:
    return programme.register_item(
        _heading(second, "鄉村振興"),
        by=clerk,
        finding=_sentence(document, "十三個方面"),
        requirement="建成 12 个村级物流服务站",
        measure="挂牌并每日有班车的服务站 12 个",
        grade="simple",
        due=date(2023, 12, 20),
        duties=[DutyGiven("lead_unit", unit=district.units["farming"])],
        targets=[TargetGiven("村级物流服务站", Decimal(12), unit="个")],
    )


def _issue(of: Programme, acting: Acting, approved_at: str, number: str, on: date) -> None:
    delivery.issue(
        of,
        by=acting("office-head"),
        seen=of.version,
        approved_at=approved_at,
        number=number,
        issued_on=on,
    )


def _strike_off(item: Item, district: Organisation, acting: Acting) -> None:
    """The whole line: a part, a return, a verification, a reading entered for the leader, the page."""
    lead = item.assignments.get(lead=True)
    part = item.assignments.get(lead=False)
    with _on(2, 20):
        lead = delivery.sign_for(lead, by=acting("housing"), seen=lead.version)
        part = delivery.sign_for(part, by=acting("liqiao"), seen=part.version)
    with _on(5, 25):
        report = delivery.report(
            part,
            by=acting("liqiao"),
            done="32 个小区的居民意见已全部征集，同意改造的占 91%。",
            claim=True,
            uploads=[
                _paper(
                    "居民意见征集汇总.txt", "32 个小区，发放 4,120 份，收回 3,986 份，同意 91%。"
                )
            ],
        )
        report = delivery.sign(report, by=acting("liqiao-head"), seen=report.version)
    with _on(5, 29):
        delivery.accept(report, by=acting("inspector"), seen=report.version)
    with _on(6, 1):
        progress = _report(lead, acting("housing"), "32 个小区全部开工，其中 9 个完成外墙。")
        progress = delivery.sign(progress, by=acting("housing-head"), seen=progress.version)
    with _on(6, 2):
        delivery.accept(progress, by=acting("inspector"), seen=progress.version)
    with _on(8, 25):
        claim = _claim_of(lead, acting, "32 个小区全部完工。")
    with _on(8, 28):
        delivery.send_back(
            claim,
            by=acting("inspector"),
            seen=claim.version,
            returned_as="supplement",
            reason="缺居民满意度票，请补齐后再报",
        )
    with _on(8, 30):
        claim = _claim_of(lead, acting, "32 个小区全部完工，居民满意率 93%，满意度票已补齐。")
    with _on(9, 1):
        delivery.accept(claim, by=acting("inspector"), seen=claim.version)
    _close(item, lead, district, acting)


def _close(item: Item, lead: Assignment, district: Organisation, acting: Acting) -> None:
    """From the verification to the public page."""
    with _on(9, 6):
        lead = Assignment.objects.get(pk=lead.pk)
        delivery.verify(
            lead,
            by=acting("verifier"),
            seen=lead.version,
            method="site",
            place="黎桥街道 6 个小区",
            words="抽看 6 个小区，均已完工；走访 24 户，满意 22 户。",
        )
    with _on(9, 8):
        item = Item.objects.get(pk=item.pk)
        delivery.read(
            item,
            by=acting("secretary"),
            seen=item.version,
            words="很好，注意后续维护。",
            behalf=district.people["leader"],
            happened=date(2023, 9, 7),
        )
    with _on(9, 11):
        item = Item.objects.get(pk=item.pk)
        item = delivery.conclude(item, by=acting("inspector"), seen=item.version)
        item = delivery.strike_off(item, by=acting("office-head"), seen=item.version)
    with _on(9, 12):
        wording = delivery.draft_wording(
            item,
            "全区 32 个老旧小区改造已全部完工，经居民验收，满意率 93%。\n后续维护由所在街道与物业承担。",
            by=acting("publicity"),
        )
        delivery.approve_wording(wording, by=acting("office-head"), seen=wording.version)
        document = item.listings.get().heading.programme.document
        intake.open_document(document, by=acting("office-head"), seen=document.version)


def _claim(item: Item, acting: Acting) -> None:
    """A claim that waits for the inspector."""
    lead = item.assignments.get(lead=True)
    with _on(2, 20):
        lead = delivery.sign_for(lead, by=acting("approval"), seen=lead.version)
    with _on(7, 3):
        progress = _report(lead, acting("approval"), "一窗受理已上线，6 月一日办结率 93.1%。")
        progress = delivery.sign(progress, by=acting("approval-head"), seen=progress.version)
    with _on(7, 4):
        delivery.accept(progress, by=acting("inspector"), seen=progress.version)
    with _on(9, 13):
        claim = delivery.report(
            lead,
            by=acting("approval"),
            done="8 月一日办结率 96.4%，连续两个月超过 95%。",
            claim=True,
            uploads=[_paper("一日办结率统计.txt", "7 月 95.2%\n8 月 96.4%\n")],
        )
        delivery.sign(claim, by=acting("approval-head"), seen=claim.version)


def _claim_of(lead: Assignment, acting: Acting, done: str) -> Report:
    claim = delivery.report(
        lead,
        by=acting("housing"),
        done=done,
        claim=True,
        uploads=[_paper("竣工验收汇总.txt", done)],
    )
    return delivery.sign(claim, by=acting("housing-head"), seen=claim.version)


def _report(assignment: Assignment, by: Actor, done: str) -> Report:
    return delivery.report(assignment, by=by, done=done)


def _paper(name: str, text: str) -> Upload:
    return Upload(text.encode(), name, "text/plain")
