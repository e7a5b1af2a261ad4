"""判定: a person's word on a damaged place is one more record; nothing else moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.intake import actions as intake
from luoshi.intake import deciding, receiving
from luoshi.intake.models import Document, Finding, RepairDecision
from luoshi.intake.repairs import offers, rewritten, standing
from luoshi.intake.rules import span_map
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid, LuoshiError, NotAllowed, NotFound, Stale, WrongState
from luoshi.ledger.audit import audit
from luoshi.ledger.models import Event
from luoshi.officialdoc.receive import received
from tests.damaged import page, restored
from tests.together import everything, together
from tests.world import World


def take_in(world: World) -> Document:
    """The damaged report, received and read."""
    data = page().encode()
    examined = receiving.examine(data, "云溪.txt", received)
    document = receiving.take_in(data, "云溪.txt", examined, by=world.actor("clerk"))
    return Document.objects.get(pk=document.pk)


def number_of(document: Document, before: str) -> int:
    """The number of the doubtful record that received these words."""
    return next(
        number
        for number, record in enumerate(document.receipt, start=1)
        if record["before"] == before and record["status"] == "uncertain"
    )


def words_of(document: Document) -> dict[int, str]:
    """What each finding rests on, in the words of the restored text."""
    offsets = span_map(document.repairs)
    rows = document.findings.select_related("passage")
    spans = {row.pk: offsets.forward_span(row.passage.start, row.passage.end) for row in rows}
    return {pk: document.restored[start:end] for pk, (start, end) in spans.items()}


def test_the_report_leaves_ten_places_to_a_person(world: World) -> None:
    document = take_in(world)
    doubtful = [record for record in document.repairs if record["status"] == "uncertain"]
    assert len(doubtful) >= 10
    assert document.decided == []


@pytest.mark.both
def test_a_decision_changes_the_text_at_its_place_and_nowhere_else(world: World) -> None:
    document = take_in(world)
    before = document.restored
    number = number_of(document, "?024")
    row = deciding.decide_repair(
        document, number, "offered", "2024", by=world.actor("clerk"), seen=0
    )
    after = Document.objects.get(pk=document.pk)
    assert after.restored == before.replace("?024", "2024")
    assert after.receipt == document.receipt
    assert after.received == document.received
    assert (row.state, row.after, row.decided_by) == ("decided", "2024", world.person("clerk"))
    assert row.decided_at is not None
    event = Event.objects.latest("pk")
    assert (event.stream, event.name) == (f"document:{document.pk}", "repair.decided")
    assert audit().whole


@pytest.mark.both
def test_findings_keep_their_words_and_places_when_a_decision_changes_the_length(
    world: World,
) -> None:
    document = take_in(world)
    before = words_of(document)
    places = list(document.findings.values_list("pk", "passage__start", "passage__end", "spans"))
    number = number_of(document, "?0%")
    deciding.decide_repair(
        document, number, "typed", "百分之八十以上", by=world.actor("clerk"), seen=0
    )
    document = Document.objects.get(pk=document.pk)
    after = words_of(document)
    assert len(document.restored) > len(restored().text)
    # A finding that began inside the place now begins with the whole of it.
    assert after == {
        pk: text.replace("?0%", "0%").replace("0%的任務", "百分之八十以上的任務")
        for pk, text in before.items()
    }
    assert places == list(
        document.findings.values_list("pk", "passage__start", "passage__end", "spans")
    )


def test_a_finding_keeps_its_value_and_says_that_its_words_changed(world: World) -> None:
    document = take_in(world)
    rows = [row for row in document.findings.all() if "number-damaged" in row.doubts]
    assert rows
    record = document.receipt[number_of(document, "?000") - 1]
    (row, *_) = deciding.touched(
        document.findings.select_related("passage"), record["start"], record["end"]
    )
    value = row.value
    assert "number-damaged" in row.doubts
    made = deciding.decide_repair(
        document, number_of(document, "?000"), "offered", "8000", by=world.actor("clerk"), seen=0
    )
    row.refresh_from_db()
    assert row.value == value
    assert "words-changed" in row.doubts
    assert "number-damaged" not in row.doubts
    deciding.withdraw_decision(made, by=world.actor("clerk"), seen=made.version)
    row.refresh_from_db()
    assert "words-changed" not in row.doubts
    assert "number-damaged" in row.doubts


def test_a_person_who_confirms_a_finding_has_seen_its_changed_words(world: World) -> None:
    document = take_in(world)
    number = number_of(document, "?000")
    deciding.decide_repair(document, number, "offered", "8000", by=world.actor("clerk"), seen=0)
    row = next(row for row in document.findings.all() if "words-changed" in row.doubts)
    row = intake.confirm(row, by=world.actor("clerk"), seen=row.version)
    assert "words-changed" not in row.doubts


def test_what_rests_on_a_damaged_number_is_not_confirmed_with_the_sure_ones(world: World) -> None:
    document = take_in(world)
    intake.confirm_sure(document, by=world.actor("clerk"), seen=document.version)
    doubted = [row for row in document.findings.all() if "number-damaged" in row.doubts]
    assert doubted
    assert {row.state for row in doubted} == {"proposed"}


def test_kept_as_received_is_a_decision_that_settles_the_doubt(world: World) -> None:
    document = take_in(world)
    number = number_of(document, "?000")
    deciding.decide_repair(document, number, "kept", by=world.actor("clerk"), seen=0)
    document = Document.objects.get(pk=document.pk)
    assert document.restored == restored().text
    assert document.repairs[number - 1]["status"] == "decided"
    record = document.receipt[number - 1]
    for row in deciding.touched(
        document.findings.select_related("passage"), record["start"], record["end"]
    ):
        assert "words-changed" not in row.doubts


@pytest.mark.both
def test_taking_back_gives_the_text_as_it_was(world: World) -> None:
    document = take_in(world)
    number = number_of(document, "?024")
    by = world.actor("clerk")
    row = deciding.decide_repair(document, number, "offered", "2024", by=by, seen=0)
    row = deciding.withdraw_decision(row, by=world.actor("head"), seen=row.version)
    document = Document.objects.get(pk=document.pk)
    assert (document.restored, document.decided) == (restored().text, [])
    again = deciding.decide_repair(document, number, "typed", "二〇二四", by=by, seen=row.version)
    assert again.pk == row.pk
    assert "二〇二四" in Document.objects.get(pk=document.pk).restored
    assert [event.name for event in Event.objects.filter(subject=row.subject).order_by("pk")] == [
        "repair.decided", "repair.decision_withdrawn", "repair.decided",
    ]  # fmt: skip
    assert audit().whole


def test_an_exact_repair_can_be_undone_by_a_person(world: World) -> None:
    document = take_in(world)
    number = next(
        number
        for number, record in enumerate(document.receipt, start=1)
        if record["status"] == "exact"
    )
    deciding.decide_repair(document, number, "kept", by=world.actor("clerk"), seen=0)
    record = document.receipt[number - 1]
    assert record["before"] in Document.objects.get(pk=document.pk).restored


@pytest.mark.both
def test_of_two_people_at_one_place_the_second_is_told(world: World) -> None:
    document = take_in(world)
    number = number_of(document, "?024")
    row = deciding.decide_repair(
        document, number, "offered", "2024", by=world.actor("clerk"), seen=0
    )
    before = everything()
    with pytest.raises(Stale):
        deciding.decide_repair(document, number, "kept", by=world.actor("head"), seen=0)
    deciding.withdraw_decision(row, by=world.actor("clerk"), seen=row.version)
    with pytest.raises(Stale):
        deciding.decide_repair(document, number, "kept", by=world.actor("head"), seen=row.version)
    assert len(everything()) == len(before)


def test_two_people_at_two_places_do_not_disturb_each_other(world: World) -> None:
    document = take_in(world)
    one, other = number_of(document, "?024"), number_of(document, "?000")
    deciding.decide_repair(document, one, "offered", "2024", by=world.actor("clerk"), seen=0)
    deciding.decide_repair(document, other, "offered", "8000", by=world.actor("head"), seen=0)
    text = Document.objects.get(pk=document.pk).restored
    assert "2024年底前" in text
    assert "8000萬元" in text


@pytest.mark.parametrize("name", ["inspector", "leader", "housing", "publicity"])
def test_only_the_desk_decides(world: World, name: str) -> None:
    document = take_in(world)
    before = everything()
    with pytest.raises(NotAllowed):
        deciding.decide_repair(
            document, number_of(document, "?024"), "kept", by=world.actor(name), seen=0
        )
    assert everything() == before


@pytest.mark.parametrize(
    ("number", "choice", "text", "error"),
    [
        (0, "kept", "", NotFound), (10**6, "kept", "", NotFound), (1, "guess", "", Invalid),
        (1, "offered", "別的", Invalid), (1, "typed", "兩\n行", Invalid),
        (1, "typed", "字" * 201, Invalid), (1, "typed", "\0", Invalid),
        (1, "typed", "\ud800", Invalid),
    ],
)  # fmt: skip
def test_what_is_no_choice_is_refused_and_changes_nothing(
    world: World, number: int, choice: str, text: str, error: type[LuoshiError]
) -> None:
    document = take_in(world)
    before = everything()
    with pytest.raises(error):
        deciding.decide_repair(document, number, choice, text, by=world.actor("clerk"), seen=0)
    assert everything() == before


@pytest.mark.both
def test_a_decision_moves_as_the_table_says(world: World) -> None:
    document, by = take_in(world), world.actor("clerk")
    number = number_of(document, "?024")
    row = deciding.decide_repair(document, number, "kept", by=by, seen=0)
    row = deciding.decide_repair(document, number, "offered", "2024", by=by, seen=row.version)
    assert row.state == "decided"
    row = deciding.withdraw_decision(row, by=by, seen=row.version)
    with pytest.raises(WrongState):
        deciding.withdraw_decision(row, by=by, seen=row.version)
    assert RepairDecision.objects.get().state == "withdrawn"


def test_a_finding_marked_after_a_decision_points_at_the_received_words(world: World) -> None:
    document, by = take_in(world), world.actor("clerk")
    deciding.decide_repair(
        document, number_of(document, "?0%"), "typed", "百分之八十", by=by, seen=0
    )
    document = Document.objects.get(pk=document.pk)
    start = document.restored.index("百分之八十的任務")
    row = intake.mark(document, "theme", start, start + 8, by=by)
    assert document.received[row.passage.start : row.passage.end].startswith("?0%")
    assert words_of(document)[row.pk] == "百分之八十的任務"
    assert Finding.objects.get(pk=row.pk).value["name"] == "百分之八十的任務"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_input_and_records_make_output_and_back_whatever_was_decided(data: st.DataObject) -> None:
    receipt = [intake._repair(repair) for repair in restored().repairs]
    count = len(receipt)
    chosen = data.draw(
        st.dictionaries(st.integers(1, count), st.text(max_size=6), max_size=12), label="decided"
    )
    decided = sorted([number, text] for number, text in chosen.items())
    records = standing(receipt, decided)
    text = rewritten(page(), records)
    shift = 0
    pieces, at = [], 0
    for number, record in enumerate(records, start=1):
        stands = record["after"] if record["status"] != "uncertain" else record["before"]
        assert text[record["out_start"] : record["out_end"]] == stands
        assert record["out_start"] == record["start"] + shift
        shift = record["out_end"] - record["end"]
        pieces += (text[at : record["out_start"]], record["before"])
        at = record["out_end"]
        assert number not in chosen or record["after"] == chosen[number]
    assert "".join([*pieces, text[at:]]) == page()
    offsets = span_map(records)
    start = data.draw(st.integers(0, len(text) - 1), label="start")
    end = data.draw(st.integers(start + 1, len(text)), label="end")
    first, last = offsets.forward_span(*offsets.backward_span(start, end))
    assert first <= start
    assert last >= end


def test_no_offer_is_what_was_received() -> None:
    for repair in restored().repairs:
        record = intake._repair(repair)
        assert record["before"] not in offers(record)


@pytest.mark.both
def test_two_at_the_same_moment_leave_one_decision_at_a_place_and_both_at_two(
    world: World,
) -> None:
    document = take_in(world)
    one, other = number_of(document, "?024"), number_of(document, "?000")
    clerk, head = world.actor("clerk"), world.actor("head")

    def at(number: int, text: str, by: Actor) -> Callable[[], RepairDecision]:
        return lambda: deciding.decide_repair(document, number, "typed", text, by=by, seen=0)

    answers = together([at(one, "甲", clerk), at(one, "乙", head)])
    assert sorted(type(answer).__name__ for answer in answers) == ["RepairDecision", "Stale"]
    third = number_of(document, "?.5")
    answers = together([at(other, "丙", clerk), at(third, "丁", head)])
    assert {type(answer) for answer in answers} == {RepairDecision}
    fresh = Document.objects.get(pk=document.pk)
    assert len(fresh.decided) == 3
    assert fresh.restored == rewritten(fresh.received, fresh.repairs)
    assert audit().whole
