"""The outcome of an audit in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luoshi.ledger.audit import Audit, Fault
from luoshi.web import words

SHOWN = 100  # faults shown at once


def audit_page(result: Audit | None, *, at: datetime) -> dict[str, Any]:
    """The context of web/verify.html."""
    if result is None:
        return {"here": "verify", "result": None}
    return {
        "here": "verify",
        "result": {
            "whole": result.whole,
            "at": at,
            "events": result.events,
            "streams": result.streams,
            "rows": result.rows,
            "files": result.files,
            "erased": result.erased,
            "count": len(result.faults),
            "faults": [_fault(fault) for fault in result.faults[:SHOWN]],
        },
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {"words": words.FAULTS[fault.code], "place": fault.place, "detail": fault.detail}
