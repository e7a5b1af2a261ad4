"""Taking a document in: what is refused and how it is said, what is saved, and only once."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from luoshi.intake.models import Document, Finding
from luoshi.ledger.models import Event, File
from luoshi.web.forms import new_key
from tests.web.visiting import visitor, words
from tests.world import SAMPLE, World

PAGE = "<html><head><title>通知</title><script>alert('x')</script></head><body><p>全区上下要认真落实。</p></body></html>"


def hand_in(
    client: Client, data: bytes, name: str = "文件.txt", key: str = "", **more: str
) -> HttpResponse:
    """A file as the page of documents sends it."""
    file = SimpleUploadedFile(name, data)
    given = {"key": key or new_key(), "file": file, **more}
    return client.post(reverse("web:receive"), given)


def counts() -> tuple[int, int, int, int]:
    return (
        Document.objects.count(), Finding.objects.count(), File.objects.count(), Event.objects.count(),
    )  # fmt: skip


REFUSED = {
    "empty": (b"", "a.txt", 422, "文件里没有文字"),
    "blank": (b" \n \n", "a.txt", 422, "文件里没有文字"),
    "binary": (bytes(range(256)) * 40, "a.txt", 422, "无法识别文件的编码"),
    "nul": ("中文\0文".encode(), "a.txt", 422, "有空字符"),
    "surrogate": (b"\xed\xa0\x80\xe4\xb8\xad", "a.txt", 422, "残缺字符"),
    "program": (b"MZ" + b"\0" * 300, "a.txt", 422, "这是程序"),
    "pdf by content": (b"%PDF-1.4 x", "a.txt", 422, "这是 PDF 文件"),
    "pdf by name": (b"x", "a.pdf", 422, "文件内容与扩展名不符"),
    "no such kind": (b"x", "a.exe", 422, "不接受 .exe 文件"),
    "secret": ("机密★1年\n关于某事的通知".encode(), "a.txt", 422, "密件不进系统"),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_what_cannot_come_in_is_refused_in_words_and_nothing_is_saved(
    world: World, case: str
) -> None:
    data, name, status, said = REFUSED[case]
    before = counts()
    answer = hand_in(visitor(world, "clerk"), data, name)
    assert (answer.status_code, counts()) == (status, before)
    assert said in words(answer)
    assert "选文件" in words(answer)  # the form is there to try again


def test_a_file_over_the_limit_is_read_no_further(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luoshi.web.intake.views.limit", lambda name: 200_000)
    before = counts()
    answer = hand_in(visitor(world, "clerk"), b"a" * 1_000_000)
    assert (answer.status_code, counts()) == (413, before)
    assert "超过上限 200000 字节" in words(answer)


def test_fields_over_the_limit_are_refused_in_words(world: World) -> None:
    before = counts()
    answer = hand_in(visitor(world, "clerk"), "春天".encode(), junk="x" * 3_000_000)
    assert (answer.status_code, counts()) == (413, before)


def test_no_file_is_asked_for(world: World) -> None:
    answer = visitor(world, "clerk").post(reverse("web:receive"), {"key": new_key()})
    assert answer.status_code == 422
    assert "请先选一个文件" in words(answer)


def test_who_may_not_take_in_is_told_who_may(world: World) -> None:
    before = Document.objects.count()
    answer = hand_in(visitor(world, "inspector"), "各单位要落实。".encode())
    assert (answer.status_code, Document.objects.count()) == (403, before)
    assert "收文员、督查室主任" in words(answer)
    assert "收文由收文员、督查室主任来办" in words(
        visitor(world, "inspector").get(reverse("web:documents"))
    )


def test_the_token_is_asked_for_after_the_limit(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.account("clerk"), backend="django.contrib.auth.backends.ModelBackend")
    before = counts()
    assert hand_in(client, "各单位要落实。".encode()).status_code == 403
    assert counts() == before


def test_the_same_bytes_again_are_the_first_document(world: World) -> None:
    client = visitor(world, "clerk")
    before = Document.objects.count()
    answer = hand_in(client, SAMPLE.read_bytes(), "另一个名字.txt")
    assert answer.headers["Location"] == reverse("web:document", args=[world.document.pk])
    assert Document.objects.count() == before
    assert "这份文件收过了" in words(client.get(answer.headers["Location"]))


def test_a_form_sent_twice_takes_one_document_in(world: World) -> None:
    client, key = visitor(world, "clerk"), new_key()
    data = "关于改造的通知\n区住建局要在2023年11月底前完成改造。".encode("gbk")
    first = hand_in(client, data, key=key)
    again = hand_in(client, data, key=key)
    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"]
    made = Document.objects.latest("pk")
    assert (made.state, "区住建局" in made.restored) == ("read", True)
    assert Event.objects.filter(name="document.received", subject=made.subject).count() == 1


def test_a_web_page_is_read_in_a_child_and_shows_no_script(world: World) -> None:
    client = visitor(world, "clerk")
    answer = hand_in(client, PAGE.encode(), "通知.html")
    assert answer.status_code == 302, words(answer)
    text = words(client.get(answer.headers["Location"]))
    assert "全区上下要认真落实" in text
    assert "alert(" not in text


@pytest.mark.parametrize(
    "data", [b"?" * 100_000, "春天来了。\n花开了。".encode()], ids=["marks", "no directive"]
)
def test_a_text_without_a_directive_comes_in_and_says_so(world: World, data: bytes) -> None:
    client = visitor(world, "clerk")
    answer = hand_in(client, data)
    assert answer.status_code == 302
    assert "这份文件没有任务要求" in words(client.get(answer.headers["Location"]))
    facts = client.get(answer.headers["Location"] + "facts/")
    assert facts.status_code == 200


def test_a_title_with_markup_is_shown_as_words(world: World) -> None:
    client = visitor(world, "clerk")
    answer = hand_in(client, "<b>通知</b>\n各单位要认真抓好<script>落实。".encode())
    text = words(client.get(answer.headers["Location"]))
    assert "<script>落实" not in text
    assert "&lt;script&gt;落实" in text


def test_the_original_is_given_back_byte_by_byte_as_a_download(world: World) -> None:
    client = visitor(world, "clerk")
    answer = client.get(reverse("web:document_original", args=[world.document.pk]))
    assert b"".join(answer.streaming_content) == SAMPLE.read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
