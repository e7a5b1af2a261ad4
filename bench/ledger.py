"""Acts through the door, and events through the audit, on the embedded database (WAL, FULL).

They are measured in a process of its own, whose database, files and key go with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.row import Row

ACTS, WRITERS, AUDITED = 300, 4, 4_000
# A city's peak is seven reports a second, each of them some six acts.
ACTS_GOAL = 42
EVENTS_GOAL = 50_000  # a second: chained, tagged, and compared with their rows

CHILD = """
import json, sys, time
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from luoshi.kernel.actor import SYSTEM
from luoshi.ledger.audit import audit
from luoshi.ledger.founding import found
from luoshi.ledger.keys import make_key
from luoshi.org.actions import add_person

acts, writers, audited = map(int, sys.argv[1:])

def act(count):
    for number in range(count):
        add_person(f"person {number}", by=SYSTEM)
    connection.close()

def seconds(call, *given):
    started = time.perf_counter()
    call(*given)
    return time.perf_counter() - started

def together(count):
    with ThreadPoolExecutor(writers) as threads:
        list(threads.map(act, [count // writers] * writers))

make_key()
call_command("migrate", verbosity=0)
found()
act(10)
alone, crowd = acts / seconds(act, acts), acts / seconds(together, acts)
with transaction.atomic():
    for number in range(audited):
        add_person(f"person {number}", by=SYSTEM)
started = time.perf_counter()
result = audit()
print(json.dumps([alone, crowd, result.events / (time.perf_counter() - started)]))
sys.exit(not result.whole)
"""


def run() -> list[Row]:
    """The rows, as measured once: the disk's own time to sync is in them."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").mkdir()
        child = subprocess.run(
            [sys.executable, "-c", CHILD, str(ACTS), str(WRITERS), str(AUDITED)],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "luoshi.config.settings",
                "LUOSHI_DATA": f"{folder}/data",
                "LUOSHI_KEYS": f"{folder}/keys",
                "LUOSHI_DATABASE": "",
            },
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.PIPE,
            check=True,
        )
    alone, crowd, events = json.loads(child.stdout)
    return [
        Row("ledger", "acts through the door", round(alone), "1/s", ACTS_GOAL, "higher"),
        Row("ledger", f"the same, {WRITERS} writers", round(crowd), "1/s", ACTS_GOAL, "higher"),
        Row("ledger", "events through the audit", round(events), "1/s", EVENTS_GOAL, "higher"),
    ]
