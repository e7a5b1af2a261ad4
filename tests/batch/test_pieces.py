from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.batch import pieces as module
from luoshi.batch.pieces import charset_of, pieces
from luoshi.kernel.errors import Invalid
from luoshi.text.restore import restore
from luoshi.text.restore_model import load_keys, load_worlds
from tests.text.simulator import Converter

PAGE = "會上傳達學習了有關會議精神，安排部署了重點工作，全區上下要堅定信心、真抓實干。\n"
MEMORY = r"""
import re, sys
from pathlib import Path
from luoshi.batch.pieces import pieces
for piece in pieces(Path(sys.argv[1])):
    pass
print(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pieces") / "shard.txt"


@given(st.lists(st.text("甲乙 \r", max_size=9), max_size=60), st.integers(1, 20))
def test_the_pieces_together_are_the_text_and_each_ends_with_a_paragraph(
    place: Path, lines: list[str], least: int
) -> None:
    text = "\n".join(lines)
    place.write_bytes(text.encode())
    found = list(pieces(place, least))
    assert "".join(found) == text.replace("\r\n", "\n").replace("\r", "\n")
    assert all(piece.endswith("\n") for piece in found[:-1])
    assert all(found)


@given(st.integers(0, 400), st.integers(1, 12))
def test_no_piece_of_short_paragraphs_is_a_short_rest(place: Path, count: int, width: int) -> None:
    place.write_text(("甲" * width + "\n") * count, "utf-8")
    sizes = [len(piece) for piece in pieces(place, 50)]
    assert all(50 <= size <= 200 for size in sizes) or len(sizes) <= 1


def test_a_paragraph_is_never_cut(place: Path) -> None:
    place.write_text("甲" * 5_000 + "\n乙\n" + "丙" * 3_000 + "\n丁", "utf-8")
    assert list(map(len, pieces(place, 100))) == [5_001 + 2, 3_000 + 2]


@pytest.mark.parametrize("cut", ["none", "bytewise"])
def test_a_shard_of_damaged_pages_comes_back_the_same_whole_or_in_pieces(
    place: Path, cut: str
) -> None:
    damaged = Converter(load_worlds().written, load_keys(), cut).damage(PAGE * 600)
    place.write_text(damaged, "utf-8")
    found = list(pieces(place, 10_000))
    assert len(found) >= 3
    whole = restore(damaged).text
    assert whole != damaged
    assert "".join(restore(piece).text for piece in found) == whole


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16"])
def test_the_charset_of_a_large_file_is_found(place: Path, charset: str) -> None:
    text = "六月底前完成投資項目審批制度改革，由區發改局牽頭。\n" * 60_000
    place.write_bytes(text.encode(charset))
    assert "".join(pieces(place)) == text


def test_the_charset_shows_where_the_first_character_beyond_ascii_stands(place: Path) -> None:
    head, tail = "plain words\n" * 200_000, "六月底前完成投资项目审批制度改革。\n" * 1_000
    place.write_bytes((head + tail).encode("gb18030"))
    assert charset_of(place) == "gb18030"
    assert "".join(pieces(place)) == head + tail


def test_what_is_no_text_is_refused(place: Path) -> None:
    place.write_bytes(bytes(range(1, 256)) * 30_000)
    with pytest.raises(Invalid) as refused:
        list(pieces(place))
    assert refused.value.code == "not_text"
    text = "六月底前完成改革。\n".encode() * 50_000
    place.write_bytes(text + b"\xff" * 100_000)
    with pytest.raises(Invalid) as refused:
        list(pieces(place))
    assert refused.value.code == "not_text"


def test_memory_does_not_grow_with_the_file(place: Path) -> None:
    peaks = []
    for count in (4, 16):
        with place.open("w", encoding="utf-8") as out:
            out.writelines(PAGE * 2_000 for _ in range(20 * count))
        ended = subprocess.run(
            [sys.executable, "-c", MEMORY, str(place)],
            cwd=Path(module.__file__).parents[2],
            capture_output=True,
            check=True,
        )
        peaks.append(int(ended.stdout))
    assert peaks[1] < peaks[0] * 1.2
