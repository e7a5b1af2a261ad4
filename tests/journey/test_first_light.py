"""First light: one damaged sentence of the seed walks to a struck-off item on a public page, and back."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.databases import Database
from tests.journey import following_through, publishing, taking_in
from tests.journey.cast import Cast


def test_one_sentence_walks_to_a_public_page_and_back(
    cast: Cast, district: Database, keys: Path
) -> None:
    taking_in.the_clerk_takes_the_seed_in(cast)
    taking_in.she_sees_what_it_says(cast)
    taking_in.she_judges_what_was_read(cast)
    taking_in.she_drafts_the_programme(cast)
    taking_in.she_says_what_became_of_every_sentence(cast)
    taking_in.she_registers_three_items(cast)
    following_through.the_head_issues_the_list(cast)
    following_through.the_unit_signs_for_it_and_claims(cast)
    following_through.it_is_sent_back_once_then_accepted(cast)
    following_through.it_is_verified_read_concluded_and_struck_off(cast)
    publishing.the_public_reads_of_it(cast)
    publishing.it_is_taken_down_again(cast)
    the_ledger_is_whole_until_somebody_edits_a_row(district, keys)


def the_ledger_is_whole_until_somebody_edits_a_row(district: Database, keys: Path) -> None:
    """`luoshi audit` in a process of its own, before and after one line of SQL."""
    whole = _audit(district, keys)
    assert whole.returncode == 0, whole.stdout
    assert whole.stdout == ""
    with closing(sqlite3.connect(district.settings["NAME"])) as connection, connection:
        (key,) = connection.execute("SELECT id FROM programme_item WHERE serial = 1").fetchone()
        connection.execute("UPDATE programme_item SET due = '2024-12-31' WHERE id = ?", (key,))
    edited = _audit(district, keys)
    assert edited.returncode == 1
    assert edited.stdout.startswith(f"row_edited\titem:{key}\t")


def _audit(district: Database, keys: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from luoshi.cli.main import main; main()", "audit"],
        env=district.environment(keys),
        capture_output=True,
        text=True,
        check=False,
    )
