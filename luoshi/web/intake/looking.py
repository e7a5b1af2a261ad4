"""How the text of a document is looked at: which face and part, as restored or as received, in which script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.text.script import SCRIPTS

FACES = {"": "document", "facts": "document_facts"}


@dataclass(frozen=True, slots=True)
class Look:
    """What the address says of the view; `doubt` is the record in question, `done` the one just decided."""

    document: int
    face: str = ""
    part: int = 1
    received: bool = False
    script: str = ""
    doubt: int = 0
    done: int = 0

    @classmethod
    def asked(cls, document: int, query: QueryDict, face: str | None = None) -> Look:
        """The view that an address asks for; what it says wrongly is left out."""
        asked_face = query.get("face", "") if face is None else face
        script = query.get("script", "")
        return cls(
            document,
            asked_face if asked_face in FACES else "",
            number(query.get("part"), 1),
            query.get("as") == "received",
            script if script in SCRIPTS else "",
            number(query.get("doubt")),
            number(query.get("done")),
        )

    def at(self, **values: Any) -> Look:
        """The same view with something else."""
        return replace(self, **values)

    @property
    def page(self) -> str:
        """The address of the whole page."""
        url = reverse(f"web:{FACES[self.face]}", args=[self.document])
        pairs = {**self._pairs, "doubt": self.doubt or "", "done": self.done or ""}
        return url + _query(pairs)

    def of_repair(self, name: str, place: int) -> str:
        """The address of a page or an act about one repair, which comes back to this view."""
        pairs = {"face": self.face, **self._pairs, "done": self.done or ""}
        return reverse(f"web:{name}", args=[self.document, place]) + _query(pairs)

    @property
    def _pairs(self) -> dict[str, Any]:
        return {
            "part": self.part if self.part > 1 else "",
            "as": "received" if self.received else "",
            "script": self.script,
        }


def switches(look: Look) -> list[dict[str, Any]]:
    """The views one can change to, as `_source.html` draws them."""
    found = [
        ("", look.at(received=False), not look.received, _("还原后")),
        ("", look.at(received=True, script=""), look.received, _("收到时")),
    ]
    views = [_switch(*each, letter="V") for each in found]
    scripts = (("", _("原样")), ("hans", _("简体")), ("hant", _("繁体")))
    if not look.received:
        views += [
            _switch("script", look.at(script=code), look.script == code, label)
            for code, label in scripts
        ]
    return views


def _switch(group: str, look: Look, current: bool, label: str, letter: str = "") -> dict[str, Any]:
    return {
        "group": group,
        "url": look.at(done=0).page,
        "label": label,
        "current": current,
        "letter": "" if current else letter,
    }


def number(text: str | None, default: int = 0) -> int:
    """A number of an address; anything else is the default."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else default


def _query(pairs: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in pairs.items() if value not in ("", 0)}
    return f"?{urlencode(kept)}" if kept else ""
