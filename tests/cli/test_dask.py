"""A cluster of two workers, one of them killed at work; the workers are processes of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from time import sleep

import pytest

import luoshi.officialdoc
from luoshi.batch.job import carry_out
from luoshi.batch.restoring import Restore
from luoshi.batch.run import carried_out, planned

SEED = Path(luoshi.officialdoc.__file__).parent / "samples" / "mobilisation-meeting-2023.txt"
ROOT = Path(__file__).resolve().parents[2]
MAIN = "from luoshi.cli.main import main; main()"
SCHEDULER = ("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
WORKER = ("-m", "distributed.cli.dask_worker", "--no-nanny", "--nthreads", "1")
PLAIN = ("--no-dashboard",)
SHARDS, LINES = 8, 20


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    """Shards of damaged pages, a part of a second of work each."""
    folder, seed = tmp_path / "in", SEED.read_text("utf-8")
    folder.mkdir()
    for number in range(SHARDS):
        lines = (json.dumps({"id": number, "text": f"{seed}第{line}页"}) for line in range(LINES))
        (folder / f"{number:02}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        (folder / f"{number:02}.txt").write_text(f"{seed * 20}第{number}期", "utf-8")
    return folder


class Cluster:
    """A scheduler and two workers; `kill` ends one of them at once."""

    def __init__(self, stack: ExitStack, place: Path) -> None:
        self._stack, self._place, self._numbers = stack, place, count()
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        _, log = self._start(*SCHEDULER)
        self.address = self._said(log, r"Scheduler at:\s+(tcp://\S+)")
        workers = [self._start(*WORKER, self.address) for _ in range(2)]
        for _, log in workers:
            self._said(log, r"Registered to:\s+(tcp://\S+)")
        self.workers = [process for process, _ in workers]

    def _start(self, *arguments: str) -> tuple[subprocess.Popen[bytes], Path]:
        log = self._place / f"dask-{next(self._numbers)}.log"
        out = self._stack.enter_context(log.open("wb"))
        command = [sys.executable, *arguments, *PLAIN]
        process = subprocess.Popen(
            command, stdout=out, stderr=out, cwd=self._place, env=self._environment
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process, log

    def _said(self, log: Path, wanted: str) -> str:
        until(lambda: re.search(wanted, log.read_text()) is not None)
        found = re.search(wanted, log.read_text())
        assert found
        return found[1]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    with ExitStack() as stack:
        yield Cluster(stack, tmp_path)


def until(true: Callable[[], bool]) -> None:
    for _ in range(6_000):
        if true():
            return
        sleep(0.01)
    raise AssertionError("it never came about")


def paths(out: Path) -> list[str]:
    """The paths of the manifest's whole lines."""
    log = out / ".luoshi" / "manifest.jsonl"
    lines = log.read_bytes().splitlines(keepends=True) if log.exists() else []
    return [json.loads(line)["path"] for line in lines if line.endswith(b"\n")]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".luoshi" not in path.parts
    }


@pytest.mark.cluster
def test_one_of_two_workers_is_killed_and_no_shard_is_lost_or_done_twice(
    cluster: Cluster, shards: Path, tmp_path: Path
) -> None:
    out, report = tmp_path / "out", tmp_path / "report"
    command = ["restore", str(shards), "--out", str(out), "--report", str(report)]
    command += ["--dask", cluster.address]
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, *command], stderr=subprocess.PIPE, cwd=ROOT
    )
    until(lambda: len(paths(out)) >= 3)
    assert len(paths(out)) < 2 * SHARDS - 2
    cluster.workers[0].kill()
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()
    assert cluster.workers[1].poll() is None
    assert f"还原 {2 * SHARDS} 份，先前已完成 0 份，未能处理 0 份" in errors.decode()
    names = sorted(path.name for path in shards.iterdir())
    assert Counter(paths(out)) == Counter(names)
    serial = tmp_path / "serial", tmp_path / "serial-report"
    plan = planned(shards, serial, Restore(report=True))
    assert {one.state for one in carried_out(plan, lambda jobs: map(carry_out, jobs))} == {"done"}
    assert contents(out) == contents(serial[0])
    assert contents(report) == contents(serial[1])
