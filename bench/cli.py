"""The whole process of `luoshi read` on the sample that ships: time and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import luoshi
from bench.row import Row

ROUNDS = 5
SECONDS, MEGABYTES = 0.5, 120
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
