"""What a child process must survive: called by name from `test_child.py`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from luoshi.kernel.errors import Invalid


def length(data: bytes, more: int = 0) -> int:
    return len(data) + more


def refuse(data: bytes) -> None:
    raise Invalid("text_nul", position=len(data), line=1)


def spin(data: bytes) -> None:
    while True:
        pass


def sleep(data: bytes) -> None:
    time.sleep(60)


def hold_the_pipe(data: bytes) -> None:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    time.sleep(60)


def swell(data: bytes) -> int:
    return len(bytearray(1_000_000_000))


def chatter(data: bytes) -> str:
    return "x" * 1_000_000


def fail(data: bytes) -> None:
    raise ZeroDivisionError("planned")


def die(data: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave_early(data: bytes) -> None:
    os._exit(0)


def write_a_file(data: bytes) -> int:
    path = Path("/tmp") / f"luoshi-child-{os.getpid()}"
    try:
        return path.write_bytes(b"x" * 1_000_000)
    finally:
        path.unlink(missing_ok=True)


def surroundings(data: bytes) -> dict[str, Any]:
    return {
        "environment": sorted(os.environ),
        "interfaces": [name for _, name in socket.if_nameindex()],
        "network": str(Path("/proc/self/ns/net").readlink()),
        "encoding": sys.stdout.encoding,
        "folder": str(Path.cwd()),
    }
