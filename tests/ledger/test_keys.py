"""The keys of the tags: private files beside the data, and a new one leaves the old tags good."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from luoshi.kernel.actor import SYSTEM
from luoshi.ledger import keys
from luoshi.ledger.audit import audit
from luoshi.ledger.models import Event
from luoshi.org import actions as org
from tests.world import World


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A folder for keys, not yet made, beside the data."""
    settings.DATA_FOLDER = tmp_path / "data"
    settings.KEYS_FOLDER = tmp_path / "keys"
    return tmp_path / "keys"


def test_a_key_is_a_file_that_only_its_owner_reads(folder: Path) -> None:
    path = keys.make_key()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(bytes.fromhex(path.read_text())) == 32


def test_a_key_that_is_there_is_kept(folder: Path) -> None:
    before = keys.make_key().read_text()
    assert keys.make_key().read_text() == before


@pytest.mark.parametrize("place", ["", "keys", "deep/er"])
def test_no_key_lies_in_the_data_folder(tmp_path: Path, settings: Settings, place: str) -> None:
    settings.DATA_FOLDER = tmp_path / "data"
    settings.KEYS_FOLDER = tmp_path / "data" / place
    with pytest.raises(ImproperlyConfigured, match="data folder"):
        keys.make_key()
    assert list(tmp_path.rglob("*.key")) == []


def test_a_way_round_into_the_data_folder_is_seen(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_FOLDER = tmp_path / "data"
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    settings.KEYS_FOLDER = tmp_path / "link" / "keys"
    with pytest.raises(ImproperlyConfigured, match="data folder"):
        keys.make_key()


def test_without_a_key_nothing_can_be_written(world: World, folder: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="luoshi up"):
        org.add_person("某", by=SYSTEM)


@pytest.mark.parametrize("number", [2, 10])
def test_the_newest_key_tags_and_old_tags_still_verify(
    keys_of_session: Path, world: World, folder: Path, number: int
) -> None:
    folder.mkdir()
    (folder / "ledger-1.key").write_text((keys_of_session / "ledger-1.key").read_text())
    keys.make_key("ledger-2")
    keys.make_key(f"ledger-{number}")
    person = org.add_person("某", by=SYSTEM)
    assert Event.objects.get(stream=person.stream).key == f"ledger-{number}"
    assert set(Event.objects.values_list("key", flat=True)) == {"ledger-1", f"ledger-{number}"}
    assert [fault.code for fault in audit().faults if not fault.code.startswith("file")] == []


@pytest.fixture
def keys_of_session(keys: Path) -> Path:
    """The folder of the keys that the world was tagged with."""
    return keys
