"""How sure a reading is: the chances are learned, a text that is no official paper stays low."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from luoshi.cli.main import run
from luoshi.officialdoc.breakdown import read_breakdown
from luoshi.officialdoc.paper import Table
from luoshi.officialdoc.readers import read_paper
from luoshi.text import read, restore
from luoshi.text.doubted import NUMBER_DAMAGED, doubted
from luoshi.text.labels import ROLES
from luoshi.text.reading import Finding
from luoshi.text.sure import FIELDS, UNSURE, Sheet, chance, chance_by, limit, traits_of, weights
from luoshi.text.sure import judged as judged_findings
from tests.damaged import page
from tools.calibrate_reading import Judged, crossed, learned, reliability, sure_from
from tools.logistic import Seen, fitted
from tools.reading_examples import Example
from tools.reading_truth import Annotated, annotated, right

QUALITY = Path(__file__).parents[1] / "quality"


def example(document: str, traits: tuple[str, ...], *, is_right: bool) -> Example:
    return Example(document, "directive", traits, is_right, is_right, True, False)


def judged(chance_: float, *, is_right: bool, certain: bool = True) -> Judged:
    return Judged(example("one", (), is_right=is_right), chance_, certain)


def test_the_table_has_a_chance_for_directives_their_parts_and_the_limits() -> None:
    assert {"directive", *FIELDS, "title", "person", "limit"} <= set(weights())
    assert 0.5 <= limit("unsure") < limit("sure") < 1


def test_every_finding_states_a_chance_and_not_all_the_same() -> None:
    stated = set()
    for path in sorted(QUALITY.glob("documents/*.txt")):
        stated |= {each.confidence for each in read(path.read_text("utf-8")).findings}
    assert all(0 < each < 1 for each in stated)
    assert len(stated) > 20


def test_a_trait_without_a_weight_says_nothing() -> None:
    assert chance("directive", ()) == chance("directive", ("a trait of tomorrow",))
    assert chance_by({}, "directive", ()) == 0.5


def test_no_finding_on_a_text_that_is_no_official_paper_is_sure() -> None:
    text = "老桥边的早晨\n县城管局必须在6月底前修好路灯。他把报上的这句话念给妻子听，妻子笑了。"
    assert read(text).findings
    assert all(each.confidence <= 0.3 for each in read(text).findings)


def directive(text: str, owners: list[str], targets: int, rules: tuple[str, ...]) -> Finding:
    """A directive over the whole text, as the reader makes them; the figures of its targets are 1."""
    value: dict[str, Any] = {role: [] for role in ROLES} | {
        "area": None, "responsible_units": owners, "deadline": None, "milestones": [], "verbs": [],
        "targets": [{"metric": "", "operator": "=", "value": 1, "unit": ""}] * targets,
        "strength": "hard",
    }  # fmt: skip
    return Finding("directive", 0, len(text), value, rules=rules)


def test_a_part_of_a_directive_that_is_unsure_is_doubted_the_least_sure_first() -> None:
    text = "市财政局要、区住建局应、县水务局须、镇文化站要、乡卫生院应办理5处、6处、7处、8处"
    sheet = Sheet(text, "C", Counter(directive=9))
    plain = directive("市财政局要办理1处", ["市财政局"], 1, ("D1-owner-must",))
    odd = directive(text, ["同上", "请区住建局"], 3, ("S5-table", "O1-carried", "D1-owner-does"))
    (sure, unsure) = judged_findings([plain, odd], sheet)
    assert not set(sure.doubts) & set(UNSURE.values())
    assert unsure.doubts == ("owners-unsure", "targets-unsure")
    chances = [chance(part, tuple(traits_of(part, odd, sheet))) for part in ("owners", "targets")]
    assert chances == sorted(chances)
    assert max(chances) < limit("unsure")


def test_a_finding_is_right_when_the_annotation_has_it() -> None:
    for one in list(annotated(QUALITY / "documents"))[:6]:
        reading = read(one.text)
        assert all(is_right for _, _, is_right in right(one.gold, reading)), one.name
        none = right({"directives": [], "n_chars": len(one.text)}, reading)
        assert not any(is_right for _, _, is_right in none)
        assert not {kind for kind, _, _ in none} & set(FIELDS)


def test_a_part_is_wrong_when_an_owner_is_missing_from_it() -> None:
    one = next(one for one in annotated(QUALITY / "documents") if one.name == "B23")
    rows = [{**row, "responsible_units": []} for row in one.gold["directives"]]
    found = right({**one.gold, "directives": rows}, read(one.text))
    wrong = {kind for kind, _, is_right in found if not is_right}
    assert wrong == {"owners"}


def test_weights_are_learned_from_what_was_right() -> None:
    rows = [Seen(("good",), True)] * 90 + [Seen(("good",), False)] * 10
    rows += [Seen(("bad",), True)] * 10 + [Seen(("bad",), False)] * 90
    table = {"x": fitted(rows, 0.0, 0.1)}
    assert chance_by(table, "x", ("good",)) == pytest.approx(0.9, abs=0.02)
    assert chance_by(table, "x", ("bad",)) == pytest.approx(0.1, abs=0.02)
    drawn = {"x": fitted(rows, 0.0, 1000.0)}
    assert 0.5 < chance_by(drawn, "x", ("good",)) < 0.6


def test_a_chance_is_stated_without_having_seen_the_document() -> None:
    rows = [
        example(f"D{at}", (f"only in D{at}",), is_right=at % 2 == 0)
        for at in range(10)
        for _ in range(20)
    ]
    assert all(0.2 < one.chance < 0.8 for one in crossed(rows))
    whole = learned(rows)
    assert chance_by(whole, "directive", ("only in D0",)) > chance_by(
        whole, "directive", ("only in D1",)
    )


def test_sure_begins_where_enough_are_right_and_bars_what_is_doubted() -> None:
    rows = [judged(0.99, is_right=True)] * 60 + [judged(0.95, is_right=True)] * 40
    rows += [judged(0.9, is_right=False)] * 20 + [judged(0.97, is_right=False, certain=False)] * 50
    assert sure_from(rows) == 0.95
    assert sure_from([judged(0.99, is_right=False)]) == 1.0
    (low, high) = reliability([judged(0.25, is_right=False), *rows[:3]])
    assert (low.tenth, low.count, low.right) == (2, 1, 0.0)
    assert (high.tenth, high.count, high.right) == (9, 3, 1.0)


def test_a_document_may_stand_in_folders_of_texts_and_gold(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts/X1.txt").write_text("一", "utf-8")
    (tmp_path / "gold/X1.json").write_text("{}", "utf-8")
    assert list(annotated(tmp_path)) == [Annotated("X1", "一", {})]


def test_a_number_that_lost_a_digit_is_doubted_by_the_library_and_the_shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    restoration = restore(page())
    plain_ = read(restoration.text)
    reading = doubted(restoration, plain_)
    lost = [each for each in reading.findings if NUMBER_DAMAGED in each.doubts]
    assert lost
    assert not [each for each in plain_.findings if NUMBER_DAMAGED in each.doubts]
    assert reading.document == plain_.document

    file, sheet = tmp_path / "page.txt", tmp_path / "tasks.xlsx"
    file.write_text(page(), "utf-8")
    assert run(["read", str(file), "--json", "--explain"]) == 0
    values = json.loads(capsys.readouterr().out)
    told = [
        row
        for row in (*values["directives"], *values["results"])
        if NUMBER_DAMAGED in row["doubts"]
    ]
    assert len(told) == sum(each.kind in ("directive", "result") for each in lost)
    assert run(["read", str(file), "--explain"]) == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if "数字处原文受损" in line]
    assert len(shown) == len(lost)
    assert all("存疑" in line for line in shown)
    assert run(["read", str(file), "--explain", "--xlsx", str(sheet)]) == 0
    (table,) = read_paper(sheet.read_bytes(), sheet.name).blocks
    assert isinstance(table, Table)
    assert read_breakdown(table) is not None
    words = [cell.text for row in table.rows for cell in row if cell is not None]
    assert any("数字处原文受损" in text for text in words)
