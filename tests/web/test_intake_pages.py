"""The faces of a document: what the clerk sees of the seed, what each costs, who may only look."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.intake.models import Document
from tests.web.test_intake_upload import hand_in
from tests.web.visiting import page, visitor, words
from tests.world import SAMPLE, World


@pytest.fixture
def seed(world: World) -> Document:
    """The seed itself, read by the real reader: the world's own copy is of other bytes then."""
    answer = hand_in(visitor(world, "clerk"), SAMPLE.read_bytes() + b"\n", "seed.txt")
    assert answer.status_code == 302
    return Document.objects.latest("pk")


def plain(text: str) -> str:
    """A page without its tags, white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_the_workbench_says_what_the_document_is_and_lights_what_was_found(
    world: World, seed: Document
) -> None:
    text = words(page(world, "clerk", "document", seed.pk))
    said = plain(text)
    assert said.index("参考报道") < said.index("動員大會召開 青島西海岸報")
    assert "还原 133 处，其中推断 1 处" in said
    assert "不具约束" in said
    assert "任务要求 7 句" in said
    assert "7 句待确认。参考报道只作提示" in said
    directives = seed.findings.filter(kind="directive")
    assert directives.count() == 7
    for finding in directives:
        assert text.count(f'id="finding-{finding.pk}"') == 1
        assert f'data-f="finding-{finding.pk}"' in text
    assert text.count("is-on") == 1
    assert text.index("存疑") < text.index("要牢固樹立")


def test_the_facts_are_those_of_the_page_and_the_meeting(world: World, seed: Document) -> None:
    said = plain(words(page(world, "clerk", "document_facts", seed.pk)))
    assert "栏目 熱點聚焦" in said
    assert "发布时间 2023年1月29日 周日" in said
    assert "点击量 原文没有写 缺" in said
    assert "稿件来源 青島西海岸報/西海岸新聞網" in said
    assert "2023年1月28日 周六 上午" in said
    assert "孫永紅 西海岸新區工委書記、區委書記 出席、讲话" in said
    assert "趙士玉 西海岸新區工委副書記、青島自貿片區管委主任 出席、部署" in said
    assert "王清源 西海岸新區工委副書記、區長 主持" in said
    assert "表彰表扬 3" in said
    assert "表态发言 14 位，点名 6 家" in said
    assert "創新突破年 2023 本年" in said
    assert "作風能力提升年 2022 往年" in said
    assert "方面 13" in said


def test_the_repairs_are_told_one_by_one_the_inferred_first(world: World, seed: Document) -> None:
    text = words(page(world, "clerk", "document_repairs", seed.pk))
    rows = [plain(row) for row in re.findall(r"<tr data-row.*?</tr>", text, re.S)]
    assert len(rows) == 133
    assert "擔使命" in rows[0]
    assert "推断" in rows[0]
    assert "或 擔使" in rows[0]  # another candidate
    assert "態(tài) 態" in rows[1]


def test_a_basis_binds_and_only_the_head_may_say_so(world: World, seed: Document) -> None:
    assert "定为依据文件" not in words(page(world, "clerk", "document", seed.pk))
    assert "定为依据文件" in words(page(world, "head", "document", seed.pk))


def test_who_may_only_look_sees_no_button_and_whose_move_it_is(
    world: World, seed: Document
) -> None:
    text = words(page(world, "auditor", "document", seed.pk))
    assert reverse("web:confirm", args=[seed.findings.first().pk]) not in text
    assert "人工标注" not in text
    assert "条待确认，由收文员、督查室主任来办" in text


@pytest.mark.parametrize(
    ("route", "most"), [("document", 15), ("document_facts", 15), ("document_repairs", 15)]
)
def test_a_face_costs_the_same_with_many_findings(
    world: World, seed: Document, route: str, most: int
) -> None:
    def cost(pk: int) -> int:
        client = visitor(world, "clerk")
        address = reverse(f"web:{route}", args=[pk])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    data = "".join(f"{n}．各单位要在2023年11月底前完成第{n}项改造任务。\n" for n in range(60))
    hand_in(visitor(world, "clerk"), data.encode())
    long = Document.objects.latest("pk")
    assert long.findings.filter(kind="directive").count() > 30
    assert cost(long.pk) <= cost(seed.pk) <= most


def test_the_list_costs_the_same_with_many_documents_and_is_paged(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luoshi.web.intake.listing.PAGE", 3)
    client = visitor(world, "clerk")
    address = reverse("web:documents")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    cost()
    one = cost()
    for number in range(4):
        world.receive(f"第{number}份文件")
    assert cost() == one <= 12
    first = words(client.get(address))
    following = re.search(r'href="(/documents/\?before=\d+)"', first)
    assert following is not None
    assert "創新突破年" in words(client.get(following[1]))
    assert client.get(address, {"before": "x"}).status_code == 200


def test_a_long_document_is_shown_in_parts_with_its_findings(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luoshi.web.intake.lines.PART", 2_400)
    row = "各单位要在2023年11月底前完成第{}项改造任务，确保按时见到成效，让群众满意。\n"
    data = "".join(row.format(number) for number in range(150))
    client = visitor(world, "clerk")
    answer = hand_in(client, data.encode())
    document = Document.objects.latest("pk")
    first = words(client.get(answer.headers["Location"]))
    assert "文件很长，分 3 部分显示，这是第 1 部分" in first
    last = document.findings.filter(kind="directive").last()
    assert f'id="finding-{last.pk}"' not in first
    there = client.get(reverse("web:finding", args=[last.pk])).headers["Location"]
    assert there == f"{reverse('web:document', args=[document.pk])}?part=3#finding-{last.pk}"
    assert f'id="finding-{last.pk}"' in words(client.get(there))
    assert client.get(answer.headers["Location"], {"part": "99"}).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_faces_answer_in_every_language(world: World, seed: Document, language: str) -> None:
    client = visitor(world, "clerk", language)
    for route in ("document", "document_facts", "document_repairs", "draft_programme"):
        answer = client.get(reverse(f"web:{route}", args=[seed.pk]))
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in words(answer)


def test_a_document_one_may_not_see_is_not_there(world: World, seed: Document) -> None:
    for name in ("water", "housing"):
        assert page(world, name, "document", seed.pk).status_code == 404
    assert Client().get(reverse("web:document", args=[seed.pk])).status_code == 302
    assert page(world, "clerk", "document", 10**9).status_code == 404
