"""Stored records of repairs: restoration's and people's over them, and the text that both make. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from luoshi.kernel.errors import Invalid
from luoshi.text.restore_records import Candidate, Repair

STANDS = "decided"  # the status of a record that a person decided
APPLIED = ("exact", "inferred", STANDS)  # what the text holds; the others only propose
WORDS_CHANGED = "words-changed"  # doubt of a finding: a person changed words it was read from
_LONGEST = 200


def standing(
    receipt: Sequence[dict[str, Any]], decided: Iterable[tuple[int, str]]
) -> list[dict[str, Any]]:
    """The records with people's decisions ([number, text]) over them, their output spans moved along.

    A decided record says `decided` and the text a person gave; all else stays restoration's word.
    """
    chosen = dict(decided)
    if not chosen:
        return list(receipt)
    rows = []
    shift = 0
    for number, record in enumerate(receipt, start=1):
        row = dict(record)
        if number in chosen:
            row["status"], row["after"] = STANDS, chosen[number]
        size = len(row["after"]) if row["status"] in APPLIED else row["end"] - row["start"]
        row["out_start"] = row["start"] + shift
        row["out_end"] = row["out_start"] + size
        shift = row["out_end"] - row["end"]
        rows.append(row)
    return rows


def rewritten(received: str, records: Iterable[Mapping[str, Any]]) -> str:
    """The restored text: the received one with the applied records made."""
    pieces: list[str] = []
    at = 0
    for record in records:
        if record["status"] in APPLIED:
            pieces += (received[at : record["start"]], record["after"])
            at = record["end"]
    return "".join([*pieces, received[at:]])


def offers(record: Mapping[str, Any]) -> list[str]:
    """The readings a person can choose among, likeliest first; what was received is not one of them."""
    texts = [*(each["text"] for each in record["candidates"])]
    if record["after"] not in texts:
        texts.insert(0, record["after"])
    return [text for text in texts if text != record["before"]]


def chosen_text(record: Mapping[str, Any], choice: str, text: str) -> str:
    """What a choice puts at the place. Errors: Invalid names the field."""
    match choice:
        case "kept":
            return str(record["before"])
        case "offered" if text in offers(record):
            return text
        case "typed" if len(text) > _LONGEST:
            raise Invalid(fields={"text": "too_long"})
        case "typed" if "\n" in text or "\r" in text:
            raise Invalid(fields={"text": "one_line"})
        case "typed":
            return text
    raise Invalid(fields={"choice": "unknown_choice"})


def shown_by_restoration(record: Mapping[str, Any]) -> str:
    """What stood at the place before anybody decided."""
    return str(record["after"] if record["status"] in APPLIED else record["before"])


def repair_of(record: Mapping[str, Any]) -> Repair:
    """A stored record as the text library knows it."""
    candidates = tuple(
        Candidate(each["text"], each["reason"], each["score"] / 1000)
        for each in record["candidates"]
    )
    return Repair(**{**record, "candidates": candidates})
