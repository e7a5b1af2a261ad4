"""Work on bytes we do not trust, or that may take long, in a process of its own with limits.

`run` starts it from any thread (no fork of a threaded server); the child imports one function of
ours, gives it the bytes and writes one line of JSON. What it may not do it cannot do: the limits
are the kernel's.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from luoshi.kernel.errors import Invalid, LuoshiError
from luoshi.officialdoc.limits import limit

_ROOT = str(Path(__file__).resolve().parents[2])
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from luoshi.officialdoc.child import serve; serve(sys.argv[2], sys.argv[3])"
)
_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000
_STDERR_BYTES = 65_536
_OPEN_FILES = 64
_EXIT_TOO_BIG = 9


@dataclass(frozen=True, slots=True)
class Done:
    """The function's answer."""

    value: Any


@dataclass(frozen=True, slots=True)
class Refused:
    """The function refused its input; `code` and `values` as in the kernel's errors."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TooLong:
    """It was stopped for its time: `kind` is cpu or wall."""

    kind: str


@dataclass(frozen=True, slots=True)
class TooBig:
    """It was stopped for its size: `kind` is memory or output."""

    kind: str


@dataclass(frozen=True, slots=True)
class Crashed:
    """It ended in a way nobody planned; `detail` is for the administrator, not for the page."""

    detail: str


Outcome = Done | Refused | TooLong | TooBig | Crashed


def run(
    function: str,
    data: bytes,
    arguments: Mapping[str, Any] | None = None,
    options: Mapping[str, int] | None = None,
) -> Outcome:
    """How `function(data, **arguments)` ended in a child process.

    `function` is `package.module:name`; arguments and answer are JSON values.
    """
    limits = {
        name: limit(f"child_{name}", options)
        for name in ("cpu_seconds", "wall_seconds", "memory_bytes", "output_bytes")
    }
    request = json.dumps({"arguments": dict(arguments or {}), "limits": limits})
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, _ROOT, function, request]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as errors:
        given.write(data)
        given.seek(0)
        answer, returned, overdue = _watched(command, given, errors, limits)
        errors.seek(0)
        detail = errors.read(_STDERR_BYTES).decode("utf-8", "replace").strip()
    if overdue:
        return TooLong("wall")
    return _outcome(answer, returned, detail, limits["output_bytes"])


def raised(outcome: Outcome) -> Any:
    """The value of a Done. Errors: Invalid(its own | too_long | too_big | reading_crashed)."""
    match outcome:
        case Done(value):
            return value
        case Refused(code, values):
            raise Invalid(code, **values)
        case TooLong(kind):
            raise Invalid("too_long", kind=kind)
        case TooBig(kind):
            raise Invalid("too_big", kind=kind)
        case Crashed(detail):
            raise Invalid("reading_crashed", detail=detail)


def _watched(
    command: list[str], given: IO[bytes], errors: IO[bytes], limits: Mapping[str, int]
) -> tuple[bytes, int, bool]:
    """The child's output (one byte more than allowed at most), its return code, was it overdue?"""
    overdue = threading.Event()
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=environment,
        cwd="/",
        start_new_session=True,
    ) as process:

        def stop() -> None:
            overdue.set()
            _kill(process)

        timer = threading.Timer(limits["wall_seconds"], stop)
        timer.start()
        try:
            answer = process.stdout.read(limits["output_bytes"] + 1) if process.stdout else b""
            if len(answer) > limits["output_bytes"]:
                _kill(process)
            returned = process.wait()
        finally:
            timer.cancel()
            _kill(process)
    return answer, returned, overdue.is_set()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _outcome(answer: bytes, returned: int, detail: str, most: int) -> Outcome:
    if len(answer) > most:
        return TooBig("output")
    if returned == -signal.SIGXCPU:
        return TooLong("cpu")
    if returned == _EXIT_TOO_BIG or "MemoryError" in detail:
        return TooBig("memory")
    if returned != 0:
        return Crashed(detail[-2_000:] or f"exit {returned}")
    try:
        values = json.loads(answer)
        return (
            Done(values["done"]) if "done" in values else Refused(values["code"], values["values"])
        )
    except (ValueError, TypeError, KeyError) as error:
        return Crashed(f"unreadable answer: {error}")


def serve(function: str, request: str) -> None:
    """Writes the answer of `function` to standard output; the child's whole life."""
    wanted = json.loads(request)
    _confine(wanted["limits"])
    module, _, name = function.partition(":")
    try:
        called = getattr(importlib.import_module(module), name)
        answer = {"done": called(sys.stdin.buffer.read(), **wanted["arguments"])}
        written = json.dumps(answer, ensure_ascii=False).encode()
    except LuoshiError as error:
        refused = {"code": error.code, "values": dict(error.values)}
        written = json.dumps(refused, default=str).encode()
    except MemoryError:
        os._exit(_EXIT_TOO_BIG)
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


def _confine(limits: Mapping[str, int]) -> None:
    """Hard limits of the kernel, and no network where an unprivileged user may have that."""
    cpu = limits["cpu_seconds"]
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_AS, limits["memory_bytes"], limits["memory_bytes"]),
        (resource.RLIMIT_FSIZE, _STDERR_BYTES, _STDERR_BYTES),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))
    if sys.platform == "linux":
        # Refused inside some containers: the limits above stand all the same.
        ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
