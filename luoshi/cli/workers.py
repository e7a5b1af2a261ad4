"""Processes on all cores of this machine, that end when the command does, however it ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import parent_process
from threading import Thread

from luoshi.batch.job import Job, Outcome
from luoshi.batch.run import run_in_pools


def through_all_cores(jobs: Iterable[Job]) -> Iterator[Outcome]:
    """The outcomes of the jobs."""
    cores = len(os.sched_getaffinity(0))
    pool = partial(ProcessPoolExecutor, initializer=_follow_the_parent)
    yield from run_in_pools(jobs, pool, cores)


def _follow_the_parent() -> None:
    # Ctrl-C reaches every process of the terminal; a worker then ends at once and without words.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # A worker whose parent was killed would wait for its next job for ever.
    Thread(target=_end_after_the_parent, daemon=True).start()


def _end_after_the_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
