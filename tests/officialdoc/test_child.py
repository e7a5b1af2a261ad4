from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.child import (
    Crashed,
    Done,
    Outcome,
    Refused,
    TooBig,
    TooLong,
    raised,
    run,
)


def outcome(name: str, data: bytes = b"", **options: int) -> Outcome:
    return run(
        f"tests.officialdoc.naughty:{name}",
        data,
        options={f"child_{option}": value for option, value in options.items()},
    )


def test_the_answer_comes_back() -> None:
    data = b"\x00\xff" * 1_000_000
    assert run("tests.officialdoc.naughty:length", data, {"more": 1}) == Done(2_000_001)


def test_a_refusal_comes_back_with_its_code_and_values() -> None:
    refused = outcome("refuse", b"abc")
    assert refused == Refused("text_nul", {"position": 3, "line": 1})
    with pytest.raises(Invalid) as error:
        raised(refused)
    assert (error.value.code, error.value.values["position"]) == ("text_nul", 3)


def test_endless_work_is_stopped_by_its_own_clock() -> None:
    assert outcome("spin", cpu_seconds=1) == TooLong("cpu")


@pytest.mark.parametrize("name", ["sleep", "hold_the_pipe"])
def test_waiting_is_stopped_by_the_wall_clock(name: str) -> None:
    started = time.monotonic()
    assert outcome(name, wall_seconds=1) == TooLong("wall")
    assert time.monotonic() - started < 10


def test_memory_has_an_end() -> None:
    assert outcome("swell") == TooBig("memory")


def test_an_answer_has_an_end() -> None:
    assert outcome("chatter", output_bytes=1_000) == TooBig("output")
    assert outcome("chatter") == Done("x" * 1_000_000)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("fail", "planned"),
        ("die", "exit -11"),
        ("leave_early", "unreadable answer"),
        ("write_a_file", "File too large"),
        ("not_there", "not_there"),
    ],
)
def test_any_other_end_is_a_crash_with_its_detail(name: str, told: str) -> None:
    crashed = outcome(name)
    assert isinstance(crashed, Crashed)
    assert told in crashed.detail
    with pytest.raises(Invalid, match="reading_crashed"):
        raised(crashed)


def test_nothing_of_the_servers_environment_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_SECRET", "x")
    done = outcome("surroundings")
    assert isinstance(done, Done)
    assert set(done.value["environment"]) <= {"PATH", "LC_ALL", "LC_CTYPE"}
    assert (done.value["encoding"], done.value["folder"]) == ("utf-8", "/")


def may_have_no_network() -> bool:
    """May a new process of this user leave the network here?"""
    tried = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x50000000) != 0)"
    return subprocess.run([sys.executable, "-c", tried], check=False).returncode == 0


@pytest.mark.skipif(not may_have_no_network(), reason="this container forbids network namespaces")
def test_the_child_has_no_network() -> None:
    done = outcome("surroundings")
    assert isinstance(done, Done)
    assert done.value["network"] != str(Path("/proc/self/ns/net").readlink())
    assert done.value["interfaces"] == ["lo"]


def test_many_threads_may_start_children_at_once() -> None:
    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(lambda size: outcome("length", b"x" * size), range(8)))
    assert outcomes == [Done(size) for size in range(8)]
