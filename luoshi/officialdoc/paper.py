"""A paper: what was received, as blocks of text, before anything is restored or read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Tried:
    """A charset that was tried: how likely its text is Chinese prose (hundredths of a nat a character:
    usual prose about -450, nonsense below -900), and the first words of it."""

    name: str
    misread_as: str
    score: int
    sample: str


@dataclass(frozen=True, slots=True)
class Charset:
    """How the bytes became characters; `evidence` is bom, declared, valid, likely, guessed or misread.

    misread: the text had been decoded as `misread_as` before it came, and read like `before`.
    """

    name: str
    evidence: str
    misread_as: str = ""
    before: str = ""
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should know about the paper; `code` names the wording (`words.py`)."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text, without line breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One stored cell of a table; a merged cell stands once, at its upper left."""

    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as stored."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def text(self) -> str:
        """One line a row, cells parted by tabs; a line break inside a cell becomes a space."""
        return "\n".join(
            "\t".join(cell.text.replace("\n", " ") for cell in row) for row in self.rows
        )


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as received.

    `hints` holds what the page says about itself (the site's meta tags), never trusted alone.
    """

    title_hint: str | None
    blocks: tuple[Block, ...]
    charset: Charset
    media_type: str
    doubts: tuple[Doubt, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The received text that restoration gets, one line a block.

        Nothing is stripped: private-use characters, U+00A0 and `?` are evidence of damage.
        """
        return "\n".join(block.text for block in self.blocks)

    def as_dict(self) -> dict[str, Any]:
        """The paper as plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Paper:
        """The paper that `as_dict` wrote."""
        return cls(
            title_hint=values["title_hint"],
            blocks=tuple(_block(block) for block in values["blocks"]),
            charset=_charset(values["charset"]),
            media_type=values["media_type"],
            doubts=tuple(Doubt(**doubt) for doubt in values["doubts"]),
            hints=values["hints"],
        )


def _charset(values: Mapping[str, Any]) -> Charset:
    return Charset(**{**values, "tried": tuple(Tried(**each) for each in values["tried"])})


def _block(values: Mapping[str, Any]) -> Block:
    if "rows" in values:
        return Table(tuple(tuple(Cell(**cell) for cell in row) for row in values["rows"]))
    return Paragraph(values["text"])
