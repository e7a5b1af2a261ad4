"""Bringing Django up for one command: on which data, as which role."""

from __future__ import annotations

import os
from pathlib import Path

import django

SETTINGS = "luoshi.config.settings"
DEMO_FOLDER = "var/demo"


def as_application() -> None:
    """The installation that the environment names, as the application's own role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def as_owner() -> None:
    """The same, as the role that owns the tables where there is one (PostgreSQL)."""
    owner = os.environ.get("LUOSHI_OWNER_DATABASE")
    if owner:
        os.environ["LUOSHI_APPLICATION_DATABASE"] = os.environ.get("LUOSHI_DATABASE", "")
        os.environ["LUOSHI_DATABASE"] = owner
    as_application()


def as_demo() -> None:
    """The demo's own folders, unless the environment names others."""
    os.environ.setdefault("LUOSHI_DATA", str(Path(DEMO_FOLDER, "data")))
    os.environ.setdefault("LUOSHI_KEYS", str(Path(DEMO_FOLDER, "keys")))
    os.environ.setdefault("LUOSHI_OFFICE", "望川区督查室")
    os.environ.setdefault("LUOSHI_SITE", "望川区进展公开")
    as_application()
