"""A kill in the middle of an intake leaves nothing half saved, and the next try works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.intake.models import Document, Finding
from luoshi.ledger.audit import audit
from luoshi.ledger.models import Answer, Event, File
from tests.together import everything
from tests.world import World

# One process that forks a child for every statement of the intake; the child dies right after it,
# the first one in the middle of writing the file. Prints how many were killed.
KILLER = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from luoshi.intake import actions as intake
from luoshi.ledger import files
from luoshi.ledger.door import once
from luoshi.ledger.files import Upload
from luoshi.org import queries
from luoshi.text import restore
from luoshi.text.reading import Finding, Reading

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def act(by):
    text = "各单位要抓好落实。"
    document = intake.receive(Upload(text.encode(), "a.txt", "text/plain"), text, restore(text), by=by)
    found = Finding("directive", 0, 8, {"strength": "soft"})
    return intake.read_document(document, Reading((found,), {"kind": "A"}), by=by).pk

def child(count):
    by = queries.actor(queries.account("clerk"))
    run = 0
    def wrapper(execute, *given):
        nonlocal run
        answer = execute(*given)
        run += 1
        return answer if run != count else die()
    if count == 0:
        files.os.fsync = die
    with connection.execute_wrapper(wrapper):
        once("k", lambda: act(by), by=by, content={})
    os._exit(0)

count, status = -1, 1
while status:
    count += 1
    if not (pid := os.fork()):
        child(count)
    status = os.waitpid(pid, 0)[1]
    assert status in (0, signal.SIGKILL), status
print(count)
"""


@pytest.mark.both
def test_a_kill_after_any_statement_of_an_intake_leaves_nothing_half_saved(
    world: World, keys: Path
) -> None:
    before = {table: len(rows) for table, rows in everything().items()}
    child = subprocess.run(
        [sys.executable, "-c", KILLER], env=world.database.environment(keys),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(child.stdout) > 20
    after = {table: len(rows) for table, rows in everything().items()}
    grown = {
        table: after[table] - before[table] for table in after if after[table] != before[table]
    }
    once = (Document, File, Finding, Answer)
    assert {model._meta.db_table: grown.pop(model._meta.db_table) for model in once} == {
        model._meta.db_table: 1 for model in once
    }
    assert grown == {"intake_passage": 1, "ledger_event": 2, "ledger_eventbody": 2}
    document = Document.objects.latest("pk")
    names = Event.objects.filter(stream=document.stream).values_list("name", flat=True)
    assert list(names.order_by("sequence")) == ["document.received", "document.read"]
    assert audit().whole
