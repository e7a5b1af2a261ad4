"""SQLite with a gate: writers stand in line at the outermost BEGIN, in the order they came.

Without it SQLite lets its writers wait unfairly, some for the whole of a rush. The gate is an
`flock` on a new descriptor each time (`lockf` is per process and would let threads in together).
"""

from __future__ import annotations

import fcntl
from typing import Any, TextIO

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite backend, its write transactions behind one file lock."""

    _gate: TextIO | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_gate()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # a private method of Django's, not in the stubs
        except BaseException:
            self._leave_gate()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]  # a private method of Django's, not in the stubs
        finally:
            if self.connection is None or not self.connection.in_transaction:
                self._leave_gate()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # a private method of Django's, not in the stubs
        finally:
            self._leave_gate()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]  # a private method of Django's, not in the stubs
        finally:
            self._leave_gate()

    def _enter_gate(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._gate is None and ":memory:" not in name and "mode=memory" not in name:
            self._gate = open(f"{name}.gate", "w")  # noqa: PTH123, SIM115 - held until COMMIT
            fcntl.flock(self._gate, fcntl.LOCK_EX)

    def _leave_gate(self) -> None:
        if self._gate is not None:
            self._gate.close()
            self._gate = None
