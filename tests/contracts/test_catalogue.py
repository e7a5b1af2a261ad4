"""The catalogues: the English one calm, complete, and English; the Traditional one the glossary's."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import polib

import luoshi
from tools.messages import ROOT, traditional

MESSAGES = polib.pofile(
    str(Path(luoshi.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po")
)
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# an example of what may be typed, as the source says it
QUOTED = "年底前"


def test_no_english_message_holds_chinese() -> None:
    found = [each.msgstr for each in MESSAGES if CHINESE.search(each.msgstr.replace(QUOTED, ""))]
    assert found == []


def test_no_english_message_raises_its_voice() -> None:
    assert [each.msgstr for each in MESSAGES if "!" in each.msgstr] == []


def test_marks_are_straight_because_a_chinese_font_draws_curly_ones_a_full_width_wide() -> None:
    assert [each.msgstr for each in MESSAGES if re.search("[‘’“”]", each.msgstr)] == []


def test_a_verb_on_its_button_is_not_what_the_ledger_says_of_it() -> None:
    told = {each.msgid: each.msgstr for each in MESSAGES if each.msgctxt == "trail"}
    ordered = {each.msgid: each.msgstr for each in MESSAGES if each.msgctxt is None}
    assert told["审签"] == "signed"
    assert ordered["审签"] == "Sign"


def test_the_traditional_words_are_those_of_the_glossary() -> None:
    with (ROOT / "docs" / "glossary.csv").open(encoding="utf-8") as stream:
        terms = [(row["zh-Hans"], row["zh-Hant"]) for row in csv.DictReader(stream)]
    assert [traditional(simplified) for simplified, _ in terms] == [word for _, word in terms]
