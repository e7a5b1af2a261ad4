"""What every template keeps so that a strict policy holds and no icon or fragment is missing."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "luoshi"
FOLDERS = [ROOT / "web/templates", ROOT / "portal/templates"]
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
STYLES = sorted(
    path for app in ("web", "portal") for path in (ROOT / app / "static").rglob("*.css")
)
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)


def markup(path: Path) -> str:
    """The template without its comments."""
    return COMMENT.sub("", path.read_text("utf-8"))


def name(path: Path) -> str:
    """The path as a test id."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_stands_inline_that_a_strict_policy_refuses(path: Path) -> None:
    text = markup(path)
    assert not re.search(r"\sstyle\s*=|<style", text)
    assert not re.search(r"\son[a-z]+\s*=|\shx-on|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "data:" not in text


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_no_style_sheet_draws_from_a_data_address_or_another_host(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "url(data:" not in text.replace('"', "").replace("'", "")
    assert "sourceMappingURL" not in text
    assert not re.search(r"url\([\"']?(?:https?:)?//|@import", text)


def test_every_icon_in_use_is_in_the_sprite() -> None:
    sprite = (ROOT / "web/templates/web/_sprite.html").read_text("utf-8")
    drawn = set(re.findall(r'<symbol id="([il]-[\w-]+)"', sprite))
    used = {
        icon
        for path in TEMPLATES
        for icon in re.findall(r'href="#([il]-[a-z0-9-]+)"', markup(path))
    }
    assert used
    assert used <= drawn


def test_every_fragment_included_exists() -> None:
    included = {
        found
        for path in TEMPLATES
        for found in re.findall(r'\{% (?:include|extends) "([^"]+)"', markup(path))
    }
    missing = {
        found for found in included if not any((folder / found).exists() for folder in FOLDERS)
    }
    assert included
    assert not missing


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_template_but_the_ground_says_what_it_is_given(path: Path) -> None:
    given_nothing = {"_demo.html", "_keys.html", "_language.html", "_sprite.html", "_tab_bar.html"}
    assert path.name in given_nothing or "{% comment %}" in path.read_text("utf-8")
