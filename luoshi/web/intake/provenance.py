"""How a document's bytes became text, in words: the charset, how sure it is, what else was tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.intake.models import Document
from luoshi.officialdoc.words import DOUBTS

SURE: Mapping[str, Any] = {
    "bom": gettext_lazy("文件开头写明"),
    "declared": gettext_lazy("网页声明，内容相符"),
    "valid": gettext_lazy("逐字节核对，全部相符"),
    "likely": gettext_lazy("按常用字比较，最像"),
    "guessed": gettext_lazy("推测，请核对"),
    "misread": gettext_lazy("整篇曾被误读，重新读出"),
}
# state of the page's profile -> what it says of the whole page
PAGES: Mapping[str, Any] = {
    "damaged": gettext_lazy("整页受损"),
    "weak": gettext_lazy("疑似受损，证据太少，只作建议"),
    "teaching": gettext_lazy("注音教材，没有改动"),
}
_NAMES = {
    "utf-8": "UTF-8", "gb18030": "GB 18030", "big5hkscs": "Big5", "latin-1": "Latin-1",
    "cp1252": "Windows-1252",
}  # fmt: skip


def shown(document: Document) -> dict[str, Any] | None:
    """The box above the records; None for a document whose bytes left no evidence."""
    charset = document.provenance.get("charset")
    if not charset:
        return None
    tried = charset.get("tried", ())
    return {
        "charset": name_of(charset["name"]),
        "sure": str(SURE.get(charset["evidence"], charset["evidence"])),
        "misread_as": name_of(charset["misread_as"]) if charset["misread_as"] else "",
        "before": charset["before"],
        "after": document.received.strip()[:40].split("\n")[0] if charset["before"] else "",
        "tried": [_tried(each) for each in tried[:5]],
        "doubts": doubts(document),
        "page": str(PAGES.get(document.provenance.get("profile", {}).get("state", ""), "")),
    }


def doubts(document: Document) -> list[str]:
    """What a person should know of how the file was read, as sentences."""
    return [said(each["code"], each["values"]) for each in document.provenance.get("doubts", ())]


def said(code: str, values: Mapping[str, Any]) -> str:
    """One doubt of a paper in words."""
    named = {
        name: name_of(value) if name in ("found", "misread_as", "declared") else value
        for name, value in values.items()
    }
    return _(DOUBTS[code]).format(**named) if code in DOUBTS else code


def name_of(charset: str) -> str:
    """A charset as people write it."""
    return _NAMES.get(charset, charset)


def _tried(each: Mapping[str, Any]) -> dict[str, str]:
    name = name_of(each["name"])
    if each["misread_as"]:
        wrong = name_of(each["misread_as"])
        name = _("%(right)s，曾被当作 %(wrong)s") % {"right": name, "wrong": wrong}
    return {"name": name, "score": f"{each['score'] / 100:.1f}", "sample": each["sample"]}
