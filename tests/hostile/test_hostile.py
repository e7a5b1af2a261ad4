from __future__ import annotations

import time
from io import BytesIO, RawIOBase
from typing import BinaryIO, cast

import pytest

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.evidence import check_evidence
from luoshi.officialdoc.limits import read_within
from luoshi.officialdoc.names import shown_name
from luoshi.officialdoc.readers import read_paper
from luoshi.officialdoc.words import DOUBTS, REFUSALS
from tests.hostile.corpus import EVIDENCE, PAGES, TEXTS, Case

SECONDS = 5.0  # by far more than any case takes on a loaded machine, far less than a quadratic one


def refusal(case: Case, error: Invalid) -> None:
    assert error.code == case.refused
    assert REFUSALS[error.code].format(**error.values)


@pytest.mark.parametrize("case", TEXTS + PAGES, ids=lambda case: f"{case.name}: {case.label}")
def test_a_hostile_document_is_refused_by_name_or_keeps_its_text(case: Case) -> None:
    data = case.build()
    started = time.process_time()
    try:
        paper = read_paper(data, case.name)
    except Invalid as error:
        refusal(case, error)
        return
    finally:
        assert time.process_time() - started < SECONDS
    assert case.refused is None
    for shown in case.shows:
        assert shown in paper.text
    for hidden in case.hides:
        assert hidden not in paper.text
    assert tuple(doubt.code for doubt in paper.doubts) == case.doubts
    for doubt in paper.doubts:
        assert DOUBTS[doubt.code].format(**doubt.values)


@pytest.mark.parametrize(
    "case",
    [case for case in EVIDENCE if case.refused and case.name in ("a.docx", "a.xlsx")],
    ids=lambda case: f"{case.name}: {case.label}",
)
def test_a_hostile_office_file_is_refused_as_a_document_too(case: Case) -> None:
    with pytest.raises(Invalid) as error:
        read_paper(case.build(), case.name)
    refusal(case, error.value)


@pytest.mark.parametrize("case", EVIDENCE, ids=lambda case: f"{case.name}: {case.label}")
def test_hostile_evidence_is_refused_by_name(case: Case) -> None:
    data = case.build()
    started = time.process_time()
    try:
        kind = check_evidence(data, case.name)
    except Invalid as error:
        refusal(case, error)
        return
    finally:
        assert time.process_time() - started < SECONDS
    assert case.refused is None
    assert case.name.lower().endswith(kind.extensions)


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(TEXTS) + len(PAGES) + len(EVIDENCE) >= 120


class Endless(RawIOBase):
    """An upload of 100 MB that counts what was taken of it."""

    def __init__(self) -> None:
        self.left = 100_000_000
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        given = min(self.left, self.left if size < 0 else size)
        self.left -= given
        self.taken += given
        return b"x" * given


def test_100_mb_are_refused_at_the_limit_without_being_read() -> None:
    upload = Endless()
    with pytest.raises(Invalid) as refused:
        read_within(cast(BinaryIO, upload), 5_000_000)
    assert refused.value.code == "too_large"
    assert refused.value.values["limit"] == 5_000_000
    assert upload.taken <= 5_000_000 + 65_536


def test_a_file_of_exactly_the_limit_is_read_whole() -> None:
    assert read_within(BytesIO(b"x" * 100_000), 100_000) == b"x" * 100_000


def test_evidence_above_its_limit_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        check_evidence(b"%PDF-" + b"x" * 100, "a.pdf", {"evidence_bytes": 50})
    assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("報告.txt", "報告.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\報告.txt", "報告.txt"),
        ("/absolute/a.pdf", "a.pdf"),
        ("報告\u202efdp.exe", "報告fdp.exe"),
        ("a\u2066b\u2069\u200b.txt", "ab.txt"),
        ("a\x00b\r\nc\x1b.txt", "abc.txt"),
        ("con.txt", "_con.txt"),
        ("NUL", "_NUL"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("console.txt", "console.txt"),
        ("trailing. . .", "trailing"),
        (".hidden", "hidden"),
        ("", "未命名"),
        ("\u202e\u202e", "未命名"),
        ("...", "未命名"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("a\ud800b.txt", "ab.txt"),
        ("a\ue000b.txt", "ab.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("a \u3000 b.txt", "a b.txt"),
    ],
)
def test_a_file_name_is_shown_without_tricks(raw: str, shown: str) -> None:
    assert shown_name(raw) == shown
    assert shown_name(shown) == shown


def test_a_long_name_keeps_its_extension() -> None:
    shown = shown_name("長" * 500 + ".docx")
    assert len(shown) == 120
    assert shown.endswith("….docx")
