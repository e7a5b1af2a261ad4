"""密级: the mark that keeps a paper out."""

from __future__ import annotations

import re

_HEAD = 800  # characters; the mark stands in the upper corners of the first page (GB/T 9704 7.2.2)
_GRADE = "绝密|絕密|机密|機密|秘密"
_URGENCY = "特急|加急|平急|特提"
_BLANK = re.compile(r"[\s\u3000\xa0]+")
# A line of its own, perhaps with copy number, urgency or term beside it; a grade with its star; a
# labelled grade. The word in a sentence (保守国家秘密) is no mark.
_LINE = re.compile(
    rf"(?:\d{{1,8}}|{_URGENCY})*({_GRADE})(?:[★☆*＊].{{0,12}}|\d{{1,6}}(?:年|个月|個月|月)?|长期|長期|{_URGENCY})*"
)
_STAR = re.compile(rf"({_GRADE})[★☆]")
_LABEL = re.compile(rf"(?:密级|密級|保密等级|秘密等级)[:：]({_GRADE})")


def secrecy_mark(text: str) -> str:
    """The grade that a mark near the top of the text gives (秘密, 机密, 绝密), or ""."""
    for line in text[:_HEAD].split("\n"):
        bare = _BLANK.sub("", line)
        found = _LINE.fullmatch(bare) or _STAR.search(bare) or _LABEL.search(bare)
        if found:
            return found[1]
    return ""
