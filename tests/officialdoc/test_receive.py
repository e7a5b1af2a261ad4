from __future__ import annotations

from pathlib import Path

import pytest

import luoshi.officialdoc
from luoshi.kernel.errors import Invalid
from luoshi.officialdoc import receive as receiving
from luoshi.officialdoc.child import Outcome, run
from luoshi.officialdoc.receive import receive, receive_evidence, received
from tests.hostile.corpus import EXE, PDF
from tests.hostile.office_files import office

SEED = Path(luoshi.officialdoc.__file__).parent / "samples" / "mobilisation-meeting-2023.txt"
PAGE = "".join(f"<p>{line}</p>" for line in SEED.read_text("utf-8").splitlines()).encode()
ALWAYS_APART = {"in_request_bytes": 0}


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The functions that were run in a child process."""
    started: list[str] = []

    def noted(function: str, *rest: object) -> Outcome:
        started.append(function)
        return run(function, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(receiving, "run", noted)
    return started


def test_a_child_process_gives_what_this_process_would(children: list[str]) -> None:
    here = receive(SEED.read_bytes(), SEED.name)
    assert children == []
    apart = receive(SEED.read_bytes(), SEED.name, ALWAYS_APART)
    assert len(children) == 1
    assert apart.paper == here.paper
    assert apart.restoration == here.restoration
    assert apart.reading.findings == here.reading.findings
    assert apart.reading.as_dict() == here.reading.as_dict()


def test_the_map_between_received_and_restored_survives_the_way_back() -> None:
    here = received(SEED.read_bytes(), SEED.name).restoration
    apart = receive(SEED.read_bytes(), SEED.name, ALWAYS_APART).restoration
    for offset in range(0, len(here.text), 7):
        assert apart.to_received(offset) == here.to_received(offset)
        assert apart.span_to_received(offset, offset + 9) == here.span_to_received(
            offset, offset + 9
        )


def test_a_web_page_is_always_read_apart(children: list[str]) -> None:
    page = receive(PAGE, "page.html")
    assert len(children) == 1
    assert page.paper.media_type == "text/html"
    assert page.restoration.text == "\n".join(
        line.strip(" ")
        for line in received(SEED.read_bytes(), SEED.name).restoration.text.split("\n")
        if line.strip()
    )


def test_a_refusal_crosses_the_border_with_its_code_and_values() -> None:
    with pytest.raises(Invalid) as refused:
        receive(b"<p>a\nb\0c", "page.html")
    assert refused.value.code == "text_nul"
    assert dict(refused.value.values) == {"position": 6, "line": 2}


def test_work_that_takes_too_long_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="too_long"):
        receive(PAGE * 300, "page.html", {"child_cpu_seconds": 1})


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("证明.pdf", PDF, "pdf"),
        ("a.docx", office("docx"), "docx"),
        ("a.xlsx", office("xlsx"), "xlsx"),
    ],
)
def test_evidence_is_looked_into_apart(
    children: list[str], name: str, data: bytes, kind: str
) -> None:
    assert receive_evidence(data, name).name == kind
    assert len(children) == 1


def test_a_program_renamed_to_evidence_is_refused_with_the_reason() -> None:
    with pytest.raises(Invalid) as refused:
        receive_evidence(EXE, "证明.pdf")
    assert refused.value.code == "kind_differs"
    assert refused.value.values["found"] == "application/x-dosexec"
