"""The workers of a Dask cluster. Needs the extra `cluster`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from luoshi.batch.job import Job, Outcome
from luoshi.batch.run import AHEAD, run
from luoshi.cli.source import Misused
from luoshi.cli.words import gettext as _

try:
    from distributed import Client
except ImportError as error:
    raise ImportError("a cluster needs Dask: pip install 'luoshi[cluster]'") from error

_ADDRESS = re.compile(r"(tcp|tls)://[^/\s]+:\d+")
_PATIENCE = "10s"
_AGAIN = 3  # times that a job is given to another worker when its own dies


@contextmanager
def cluster(address: str) -> Iterator[Callable[[Iterable[Job]], Iterator[Outcome]]]:
    """Carries jobs out on the cluster. Errors: Misused when it does not answer."""
    with _client(address) as client:
        # Not pure: Dask would answer a job that it has seen from memory, written or not.
        executor = client.get_executor(pure=False, retries=_AGAIN)
        ahead = max(AHEAD, 4 * sum(client.ncores().values()))

        def through(jobs: Iterable[Job]) -> Iterator[Outcome]:
            return run(jobs, executor, ahead)

        yield through


def _client(address: str) -> Client:
    try:
        if not _ADDRESS.fullmatch(address):
            raise ValueError(address)
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Misused(_("连不上集群 {address}。请检查地址。").format(address=address)) from error
