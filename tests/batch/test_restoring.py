from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import luoshi.officialdoc
from luoshi.batch import pieces, restoring
from luoshi.batch.job import Outcome
from luoshi.batch.restoring import record, restore_folder
from luoshi.text.restore import restore
from luoshi.text.restore_guess import with_guesses

SEED = Path(luoshi.officialdoc.__file__).parent / "samples" / "mobilisation-meeting-2023.txt"
WEAK = "全區系統(tǒng)部署"


class Place:
    """A folder of texts, and folders for what comes back and for the records."""

    def __init__(self, tmp_path: Path) -> None:
        self.source, self.out, self.report = (tmp_path / name for name in ("in", "out", "report"))
        self.source.mkdir()

    def put(self, files: Mapping[str, str | bytes]) -> None:
        for name, content in files.items():
            path = self.source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def go(self, **options: Any) -> dict[str, Outcome]:
        with ThreadPoolExecutor(1) as pool:
            outcomes = restore_folder(self.source, self.out, pool, report=self.report, **options)
            return {one.relative: one for one in outcomes}

    def records(self, name: str) -> list[dict[str, Any]]:
        lines = (self.report / f"{name}.repairs.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_text_comes_back_as_the_library_gives_it_with_its_records(place: Place) -> None:
    place.put(
        {"a/seed.txt": SEED.read_bytes(), "gbk.txt": SEED.read_text("utf-8").encode("gb18030")}
    )
    outcomes = place.go()
    expected = restore(SEED.read_text("utf-8"))
    for name in ("a/seed.txt", "gbk.txt"):
        assert (place.out / name).read_text("utf-8") == expected.text
        assert place.records(name) == [record(repair) for repair in expected.repairs]
        entry = outcomes[name].entry
        assert entry is not None
        assert (entry.pages, entry.counts) == (1, expected.counts())


def test_a_page_of_markup_becomes_a_text(place: Place) -> None:
    place.put({"page.html": "<!DOCTYPE html><p>六月底前<b>完成</b>。<script>x</script>"})
    place.go()
    assert (place.out / "page.html.txt").read_text("utf-8") == "六月底前完成。"


def test_every_json_line_is_a_page_of_its_own(place: Place) -> None:
    seed = SEED.read_text("utf-8")
    lines = [{"id": 1, "text": seed}, {"id": 2, "text": WEAK}, {"text": "甲\ud800"}]
    shard = "\n\n".join(json.dumps(line) for line in lines)
    place.put({"shard.jsonl": shard})
    entry = place.go()["shard.jsonl"].entry
    assert entry is not None
    assert entry.pages == 3
    got = [
        json.loads(line) for line in (place.out / "shard.jsonl").read_text().splitlines() if line
    ]
    assert got == [{**line, "text": restore(str(line["text"])).text} for line in lines]
    assert got[1]["text"] == WEAK, "what the first line proves does not help the second"
    expected = [
        {"line": number, **record(repair)}
        for number, line in zip((1, 3, 5), lines, strict=True)
        for repair in restore(str(line["text"])).repairs
    ]
    assert place.records("shard.jsonl") == expected


def test_the_field_of_the_text_can_be_named(place: Place) -> None:
    place.put({"a.ndjson": '{"text": 1, "正文": "全區系統(tǒng)部署", "n": 1.0}'})
    assert place.go()["a.ndjson"].state == "failed"
    assert place.go(field="正文")["a.ndjson"].state == "done"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ('{"text": "甲"}\n{"text": "乙"\n', "line_broken", 2),
        ('{"text": "甲"}\n{"txt": "乙"}\n', "line_without_field", 2),
        (b'{"text": "x"}\n\n{"text": "\xff"}', "line_not_utf8", 3),
    ],
)
def test_a_bad_line_fails_the_shard_and_is_named(
    place: Place, content: str | bytes, code: str, line: int
) -> None:
    place.put({"bad.jsonl": content, "good.jsonl": ""})
    outcomes = place.go()
    error = outcomes["bad.jsonl"].error
    assert (getattr(error, "code", ""), getattr(error, "values", {})["line"]) == (code, line)
    assert not (place.out / "bad.jsonl").exists()
    assert (place.out / "good.jsonl").read_bytes() == b""


def test_a_large_text_is_restored_in_pieces_with_places_of_the_whole(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "WHOLE", 1_000)
    monkeypatch.setattr(restoring, "pieces", lambda source: pieces.pieces(source, 4_000))
    text = SEED.read_text("utf-8") * 8
    place.put({"large.txt": text})
    entry = place.go()["large.txt"].entry
    assert entry is not None
    assert entry.pages > 2
    restored = (place.out / "large.txt").read_text("utf-8")
    assert restored == restore(text).text
    rows = place.records("large.txt")
    assert rows == [record(repair) for repair in restore(text).repairs]


def test_a_bad_character_in_a_late_piece_is_named_by_its_line(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "WHOLE", 1_000)
    monkeypatch.setattr(restoring, "pieces", lambda source: pieces.pieces(source, 100))
    place.put({"large.txt": "抓落实促发展\n" * 200 + "抓\0落实\n"})
    error = place.go()["large.txt"].error
    assert getattr(error, "code", "") == "text_nul"
    assert getattr(error, "values", {}) == {"line": 201, "position": 1_401}


def test_uncertain_places_are_filled_only_when_asked_for(place: Place) -> None:
    received = (
        "會(huì)上傳達(dá)學(xué)習(xí)了有關(guān)會(huì)議精神\n" * 6
        + "紅星新聞?dòng)浾?楊奕通訊員"
    )
    place.put({"a.txt": received})
    place.go()
    assert (place.out / "a.txt").read_text("utf-8") == restore(received).text
    place.go(apply_uncertain=True)
    guessed = with_guesses(restore(received)).text
    assert guessed.endswith("紅星新聞記者 楊奕通訊員")
    assert (place.out / "a.txt").read_text("utf-8") == guessed


def test_what_a_person_should_know_of_a_file_stands_in_the_manifest(place: Place) -> None:
    place.put({"a.txt": "六月底前\u202e完成。"})
    entry = place.go()["a.txt"].entry
    assert entry is not None
    assert entry.doubts == ("text_bidi_controls",)
