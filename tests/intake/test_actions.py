"""收文, 研讀, 確認: the text stays as it came, and nothing is taken without a person behind it."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.intake import actions as intake
from luoshi.intake import findings as judging
from luoshi.intake import queries
from luoshi.intake.models import Document, Finding, Meeting
from luoshi.intake.rules import span_map
from luoshi.kernel.errors import Invalid, WrongState
from luoshi.ledger.audit import audit
from luoshi.ledger.files import read_bytes
from tests.together import everything
from tests.world import FOUND, SAMPLE, World, restored, upload


def test_a_document_keeps_its_bytes_its_text_and_every_repair(world: World) -> None:
    document = world.document
    assert document.file is not None
    assert read_bytes(document.file) == SAMPLE.read_bytes()
    assert document.received == SAMPLE.read_text("utf-8")
    assert document.restored == restored().text
    assert len(document.repairs) == len(restored().repairs) == 133
    assert (document.standing, document.publicity) == ("reference", "closed")


def test_the_same_bytes_again_are_the_document_that_is_there(world: World) -> None:
    before = everything()
    again = intake.receive(
        upload(SAMPLE.read_bytes(), "又一次.txt"), "x", restored(), by=world.actor("clerk")
    )
    assert again == world.document
    assert everything() == before


def test_every_finding_lies_on_its_words_in_the_received_text(world: World) -> None:
    document = world.document
    offsets = span_map(document.repairs)
    rows = queries.findings(document)
    assert len(rows) == len(FOUND)
    for row, (kind, words, _) in zip(rows, FOUND, strict=True):
        start, end = offsets.forward_span(row.passage.start, row.passage.end)
        assert row.kind == kind
        assert words in document.restored[start:end]
        assert len(document.restored[start:end]) <= len(words) + 4


def test_what_the_document_says_of_itself_is_copied(world: World) -> None:
    document = world.document
    assert document.title.startswith("全區深入學習")
    assert (document.published_on, document.kind) == (date(2023, 1, 29), "A")
    assert document.source == "青島西海岸報/西海岸新聞網"


def test_confirming_makes_the_meeting_and_the_parts_in_it(world: World) -> None:
    meeting = Meeting.objects.get()
    assert (meeting.name, meeting.held_on, meeting.time_of_day) == (
        "動員大會", date(2023, 1, 28), "上午",
    )  # fmt: skip
    assert [(part.name, part.acts) for part in meeting.parts.order_by("pk")] == [
        ("孫永紅", ["attend", "speak"]), ("王清源", ["chair"]),
    ]  # fmt: skip


def test_a_correction_follows_into_the_meeting_and_the_document(world: World) -> None:
    by, person, title = world.actor("clerk"), world.finding("person"), world.finding("title")
    judging.correct(person, {"name": "孙永红"}, by=by, seen=person.version)
    judging.correct(title, {"text": "动员大会召开"}, by=by, seen=title.version)
    assert Meeting.objects.get().parts.earliest("pk").name == "孙永红"
    assert world.document.title == "动员大会召开"
    person.refresh_from_db()
    assert (person.state, person.doubts, person.value["posts"]) == ("corrected", [], ["區委書記"])
    assert audit().whole


@pytest.mark.parametrize(
    ("given", "fields"),
    [({"name": ""}, {"name": "required"}), ({"nmae": "x"}, {"nmae": "unknown_field"})],
)
def test_a_correction_fits_the_kind(
    world: World, given: dict[str, str], fields: dict[str, str]
) -> None:
    row = world.finding("person")
    before = everything()
    with pytest.raises(Invalid) as caught:
        judging.correct(row, given, by=world.actor("clerk"), seen=row.version)
    assert caught.value.fields == fields
    assert everything() == before


def test_a_rejection_has_a_reason_which_a_later_confirmation_takes_away(world: World) -> None:
    by, row = world.actor("clerk"), world.finding("theme")
    with pytest.raises(Invalid):
        judging.reject(row, by=by, seen=row.version, reason=" ")
    row = judging.reject(row, by=by, seen=row.version, reason="不是主题年")
    assert (row.state, row.reason) == ("rejected", "不是主题年")
    row = judging.confirm(row, by=by, seen=row.version)
    assert (row.state, row.reason) == ("confirmed", "")


def test_all_that_is_sure_is_confirmed_but_no_directive_and_nothing_in_doubt(
    world: World,
) -> None:
    by = world.actor("clerk")
    judging.confirm_sure(world.document, by=by, seen=world.document.version)
    states = dict(world.document.findings.values_list("kind", "state"))
    assert (states["source"], states["theme"]) == ("confirmed", "proposed")
    marked = Finding.objects.filter(kind="directive").exclude(state="confirmed")
    assert not marked.exists()
    assert audit().whole


def test_a_finding_marked_by_hand_points_at_the_received_words_with_what_a_repair_took_out(
    world: World,
) -> None:
    document = world.document
    words = "動態 媒體"
    start = document.restored.index(words)
    row = judging.mark(document, "theme", start, start + 5, by=world.actor("clerk"))
    assert (row.state, row.value["name"], row.rules) == ("added", words, ["by hand"])
    assert document.received[row.passage.start : row.passage.end] == "動態(tài) 媒體"


def test_findings_marked_by_hand_stand_where_their_words_stand(world: World) -> None:
    document = world.document
    start = document.restored.index("功能區提檔升級")
    judging.mark(document, "area", start, start + 7, by=world.actor("clerk"))
    areas = world.document.findings.filter(kind="area").order_by("order")
    assert [row.value["name"] for row in areas] == ["促進消費", "功能區提檔升級", "民生改善"]


@pytest.mark.parametrize(
    ("kind", "start", "end", "field"),
    [
        ("verse", 0, 2, "kind"), ("area", 5, 5, "start"), ("area", 6, 5, "start"),
        ("area", -1, 5, "start"), ("area", 0, 10**6, "start"), ("published", 0, 4, "start"),
    ],
)  # fmt: skip
def test_a_mark_outside_the_text_or_of_no_kind_is_refused(
    world: World, kind: str, start: int, end: int, field: str
) -> None:
    before = everything()
    with pytest.raises(Invalid) as caught:
        judging.mark(world.document, kind, start, end, by=world.actor("clerk"))
    assert list(caught.value.fields) == [field]
    assert everything() == before


def test_a_document_becomes_public_and_is_withdrawn_with_its_date(world: World) -> None:
    head = world.actor("head")
    row = world.document
    with pytest.raises(WrongState):
        intake.close_document(row, by=head, seen=row.version, reason="没有公开过")
    row = intake.open_document(row, by=head, seen=row.version)
    assert (row.publicity, row.withdrawn_on) == ("open", None)
    with pytest.raises(Invalid):
        intake.close_document(row, by=head, seen=row.version, reason="")
    row = intake.close_document(row, by=head, seen=row.version, reason="有误")
    assert (row.publicity, row.withdrawn_on) == ("withdrawn", date(2023, 9, 14))
    row = intake.open_document(row, by=head, seen=row.version)
    assert (row.publicity, row.withdrawn_on) == ("open", None)


def test_a_document_stands_as_what_the_head_says(world: World) -> None:
    row = world.document
    with pytest.raises(Invalid):
        intake.stand_as(row, "order", by=world.actor("head"), seen=row.version)
    assert intake.stand_as(row, "basis", by=world.actor("head"), seen=row.version).standing == (
        "basis"
    )


def test_figures_of_a_reading_are_kept_without_floats(world: World) -> None:
    stated = set(Finding.objects.values_list("confidence", flat=True))
    assert stated
    assert all(isinstance(each, int) and 0 < each < 1000 for each in stated)
    scores = [
        candidate["score"]
        for repair in world.document.repairs
        for candidate in repair["candidates"]
    ]
    assert all(isinstance(score, int) for score in scores)


def test_the_list_of_documents_counts_what_waits_for_a_person(world: World) -> None:
    world.receive()
    rows = queries.documents(world.actor("clerk"))
    assert [(row.state, row.waiting) for row in rows] == [("received", 0), ("read", 2)]
    assert Document.objects.count() == 2
