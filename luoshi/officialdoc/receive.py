"""From the bytes of an upload to a paper, restored and read: the server's way in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.child import raised, run
from luoshi.officialdoc.kinds import EVIDENCE, TEXTS, TXT, Kind, document_kind
from luoshi.officialdoc.limits import limit
from luoshi.officialdoc.paper import Paper
from luoshi.officialdoc.readers import read_paper
from luoshi.text.read import read
from luoshi.text.reading import Finding, Reading
from luoshi.text.restore import restore
from luoshi.text.restore_records import Candidate, Profile, Repair, Restoration
from luoshi.text.spans import SpanMap


@dataclass(frozen=True, slots=True)
class Received:
    """A paper, its restored text with a record of every repair, and what was found in it."""

    paper: Paper
    restoration: Restoration
    reading: Reading


def receive(
    data: bytes,
    name: str,
    options: Mapping[str, int] | None = None,
    *,
    pairs: Collection[tuple[str, str]] | None = None,
) -> Received:
    """The document in `data`; anything but a small plain text is read in a child process.

    `pairs`: see `restore`.

    Errors: Invalid as `read_paper`; also too_long, too_big, reading_crashed.
    """
    kind = document_kind(name, data)
    if kind in TEXTS and len(data) > (most := limit("text_bytes", options)):
        raise Invalid("too_large", limit=most)
    if kind is TXT and len(data) <= limit("in_request_bytes", options):
        return received(data, name, pairs=pairs)
    given = None if pairs is None else sorted(map(list, pairs))
    arguments = {"name": name, "pairs": given}
    answer = run("luoshi.officialdoc.receive:as_values", data, arguments, options)
    return _rebuilt(raised(answer))


def received(
    data: bytes, name: str, *, pairs: Collection[tuple[str, str]] | None = None
) -> Received:
    """The document in `data`, read in this process without limits."""
    paper = read_paper(data, name)
    restoration = restore(paper.text, pairs=pairs)
    return Received(paper, restoration, read(restoration.text))


def receive_evidence(data: bytes, name: str, options: Mapping[str, int] | None = None) -> Kind:
    """The kind of an evidence file, looked into in a child process.

    Errors: Invalid as `check_evidence`; also too_long, too_big, reading_crashed.
    """
    arguments = {"name": name, "options": dict(options or {})}
    answer = run("luoshi.officialdoc.evidence:kind_name", data, arguments, options)
    found = raised(answer)
    return next(kind for kind in EVIDENCE if kind.name == found)


def as_values(data: bytes, name: str, pairs: list[list[str]] | None = None) -> dict[str, Any]:
    """What `received` gives, as JSON values: the child's half of `receive`."""
    site = None if pairs is None else [(char, reading) for char, reading in pairs]
    whole = received(data, name, pairs=site)
    return {
        "paper": whole.paper.as_dict(),
        "text": whole.restoration.text,
        "repairs": [asdict(repair) for repair in whole.restoration.repairs],
        "profile": asdict(whole.restoration.profile),
        "findings": [asdict(finding) for finding in whole.reading.findings],
        "document": whole.reading.as_dict(),
    }


def _rebuilt(values: Mapping[str, Any]) -> Received:
    repairs = tuple(map(_repair, values["repairs"]))
    places = SpanMap(
        (repair.start, repair.end, repair.out_start, repair.out_end)
        for repair in repairs
        if repair.applied
    )
    restoration = Restoration(values["text"], repairs, _profile(values["profile"]), places)
    findings = tuple(map(_finding, values["findings"]))
    return Received(
        Paper.from_dict(values["paper"]), restoration, Reading(findings, values["document"])
    )


def _repair(values: Mapping[str, Any]) -> Repair:
    candidates = tuple(Candidate(**candidate) for candidate in values["candidates"])
    return Repair(**{**values, "candidates": candidates})


def _profile(values: Mapping[str, Any]) -> Profile:
    learned = tuple((char, reading) for char, reading in values["learned"])
    return Profile(**{**values, "learned": learned, "inconsistent": tuple(values["inconsistent"])})


def _finding(values: Mapping[str, Any]) -> Finding:
    return Finding(**{**values, "rules": tuple(values["rules"]), "doubts": tuple(values["doubts"])})
