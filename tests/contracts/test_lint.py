"""Each rule of tools/lint.py refuses its bad samples and lets the good ones pass."""

import pytest

from tools import lint

BAD = [
    ("one-door", "luoshi/org/actions.py", "unit.save()"),
    ("one-door", "luoshi/org/actions.py", "await unit.asave()"),
    ("one-door", "luoshi/web/views.py", "Unit.objects.create(name='x')"),
    ("one-door", "luoshi/web/views.py", "item.listings.create(number=1)"),
    ("one-door", "luoshi/delivery/actions.py", "Item.objects.filter(pk=1).update(state='x')"),
    ("one-door", "luoshi/delivery/actions.py", "Item._base_manager.update(state='x')"),
    ("one-door", "luoshi/delivery/actions.py", "rows.bulk_create(new)"),
    ("one-door", "luoshi/intake/jobs.py", "Option.objects.get_or_create(name='x')"),
    ("one-door", "luoshi/intake/jobs.py", "Passage.objects.all()[:3].delete()"),
    ("import-on-top", "luoshi/org/rules.py", "def f():\n    import os"),
    ("import-on-top", "tests/test_x.py", "async def f():\n    if 1:\n        from a import b"),
    ("empty-init", "luoshi/org/__init__.py", "from luoshi.org.models import Unit"),
    ("named-errors", "luoshi/org/rules.py", "try:\n    f()\nexcept:\n    g()"),
    ("named-errors", "tools/x.py", "try:\n    f()\nexcept (OSError, Exception) as e:\n    log(e)"),
    ("named-errors", "luoshi/org/rules.py", "with contextlib.suppress(Exception):\n    f()"),
    ("time-is-passed", "luoshi/delivery/rules.py", "late = due < datetime.now(UTC)"),
    ("time-is-passed", "luoshi/delivery/models.py", "at = DateTimeField(default=timezone.now)"),
    ("time-is-passed", "luoshi/delivery/rules.py", "late = due < datetime.date.today()"),
    ("time-is-passed", "luoshi/delivery/rules.py", "late = due < timezone.localdate()"),
    ("edge-only", "luoshi/org/actions.py", "from django.http import HttpRequest"),
    ("edge-only", "luoshi/org/actions.py", "from django import shortcuts"),
    ("edge-only", "luoshi/text/read.py", "import argparse"),
    ("edge-only", "luoshi/web/views.py", "from wagtail.models import Page"),
    ("telling-names", "luoshi/org/utils.py", ""),
    ("telling-names", "luoshi/core/rules.py", ""),
]

GOOD = [
    ("luoshi/ledger/door.py", "row.save(update_fields=changed)"),
    ("luoshi/programme/sums.py", "Sum.objects.filter(day=day).delete()"),
    ("luoshi/portal/actions.py", "page.save()"),
    ("luoshi/org/migrations/0001_initial.py", "Option.objects.create(name='x')"),
    ("tests/ledger/test_audit.py", "Event.objects.all().delete()"),
    ("luoshi/org/actions.py", "door.create(unit, FOUND, by=by)"),
    ("luoshi/org/actions.py", "seen.update(names)\ncounts.update(a=1)"),
    ("luoshi/kernel/sum.py", "digest = hashlib.sha256()\ndigest.update(text)"),
    ("luoshi/org/rules.py", "import os\nif TYPE_CHECKING:\n    import sys"),
    ("luoshi/org/__init__.py", ""),
    ("luoshi/text/__init__.py", "from luoshi.text.read import read"),
    ("luoshi/config/sqlite3/base.py", "try:\n    f()\nexcept BaseException:\n    g()\n    raise"),
    ("luoshi/org/rules.py", "try:\n    f()\nexcept (OSError, KeyError):\n    g()"),
    ("luoshi/kernel/calendar.py", "now = datetime.now(BEIJING)"),
    ("luoshi/ledger/clock.py", "now = timezone.now()"),
    ("luoshi/cli/server.py", "now = datetime.now(BEIJING)"),
    ("luoshi/delivery/rules.py", "late = due < clock.now()"),
    ("luoshi/web/views.py", "from django.http import HttpRequest"),
    ("luoshi/cli/text.py", "import typer"),
    ("luoshi/text/read.py", "import argparsing"),
]


@pytest.mark.parametrize(("rule", "path", "code"), BAD)
def test_a_bad_sample_is_refused_by_its_rule_alone(rule: str, path: str, code: str) -> None:
    found = lint.problems(path, code)
    assert {problem.split(": ")[1] for problem in found} == {rule}


@pytest.mark.parametrize(("path", "code"), GOOD)
def test_a_good_sample_passes_every_rule(path: str, code: str) -> None:
    assert lint.problems(path, code) == []


def test_every_rule_has_a_bad_sample() -> None:
    assert {rule for rule, _, _ in BAD} == set(lint.RULES)


def test_the_repository_keeps_the_rules() -> None:
    assert lint.main([]) == 0
