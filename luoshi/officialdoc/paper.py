"""A paper: what was received, as blocks of text, before anything is restored or read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
class Place:
    """Where in the file: `kind` is paragraph (its number), page (its number) or cell (its name)."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text, without line breaks; `place` where the kind of file has places."""

    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One stored cell of a table; a merged cell stands once, at its upper left."""

    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as stored: what a merged cell covers is not among them.

    `sheet` names the sheet of a workbook, or the table of a document. `numbers` and `columns` say
    which rows and columns of it stand here, counted from 0, where some were left out. `hidden` holds
    the rows that the file keeps out of sight, by index.
    """

    rows: tuple[tuple[Cell, ...], ...]
    sheet: str = ""
    numbers: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    hidden: frozenset[int] = frozenset()

    def grid(self) -> Iterator[list[tuple[int, Cell]]]:
        """Yields for each row its cells with their columns, counted from 0."""
        taken: dict[int, int] = {}  # column -> rows that a merged cell still covers
        for row in self.rows:
            column, placed = 0, []
            covered = {at for at, left in taken.items() if left}
            for cell in row:
                while column in covered:
                    column += 1
                placed.append((column, cell))
                for at in range(column, column + cell.column_span):
                    if cell.row_span > 1:
                        taken[at] = cell.row_span
                column += cell.column_span
            taken = {at: left - 1 for at, left in taken.items() if left > 1}
            yield placed

    def lines(self) -> Iterator[tuple[str, list[tuple[int, str]]]]:
        """Yields each row as a line, with the offset in it and the name of every filled cell."""
        for number, placed in enumerate(self.grid()):
            pieces: list[str] = []
            starts: list[tuple[int, str]] = []
            length = at = 0
            for column, cell in placed:
                text = cell.text.replace("\n", " ")
                if not text:
                    continue
                gap = "\t" * (column - at)
                pieces += (gap, text)
                starts.append((length + len(gap), self.cell_name(number, column)))
                length += len(gap) + len(text)
                at = column
            yield "".join(pieces), starts

    def cell_name(self, row: int, column: int) -> str:
        """The name that the cell has in its file: B3."""
        number = self.numbers[row] if self.numbers else row
        return f"{column_name(self.columns[column] if self.columns else column)}{number + 1}"

    @property
    def text(self) -> str:
        """One line a row that holds anything; a cell stands behind as many tabs as its column says.

        A line break inside a cell becomes a space.
        """
        return "\n".join(line for line, _ in self.lines() if line)


def column_name(column: int) -> str:
    """The letters of a column, counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


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

    def places(self) -> Iterator[tuple[int, Place]]:
        """Yields the offsets of `text` at which another place of the file begins, in order."""
        at, last = 0, None
        for block in self.blocks:
            if isinstance(block, Table):
                for line, starts in block.lines():
                    for start, name in starts if block.sheet else ():
                        yield at + start, Place("cell", f"{block.sheet}!{name}")
                    at += len(line) + 1 if line else 0
                last = None
                at += 0 if block.text else 1
            else:
                if block.place and block.place != last:
                    yield at, block.place
                    last = block.place
                at += len(block.text) + 1

    def as_dict(self) -> dict[str, Any]:
        """The paper as plain values for JSON."""
        values = asdict(self)
        for block in values["blocks"]:
            if "hidden" in block:
                block["hidden"] = sorted(block["hidden"])
        return values

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
        rows = tuple(tuple(Cell(**cell) for cell in row) for row in values["rows"])
        numbers, columns = tuple(values["numbers"]), tuple(values["columns"])
        return Table(rows, values["sheet"], numbers, columns, frozenset(values["hidden"]))
    return Paragraph(values["text"], Place(**values["place"]) if values["place"] else None)
