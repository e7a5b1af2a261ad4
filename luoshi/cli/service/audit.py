"""`luoshi audit`: recompute the ledger and compare everything with it (轨迹核验)."""

from __future__ import annotations

import sys

import typer

from luoshi.ledger.audit import audit as run_audit

WORDS = {
    "event_missing": "an event is missing before it",
    "chain_broken": "it does not follow the event before it",
    "header_edited": "its header was edited, or its key is missing",
    "key_missing": "the key that tagged it is not in the folder of keys",
    "body_edited": "its body was edited",
    "body_missing": "its body is gone and no erasure says so",
    "row_inserted": "the row came in behind the door",
    "row_edited": "the row was edited behind the door",
    "row_deleted": "the row was deleted behind the door",
    "file_missing": "the stored file is gone",
    "file_changed": "the stored file was changed",
}


def audit() -> None:
    """Check the whole ledger. Prints each fault; exits 1 when there is one."""
    result = run_audit()
    for fault in result.faults:
        detail = f" ({fault.detail})" if fault.detail else ""
        print(f"{fault.code}\t{fault.place}\t{WORDS[fault.code]}{detail}")
    print(
        f"{result.events} events in {result.streams} streams, {result.rows} rows, {result.files} files, "
        f"{result.erased} bodies erased: {'whole' if result.whole else f'{len(result.faults)} faults'}",
        file=sys.stderr,
    )
    if not result.whole:
        raise typer.Exit(1)
