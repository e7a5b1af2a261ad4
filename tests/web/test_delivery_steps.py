"""The steps of delivery through their forms: who, once, stale, refused, on paper, for another."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.ledger.files import file_path
from luoshi.ledger.models import Event, Recorded
from luoshi.officialdoc import limits
from luoshi.programme.models import Programme
from tests.web.visiting import page, send, visitor, words
from tests.world import (
    COMMERCE,
    CONCLUDED,
    JOINT,
    KEY,
    ORDINARY,
    READ,
    REPORTED,
    REVIEWED,
    SIGNED,
    SIGNED_FOR,
    SIMPLE,
    TODAY,
    VERIFIED,
    World,
    at,
)

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00" + b"\0" * 200


def pdf(name: str = "验收表.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_one_item_walks_the_line_by_its_forms(world: World) -> None:
    programme = world.programme
    decided = {"approved_at": "常务会议", "number": "6号", "issued_on": "2023-02-17"}
    gap = send(world, "head", "issue", programme, **decided)
    assert gap.status_code == 422
    assert "还有任务要求没有对应" in words(gap)
    assert "常务会议" in words(gap)
    issued = send(world, "head", "issue", programme, exception="末句为总体要求", **decided)
    assert issued.status_code == 302
    assert Programme.objects.get().state == "issued"

    def walk(day: date, name: str, route: str, row: Recorded, *args: str, **typed: Any) -> None:
        with at(day):
            response = send(world, name, route, row, *args, **typed)
        assert response.status_code == 302, (route, words(response))

    claim = {"claim": "on"}
    walk(SIGNED_FOR, "housing", "sign_for", world.lead(KEY))
    lead = world.lead(KEY)
    walk(REPORTED, "housing", "report", lead, done="已完工", evidence=pdf(), **claim)
    walk(REPORTED, "housing_head", "sign", world.last_report(KEY))
    returned = {"returned_as": "supplement", "chosen": ["0"], "reason": "缺满意度票"}
    walk(REPORTED, "inspector", "send_back", world.last_report(KEY), **returned)
    assert world.last_report(KEY).reviews.get().reason == "缺佐证材料；缺满意度票"
    lead = world.lead(KEY)
    walk(REPORTED, "housing", "report", lead, done="票已补齐", evidence=pdf(), **claim)
    signed = {"behalf": str(world.person("housing_head").pk), "happened": "2023-09-02"}
    walk(SIGNED, "housing", "enter_signature", world.last_report(KEY), **signed)
    assert world.last_report(KEY).signed_on == date(2023, 9, 2)
    walk(REVIEWED, "inspector", "accept", world.last_report(KEY))
    seen = {"method": "site", "place": "现场", "words": "属实"}
    walk(VERIFIED, "verifier", "verify_claim", world.lead(KEY), **seen)
    read = {"behalf": str(world.person("leader").pk), "happened": "2023-09-07", "words": "很好"}
    walk(READ, "secretary", "enter_reading", world.item(KEY), KEY, **read)
    walk(CONCLUDED, "inspector", "conclude", world.item(KEY), KEY)
    walk(CONCLUDED, "head", "strike_off", world.item(KEY), KEY)
    walk(CONCLUDED, "publicity", "draft_wording", world.item(KEY), KEY, text="已全部完工")
    walk(CONCLUDED, "head", "approve_wording", world.last_wording(KEY))
    assert world.item(KEY).publicity == "open"
    walk(TODAY, "publicity", "close_to_public", world.item(KEY), KEY, reason="有误")
    assert world.item(KEY).publicity == "withdrawn"
    walk(TODAY, "head", "reopen", world.item(KEY), KEY, reason="回头看不合格")
    assert world.lead(KEY).state == "working"
    text = words(page(world, "auditor", "item", KEY))
    assert "住建联络员某 代录，住建局长某审签" in text
    assert "秘书某 代录，副区长某审阅" in text
    assert "录入" in text


def test_a_form_sent_twice_has_one_effect_and_one_answer(world: World) -> None:
    world.issue()
    row = world.lead(SIMPLE)
    first = send(world, "housing", "sign_for", row, key="the-same-key")
    again = send(world, "housing", "sign_for", row, key="the-same-key")
    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"]
    events = Event.objects.filter(stream=row.stream, name="assignment.signed_for")
    assert events.count() == 1


def test_a_stale_form_keeps_what_was_typed_and_can_be_sent_again(world: World) -> None:
    world.walk(KEY, to="accept")
    row = world.lead(KEY)
    row.version -= 1
    typed = {"method": "papers", "place": "档案室", "words": "逐页看过验收表"}
    response = send(world, "verifier", "verify_claim", row, **typed)
    assert response.status_code == 409
    text = words(response)
    assert "您打开之后，别人改过这一件" in text
    assert "逐页看过验收表" in text
    assert "档案室" in text
    assert f'name="seen" value="{world.lead(KEY).version}"' in text
    assert world.lead(KEY).state == "accepted"


def test_a_step_that_somebody_took_meanwhile_shows_what_was_typed_without_its_button(
    world: World,
) -> None:
    world.walk(KEY, to="verify")
    typed = {"method": "site", "words": "我也看过现场"}
    response = send(world, "verifier", "verify_claim", world.lead(KEY), **typed)
    assert response.status_code == 409
    assert "我也看过现场" in words(response)
    assert "看现在的样子" in words(response)
    assert world.item(KEY).verifications.count() == 1


def test_a_step_of_somebody_else_says_who_may(world: World) -> None:
    world.issue()
    response = send(world, "clerk", "sign_for", world.lead(SIMPLE))
    assert response.status_code == 403
    assert "单位联络员" in words(response)
    assert world.lead(SIMPLE).state == "to_sign_for"
    refused = Event.objects.filter(stream=f"refusal:{world.account('clerk').pk}")
    assert refused.count() == 1


def test_a_liaison_of_another_unit_does_not_enter_a_signature(world: World) -> None:
    world.issue()
    world.sign_for(JOINT)
    world.report(JOINT, claim=False)
    typed = {"behalf": str(world.person("housing_head").pk), "happened": "2023-09-13"}
    response = send(world, "commerce", "enter_signature", world.last_report(JOINT), **typed)
    assert response.status_code == 403
    assert "代录由单位联络员来办" in words(response)
    assert world.last_report(JOINT).state == "written"


def test_a_signature_is_not_entered_for_somebody_from_elsewhere(world: World) -> None:
    world.walk(KEY, to="report")
    typed = {"behalf": str(world.person("commerce_head").pk), "happened": "2023-09-13"}
    response = send(world, "housing", "enter_signature", world.last_report(KEY), **typed)
    assert response.status_code == 422
    assert world.last_report(KEY).state == "written"


def test_a_day_later_than_today_is_refused_at_its_field(world: World) -> None:
    world.issue()
    response = send(world, "housing", "sign_for", world.lead(SIMPLE), happened="2023-12-01")
    assert response.status_code == 422
    assert "办的日子不能晚于今天" in words(response)
    assert "2023-12-01" in words(response)


def test_signed_for_on_paper_keeps_both_days(world: World) -> None:
    world.issue()
    send(world, "housing", "sign_for", world.lead(SIMPLE), happened="2023-09-12")
    assert world.lead(SIMPLE).signed_for_on == date(2023, 9, 12)
    text = words(page(world, "housing", "item", SIMPLE))
    assert "9月12日" in text
    assert "录入" in text


def test_a_renamed_program_is_refused_by_name_and_the_words_stay(world: World) -> None:
    world.issue()
    world.sign_for(SIMPLE)
    files = [pdf("真.pdf"), pdf("假.pdf", EXE), SimpleUploadedFile("x.exe", EXE)]
    typed = {"done": "窗口已经公布", "problem": "打印机坏了", "claim": "on", "evidence": files}
    response = send(world, "housing", "report", world.lead(SIMPLE), **typed)
    text = words(response)
    assert response.status_code == 422
    assert "假.pdf：文件内容与扩展名不符" in text
    assert "x.exe：不接受 .exe 文件" in text
    assert "真.pdf：" not in text
    assert "窗口已经公布" in text
    assert "打印机坏了" in text
    assert world.item(SIMPLE).reports.count() == 0


def test_a_file_too_large_is_refused_without_being_read_whole(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = limits.LIMITS["evidence_bytes"]
    smaller = limits.Limit(row.name, row.unit, 10, row.help)
    monkeypatch.setitem(limits.LIMITS, "evidence_bytes", smaller)  # type: ignore[arg-type]
    world.issue()
    world.sign_for(SIMPLE)
    typed = {"done": "窗口已经公布", "evidence": [pdf()]}
    response = send(world, "housing", "report", world.lead(SIMPLE), **typed)
    assert response.status_code == 422
    assert "文件超过上限" in words(response)
    assert "窗口已经公布" in words(response)


def test_a_claim_without_evidence_is_refused_at_the_files(world: World) -> None:
    world.issue()
    world.sign_for(SIMPLE)
    response = send(world, "housing", "report", world.lead(SIMPLE), done="办好了", claim="on")
    assert response.status_code == 422
    assert "申请办结要有一份佐证材料" in words(response)
    assert "办好了" in words(response)


def test_a_lead_claims_when_it_names_the_part_that_is_missing(world: World) -> None:
    world.issue()
    world.sign_for(JOINT)
    typed = {"done": "已建成", "claim": "on"}
    first = send(world, "housing", "report", world.lead(JOINT), evidence=pdf(), **typed)
    assert first.status_code == 422
    assert "还有单位的分工没有报" in words(first)
    excepted = f"{COMMERCE}未报"
    second = send(
        world, "housing", "report", world.lead(JOINT),
        evidence=pdf(), excepted=excepted, **typed,
    )  # fmt: skip
    assert second.status_code == 302
    assert excepted in words(page(world, "inspector", "review", world.last_report(JOINT).pk))


def test_a_return_without_a_reason_is_asked_for_one(world: World) -> None:
    world.walk(KEY, to="sign")
    row = world.last_report(KEY)
    response = send(world, "inspector", "send_back", row, returned_as="redo")
    assert response.status_code == 422
    assert "请选一条，或者写一句" in words(response)
    assert world.last_report(KEY).state == "signed"


def test_after_a_review_the_next_report_comes_up(world: World) -> None:
    world.walk(KEY, to="sign")
    for verb in ("sign_for", "report", "sign"):
        getattr(world, verb)(SIMPLE)
    response = send(world, "inspector", "accept", world.last_report(KEY))
    following = reverse("web:review", args=[world.last_report(SIMPLE).pk])
    assert response.headers["Location"] == following
    last = send(world, "inspector", "accept", world.last_report(SIMPLE))
    assert last.headers["Location"] == reverse("web:desk")


def test_a_key_item_is_not_concluded_before_it_was_verified(world: World) -> None:
    world.walk(KEY, to="accept")
    response = send(world, "inspector", "conclude", world.item(KEY), KEY)
    assert response.status_code == 409
    assert "还没有核查属实" in words(response)
    assert world.item(KEY).state == "issued"


def test_an_issue_says_first_what_it_asks_of_whom(world: World) -> None:
    text = words(page(world, "head", "issue", world.programme.pk))
    assert "本次将向 2 个单位交办 4 项。" in text
    assert "文件里还有 1 句任务要求没有对应" in text


def test_evidence_is_saved_under_its_name_and_never_shown(world: World) -> None:
    world.issue()
    world.sign_for(SIMPLE)
    typed = {"done": "办了", "evidence": [pdf("验收 表 1.pdf")]}
    send(world, "housing", "report", world.lead(SIMPLE), **typed)
    file = world.last_report(SIMPLE).evidence.get()
    response = page(world, "inspector", "evidence", file.pk)
    assert response.content == PDF
    headers = response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert page(world, "water", "evidence", file.pk).status_code == 404
    file_path(file.file.sha256).unlink()
    gone = page(world, "inspector", "evidence", file.pk)
    assert gone.status_code == 404
    assert "原件不在了" in words(gone)


def test_a_typed_address_of_a_step_that_is_past_says_so(world: World) -> None:
    world.issue()
    world.sign_for(SIMPLE)
    response = page(world, "housing", "sign_for", world.lead(SIMPLE).pk)
    assert response.status_code == 409
    assert "现在的状态不能办这一步" in words(response)


@pytest.mark.parametrize("code", ["2023-999", "2023-1", "x", "2023-001-1", "2023-٠٠١", "0-0"])
def test_a_code_that_is_none_is_not_found(world: World, code: str) -> None:
    assert page(world, "inspector", "item", code).status_code == 404


def test_too_many_files_are_refused_together(world: World) -> None:
    world.issue()
    world.sign_for(ORDINARY)
    files = [pdf(f"{number}.pdf") for number in range(11)]
    response = send(world, "housing", "report", world.lead(ORDINARY), done="x", evidence=files)
    assert response.status_code == 422
    assert "一次最多 10 个文件" in words(response)


def test_a_form_without_a_key_writes_nothing(world: World) -> None:
    world.issue()
    row = world.lead(SIMPLE)
    client = visitor(world, "housing")
    client.post(reverse("web:sign_for", args=[row.pk]), {"seen": row.version})
    assert world.lead(SIMPLE).state == "to_sign_for"


def test_a_day_before_the_step_before_is_refused_at_its_field(world: World) -> None:
    world.walk(KEY, to="report")
    typed = {"behalf": str(world.person("housing_head").pk), "happened": "2023-02-01"}
    response = send(world, "housing", "enter_signature", world.last_report(KEY), **typed)
    assert response.status_code == 422
    assert "办的日子不能早于前一步" in words(response)
    assert "2023-02-01" in words(response)


def test_a_report_sent_back_begins_with_what_it_said(world: World) -> None:
    world.walk(KEY, to="sign")
    world.send_back(KEY)
    text = words(page(world, "housing", "report", world.lead(KEY).pk))
    assert ">\n已完工</textarea>" in text
    assert "缺验收表" in text
    assert re.search(r'name="claim"[^>]*checked', text)


def test_nothing_is_offered_in_a_concluded_item_but_to_open_it_again(world: World) -> None:
    world.issue()
    world.sign_for(JOINT)
    world.report(JOINT, excepted="区商务局未报")
    for verb in ("sign", "accept", "conclude"):
        getattr(world, verb)(JOINT)
    assert "随事项办结" in words(page(world, "commerce", "item", JOINT))
    for name in ("commerce", "commerce_head"):
        main = words(page(world, name, "item", JOINT)).partition("<main")[2]
        assert "<form" not in main.partition("</main>")[0]
    late = send(world, "commerce", "sign_for", world.part(JOINT))
    assert late.status_code == 409
    assert "现在的状态不能办这一步" in words(late)
