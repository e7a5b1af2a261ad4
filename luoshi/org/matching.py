"""Names as documents print them, matched to the units, posts and people of the organisation. Pure.

區發改局 is 望川区发展和改革局: the script is folded, the own place and level are left away, stems
are written out by `abbreviations.txt`. What is not certain is proposed, never decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from luoshi.text.wordlists import simplified

EXACT, ALIAS, LEVEL, ABBREVIATED = "exact", "alias", "level", "abbreviated"
CLASS, AMBIGUOUS, UNKNOWN = "class", "ambiguous", "unknown"
CERTAIN = (EXACT, ALIAS, LEVEL, ABBREVIATED)
UNIT, POST, PERSON = "unit", "post", "person"

_CLASS = re.compile(
    r"(?:各|有关|相关|全(?=[区市县省镇]|体)|其他|所有|本级|(?:[区市县省]直)?各).*"
    r"|.*(?:各级|各部门|各单位|有关部门|有关单位|相关部门|相关单位)"
    r"|(?:牵头|责任|配合|主办|协办|成员|主管|行业主管)(?:领导|单位|部门)"
)
_LEVELS = ("新区", "区", "县", "市", "省", "州", "旗", "镇", "乡")
_ENDINGS = (
    ("街道办事处", "街道"), ("街道办", "街道"), ("镇人民政府", "镇"), ("镇政府", "镇"),
    ("乡人民政府", "乡"), ("乡政府", "乡"), ("人民政府", "政府"), ("管委会", "管理委员会"),
    ("委员会", "委员会"), ("办公室", "办公室"), ("委", "委员会"), ("办", "办公室"),
)  # fmt: skip
_STEM_ENDS = re.compile(
    r"(?:局|委员会|办公室|厅|部|中心|总站|站|处|科|股|大队|支队|集团|公司|联合会)$"
)
_JOINTS = re.compile("[和与及]")
_BLANK = re.compile(r"[\s\u3000·]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A unit, or a post (`unit` is its unit), or a person, as the organisation knows it."""

    kind: str
    key: int
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What a printed name means: `how` it was found, and whom it can mean (near ones when unknown)."""

    name: str
    how: str
    found: tuple[Known, ...] = ()

    @property
    def certain(self) -> Known | None:
        """The one it means; None when that is not certain."""
        return self.found[0] if self.how in CERTAIN else None


@dataclass(frozen=True)
class Book:
    """Everybody whom a name can mean; `home` is the name of the unit at the root, such as 望川区."""

    known: tuple[Known, ...]
    home: str = ""
    _seen: dict[str, Match] = field(default_factory=dict, compare=False)

    def match(self, name: str) -> Match:
        """What a printed name means."""
        if name not in self._seen:
            self._seen[name] = self._match(name)
        return self._seen[name]

    def _match(self, name: str) -> Match:
        plain = folded(name)
        if not plain:
            return Match(name, UNKNOWN)
        for how, index, wanted in (
            (EXACT, self._names, {plain}),
            (ALIAS, self._aliases, {plain}),
            (LEVEL, self._cores, {self._core(plain)}),
            (ABBREVIATED, self._forms, set(self._written_out(plain))),
        ):
            found = _distinct(known for each in wanted for known in index.get(each, ()))
            if how == EXACT and not found and _CLASS.fullmatch(plain):
                return Match(name, CLASS)
            if found:
                return Match(name, how if len(found) == 1 else AMBIGUOUS, found)
        return Match(name, UNKNOWN, self._near(plain))

    @cached_property
    def _names(self) -> Mapping[str, list[Known]]:
        return _index((folded(name), known) for known in self.known for name in known.names)

    @cached_property
    def _aliases(self) -> Mapping[str, list[Known]]:
        return _index((folded(name), known) for known in self.known for name in known.aliases)

    @cached_property
    def _cores(self) -> Mapping[str, list[Known]]:
        return _index(
            (self._core(folded(name)), known)
            for known in self.known
            if known.kind != PERSON
            for name in (*known.names, *known.aliases)
        )

    @cached_property
    def _forms(self) -> Mapping[str, list[Known]]:
        return _index(
            (form, known)
            for known in self.known
            if known.kind != PERSON
            for name in (*known.names, *known.aliases)
            for form in self._written_out(folded(name))
        )

    def _core(self, plain: str) -> str:
        """A name without the own place and level: 望川区住建局, 区住建局 and 住建局 are one."""
        home = folded(self.home)
        level = next((each for each in _LEVELS if home.endswith(each)), "")
        for prefix in (home, level):
            if prefix and plain.startswith(prefix) and len(plain) > len(prefix) + 1:
                plain = plain[len(prefix) :]
                break
        # 区委宣传部 is named 宣传部 by itself, too.
        return plain[1:] if plain.startswith("委") and len(plain) > 3 else plain

    def _written_out(self, plain: str) -> Iterator[str]:
        """The forms of a name with its ending and its stem in full, without 和."""
        core = self._core(plain)
        ended = next(
            (core[: -len(short)] + full for short, full in _ENDINGS if core.endswith(short)), core
        )
        yield _JOINTS.sub("", ended)
        ending = _STEM_ENDS.search(ended)
        stem = ended[: ending.start()] if ending else ended
        for full in abbreviations().get(stem, ()):
            yield _JOINTS.sub("", full) + (ending[0] if ending else "")

    def _near(self, plain: str) -> tuple[Known, ...]:
        """Units of the same stem with another ending: 发改委 where there is a 发展和改革局."""
        stems = {_stem(form) for form in self._written_out(plain)}
        return _distinct(
            known
            for form, rows in self._forms.items()
            if _stem(form) in stems
            for known in rows
            if known.kind == UNIT
        )[:5]


def folded(name: str) -> str:
    """A name in Simplified, without blanks."""
    return _BLANK.sub("", name.translate(simplified()))


@cache
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Short stem -> full stems."""
    text = (Path(__file__).parent / "abbreviations.txt").read_text(encoding="utf-8")
    pairs = (line.split("=") for line in text.splitlines() if "=" in line and line[0] != "#")
    return {short.strip(): tuple(full.split()) for short, full in pairs}


def _stem(form: str) -> str:
    return _STEM_ENDS.sub("", form)


def _index(pairs: Iterable[tuple[str, Known]]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for form, known in pairs:
        if form:
            found.setdefault(form, []).append(known)
    return found


def _distinct(known: Iterable[Known]) -> tuple[Known, ...]:
    return tuple({(each.kind, each.key): each for each in known}.values())
