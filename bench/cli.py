"""The whole process of `luoshi read` on the sample that ships, and folders on all cores."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import luoshi
from bench.row import Row
from luoshi.batch.restoring import restore_folder

ROUNDS = 5
SECONDS, MEGABYTES = 0.5, 120
SHARDS, PAGES = 24, 120  # of a folder; pages of the sample in each shard
OF_THE_CORES = 0.75  # of so many times one core's speed as there are cores
MAIN = "from luoshi.cli.main import main; main()"
PACKAGE = Path(luoshi.__file__).parent
SAMPLE = PACKAGE / "officialdoc" / "samples" / "mobilisation-meeting-2023.txt"


def run() -> list[Row]:
    """Median of the wall time, worst of the memory; the first round warms the file cache."""
    measured()
    rounds = [measured() for _ in range(ROUNDS)]
    seconds = statistics.median(second for second, _ in rounds)
    megabytes = max(megabyte for _, megabyte in rounds)
    return [
        Row("cli", "luoshi read, the sample", round(seconds, 3), "s", SECONDS, "lower"),
        Row("cli", "the same, peak memory", round(megabytes, 1), "MB", MEGABYTES, "lower"),
        *_folder_rows(),
    ]


def measured(path: Path = SAMPLE) -> tuple[float, float]:
    """Seconds and megabytes of one process that reads a file, from its start to its end."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "read", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=PACKAGE.parent,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"luoshi read ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def _folder_rows() -> list[Row]:
    """A folder of damaged shards through a pool of one process and through one on every core."""
    cores = len(os.sched_getaffinity(0))
    with TemporaryDirectory() as place:
        source = Path(place) / "in"
        source.mkdir()
        for number in range(SHARDS):
            (source / f"{number}.txt").write_text(SAMPLE.read_text("utf-8") * PAGES, "utf-8")
        size = sum(path.stat().st_size for path in source.iterdir()) / 1e6
        alone, together = (_folder_seconds(source, workers) for workers in (1, cores))
    return [
        Row("cli", "folder, one core", round(size / alone, 2), "MB/s", 4, "higher"),
        Row(
            "cli",
            f"the same on {cores} cores, against one",
            round(alone / together, 2),
            "times",
            OF_THE_CORES * cores,
            "higher",
        ),
    ]


def _folder_seconds(source: Path, workers: int) -> float:
    """The best of three rounds, each into a folder of its own."""
    rounds = []
    for number in range(3):
        out = source.parent / f"{workers}-{number}"
        with ProcessPoolExecutor(workers) as executor:
            started = time.perf_counter()
            states = {outcome.state for outcome in restore_folder(source, out, executor)}
            rounds.append(time.perf_counter() - started)
        if states != {"done"}:
            raise RuntimeError(f"the folder came back {states}")
    return min(rounds)
