"""A text that is here already, read by the present reader: the server's way to read again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from luoshi.officialdoc.child import raised, run
from luoshi.officialdoc.limits import limit
from luoshi.text.read import read
from luoshi.text.reading import Finding, Reading


def read_again(text: str) -> Reading:
    """The reading of a restored text; of a large one in a child process, within the limits.

    Errors: too_long, too_big, reading_crashed.
    """
    data = text.encode("utf-8", "surrogatepass")
    if len(data) <= limit("in_request_bytes"):
        return read(text)
    values = raised(run("luoshi.officialdoc.rereading:as_values", data, {}))
    findings = tuple(
        Finding(**{**each, "rules": tuple(each["rules"]), "doubts": tuple(each["doubts"])})
        for each in values["findings"]
    )
    return Reading(findings, values["document"])


def as_values(data: bytes) -> dict[str, Any]:
    """What `read` gives, as JSON values: the child's half."""
    reading = read(data.decode("utf-8", "surrogatepass"))
    return {
        "findings": [asdict(finding) for finding in reading.findings],
        "document": reading.as_dict(),
    }
