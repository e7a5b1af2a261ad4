"""A PostgreSQL server of the tests' own, from the system's binaries, as an unprivileged user."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

# It lives as long as our end of the pipe is open: also a killed test run leaves no server behind.
SERVE = """
set -eu
"$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$2/log" 2>&1
"$1/postgres" -D "$2/data" -k "$2" -h '' -c fsync=off -c synchronous_commit=off \
  -c full_page_writes=off >>"$2/log" 2>&1 &
read -r _ || true
kill -INT $!
wait $! || true
rm -rf "$2"
"""


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine, None when there is none."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def unprivileged() -> str | None:
    """Whom the server runs as: None for ourselves, another user when we are root."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class Cluster:
    """A running server. Errors: RuntimeError with the server's own words when it does not start."""

    def __init__(self, programs: Path) -> None:
        # Directly in /tmp: the path of a socket has at most 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="luoshi-pg-", dir="/tmp"))
        user = unprivileged()
        if user:
            shutil.chown(self.folder, user)
        self._server = subprocess.Popen(
            ["/bin/sh", "-c", SERVE, "sh", programs, self.folder],
            stdin=subprocess.PIPE,
            cwd=self.folder,
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
        )
        self._admin = self._connect(patience=60)

    def address(self, role: str, database: str) -> str:
        """The address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def execute(self, *statements: str) -> None:
        """Run statements as the superuser, each in its own transaction."""
        for statement in statements:
            self._admin.execute(statement.encode())

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._admin.close()
        self._server.communicate()

    def _connect(self, patience: float) -> psycopg.Connection:
        end = time.monotonic() + patience
        while True:
            try:
                return psycopg.connect(self.address("postgres", "postgres"), autocommit=True)
            except psycopg.OperationalError as error:
                if self._server.poll() is None and time.monotonic() < end:
                    time.sleep(0.05)
                    continue
                self._server.communicate()
                words = (self.folder / "log").read_text() if self.folder.exists() else ""
                shutil.rmtree(self.folder, ignore_errors=True)
                raise RuntimeError(f"PostgreSQL did not start: {error}\n{words}") from error
