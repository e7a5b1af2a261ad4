from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _pipe_signal() -> Iterator[None]:
    """Takes back what a command did to SIGPIPE: a broken pipe must not end the tests."""
    before = signal.getsignal(signal.SIGPIPE)
    yield
    signal.signal(signal.SIGPIPE, before)
