"""Every page of the demo: queries and server milliseconds; memory of the server; from nothing to the door.

The demo is made in folders of its own, which go with it. Pages are asked for in a process of its
own by Django's test client; the first rounds warm the templates.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

from bench.row import Row

ROOT = Path(__file__).parent.parent

ROUNDS, WARMING = 20, 3
QUERIES, MILLISECONDS = 15, 40
# The installation itself is not in these two: `make demo` has 90 s and 15 s with it.
COLD, WARM = 60, 10
MEGABYTES = 150  # of the server and its worker, after every page was asked for once
PATIENCE = 120  # seconds in which a server answers or never will
MAIN = "from luoshi.cli.main import main; main()"

# account, page; the names in braces are filled in from the demo
PAGES = (
    ("", "/sign-in/"),
    ("", "/public/"),
    ("", "/public/items/2023-001/"),
    ("", "/public/documents/{digest}/"),
    ("inspector", "/"),
    ("clerk", "/documents/"),
    ("clerk", "/documents/{document}/"),
    ("clerk", "/documents/{document}/facts/"),
    ("clerk", "/documents/{document}/repairs/"),
    ("clerk", "/documents/{document}/draft-programme/"),
    ("clerk", "/findings/{finding}/correct/"),
    ("clerk", "/programmes/"),
    ("clerk", "/programmes/{programme}/"),
    ("clerk", "/programmes/{draft}/register-item/"),
    ("office-head", "/programmes/{draft}/issue/"),
    ("inspector", "/items/"),
    ("inspector", "/items/2023-001/"),
    ("inspector", "/reports/{claim}/review/"),
    ("farming", "/assignments/{assignment}/report/"),
    ("office-head", "/publicity/"),
)

CHILD = """
import json, statistics, sys, time
from datetime import date
import django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from luoshi.delivery.actions import sign_for
from luoshi.delivery.models import Assignment, Report
from luoshi.intake.models import Document
from luoshi.org import queries as org
from luoshi.org.models import Account, Unit
from luoshi.programme.actions import DutyGiven, draft_programme, register_item
from luoshi.programme.models import Programme

pages, rounds, warming = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
document = Document.objects.get()
finding = document.findings.filter(kind="directive").order_by("order")[2]
clerk = org.actor(Account.objects.get(username="clerk"))
draft = draft_programme(document, title="draft", year=2023, by=clerk)
lead = DutyGiven("lead_unit", unit=Unit.objects.get(short_name="区审批局"))
register_item(
    draft.headings.first(), by=clerk, finding=finding, requirement="x", grade="simple",
    due=date(2023, 12, 1), duties=[lead],
)
waiting = Assignment.objects.get(state="to_sign_for")
farming = org.actor(Account.objects.get(username="farming"))
working = sign_for(waiting, by=farming, seen=waiting.version)
names = {
    "digest": document.digest[:12],
    "document": document.pk,
    "finding": finding.pk,
    "programme": Programme.objects.order_by("pk").first().pk,
    "draft": draft.pk,
    "claim": Report.objects.get(claim=True, state="signed").pk,
    "assignment": working.pk,
}

def measure(client, path):
    for _ in range(warming):
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    # Counted now: the next request empties the log.
    queries = sum(not each["sql"].startswith(("BEGIN", "COMMIT")) for each in asked)
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        client.get(path)
        times.append(time.perf_counter() - started)
    return queries, statistics.median(times) * 1000

found = []
for account, path in pages:
    client = Client(SERVER_NAME="localhost")
    if account:
        client.force_login(Account.objects.get(username=account), "django.contrib.auth.backends.ModelBackend")
    found.append(measure(client, path.format(**names)))
print(json.dumps(found))
"""


def run() -> list[Row]:
    """Cold start, warm start, memory, then queries and milliseconds of each page."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "luoshi.config.settings",
            "LUOSHI_DATA": f"{folder}/data",
            "LUOSHI_KEYS": f"{folder}/keys",
            "LUOSHI_DATABASE": "",
        }
        cold, _ = _started(environment)
        warm, megabytes = _started(environment)
        return [
            Row("pages", "luoshi demo, from an empty folder", round(cold, 1), "s", COLD, "lower"),
            Row("pages", "the same, seeded before", round(warm, 1), "s", WARM, "lower"),
            Row("pages", "the server, memory", round(megabytes), "MB", MEGABYTES, "lower"),
            *_pages(environment),
        ]


def _pages(environment: Mapping[str, str]) -> Iterator[Row]:
    child = subprocess.run(
        [sys.executable, "-c", CHILD, json.dumps(PAGES), str(ROUNDS), str(WARMING)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    for (account, path), (queries, milliseconds) in zip(
        PAGES, json.loads(child.stdout), strict=True
    ):
        name = f"{account or 'nobody'} {path}"
        yield Row("pages", name, queries, "queries", QUERIES, "lower")
        yield Row("pages", name, round(milliseconds, 1), "ms", MILLISECONDS, "lower")


def _started(environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds until the door answers after `luoshi demo`; megabytes once the clerk has looked around."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    started = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-c", MAIN, "demo", "--port", str(port)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{address}/sign-in/", server)
        seconds = time.perf_counter() - started
        _look_around(address)
        return seconds, _megabytes(server.pid)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Come back when a page answers. Errors: TimeoutError; RuntimeError when the server has ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"luoshi demo ended with {server.returncode}")
        try:
            urlopen(address, timeout=PATIENCE).close()
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(address)


def _look_around(address: str) -> None:
    """The clerk signs in, as the door of a demo tells, and opens the pages that need no names."""
    cookies = CookieJar()
    browser = build_opener(HTTPCookieProcessor(cookies))
    with browser.open(f"{address}/sign-in/") as door:
        (password,) = set(re.findall(r"password=([\w-]+)", door.read().decode()))
    token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
    form = {"username": "clerk", "password": password, "csrfmiddlewaretoken": token}
    browser.open(f"{address}/sign-in/", urlencode(form).encode()).close()
    for _, path in PAGES:
        if "{" not in path:
            with suppress(HTTPError):  # what is not the clerk's is refused
                browser.open(address + path).close()


def _megabytes(process: int) -> float:
    """Proportional memory of a process and its children."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own / 1024 + sum(_megabytes(int(child)) for child in children)
