"""The reader reaches its floors on the documents read by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from luoshi.text import read
from luoshi.text.score import Score, score

FLOORS = Path(__file__).parents[1] / "quality" / "floors.json"


def test_every_measure_reaches_its_floor(documents: dict[str, tuple[str, dict[str, Any]]]) -> None:
    total = Score()
    for text, gold in documents.values():
        total.include(score(gold, read(text).as_dict()))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert set(floors) <= set(total.counts)
    short = {m: total.value(m) for m, floor in floors.items() if (total.value(m) or 0) < floor}
    assert not short


def test_an_annotation_scored_against_itself_is_perfect(
    documents: dict[str, tuple[str, dict[str, Any]]],
) -> None:
    total = Score()
    for _, gold in documents.values():
        total.include(score(gold, gold))
    assert {total.value(measure) for measure in total.counts} == {1.0}


def test_spans_are_matched_by_their_words_when_the_texts_differ_in_length(
    documents: dict[str, tuple[str, dict[str, Any]]],
) -> None:
    _, gold = documents["A21"]
    moved = [{**row, "start": 0, "end": 1} for row in gold["directives"]]
    same = score(gold, {**gold, "n_chars": gold["n_chars"] + 7, "directives": moved})
    assert same.value("directive span") == 1.0
