"""Requests that the live server has not finished: a database must not go away under them.

The server's threads close their connections after the answer was sent, when a quick test is over.
"""

from __future__ import annotations

import threading
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import connections

_changed = threading.Condition()
_open = 0


def watch() -> None:
    """Count from now on."""
    request_started.connect(_started)
    request_finished.connect(_finished)


def wait_for_the_end(patience: float = 10) -> None:
    """Come back when no thread answers a request any more. Errors: TimeoutError."""
    with _changed:
        if not _changed.wait_for(lambda: _open == 0, patience):
            raise TimeoutError(f"{_open} requests of the live server do not end")


def _started(**_: Any) -> None:
    if _in_a_server():
        _count(1)


def _finished(**_: Any) -> None:
    if _in_a_server():
        # Now, not by Django's own receiver: that one may come after us.
        connections.close_all()
        _count(-1)


def _in_a_server() -> bool:
    """The test client asks in the thread of the test, and does not always read to the end."""
    return threading.current_thread() is not threading.main_thread()


def _count(step: int) -> None:
    global _open
    with _changed:
        _open += step
        _changed.notify_all()
