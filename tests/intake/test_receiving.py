"""Bytes become a document that has been read: once, whole, or not at all."""

from __future__ import annotations

import pytest

from luoshi.intake import actions, receiving
from luoshi.intake.models import Document
from luoshi.kernel.errors import NotAllowed
from luoshi.ledger.models import Event, File
from tests.world import SAMPLE, World

DATA = "关于改造的通知\n区住建局要在2023年11月底前完成改造。".encode()


def test_the_seed_is_received_and_read_in_one_act(world: World) -> None:
    data = SAMPLE.read_bytes() + b"\n"
    received = receiving.examine(data, "../会议 报道.txt")
    made = receiving.take_in(data, "../会议 报道.txt", received, by=world.actor("clerk"))
    assert (made.state, made.file.name, made.standing) == ("read", "会议 报道.txt", "reference")
    assert made.title.endswith("動員大會召開")
    assert made.findings.filter(kind="area").count() == 13


def test_two_who_hand_in_the_same_bytes_get_the_same_document(world: World) -> None:
    first, second = (receiving.examine(DATA, name) for name in ("甲.txt", "乙.txt"))
    made = receiving.take_in(DATA, "甲.txt", first, by=world.actor("clerk"))
    again = receiving.take_in(DATA, "乙.txt", second, by=world.actor("head"))
    assert again.pk == made.pk
    assert Event.objects.filter(subject=made.subject, name="document.read").count() == 1
    assert File.objects.filter(sha256=made.digest).count() == 1


def test_what_fails_half_way_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the machine stops here")

    before = Document.objects.count(), Event.objects.count()
    received = receiving.examine(DATA, "甲.txt")
    monkeypatch.setattr(actions, "read_document", broken)
    with pytest.raises(RuntimeError):
        receiving.take_in(DATA, "甲.txt", received, by=world.actor("clerk"))
    assert (Document.objects.count(), Event.objects.count()) == before


def test_who_may_not_take_in_leaves_nothing(world: World) -> None:
    before = Document.objects.count()
    received = receiving.examine(DATA, "甲.txt")
    with pytest.raises(NotAllowed):
        receiving.take_in(DATA, "甲.txt", received, by=world.actor("verifier"))
    assert Document.objects.count() == before
