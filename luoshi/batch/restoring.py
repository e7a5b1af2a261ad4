"""Restoration of a folder: pages (.txt, .html), shards of text and shards of JSON lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from luoshi.batch.job import Made, Outcome
from luoshi.batch.jsonl import parsed
from luoshi.batch.pieces import WHOLE, pieces
from luoshi.batch.run import carried_out, planned, run
from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.gate import doubts_of, gate
from luoshi.officialdoc.kinds import HTML, TXT
from luoshi.officialdoc.readers import read_paper
from luoshi.text.restore import restore
from luoshi.text.restore_guess import with_guesses
from luoshi.text.restore_records import Repair, Restoration

LINES = (".jsonl", ".ndjson")
_KEYS = ("kind", "status", "start", "end", "out_start", "out_end", "before", "after")


@dataclass(frozen=True, slots=True)
class Restore:
    """The task: restored texts into the first folder, the records into the second if asked for.

    field: of JSON lines, the one that holds the text; each line is a page. A page (.html) becomes
    plain text: a.html is written as a.html.txt.
    """

    field: str = "text"
    apply_uncertain: bool = False
    report: bool = False
    endings: tuple[str, ...] = (*TXT.extensions, *HTML.extensions, *LINES)

    def names(self, relative: str) -> tuple[str, ...]:
        """The path of the restored text, and of the records."""
        text = f"{relative}.txt" if relative.lower().endswith(HTML.extensions) else relative
        return (text, f"{relative}.repairs.jsonl") if self.report else (text,)

    def as_dict(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "name": "restore",
            "field": self.field,
            "apply_uncertain": self.apply_uncertain,
            "report": self.report,
        }

    def make(self, source: Path, into: Sequence[BinaryIO]) -> Made:
        """Writes the restored text and the records. Errors: Invalid, OSError."""
        writer = _Writer(into, self.apply_uncertain)
        if source.name.lower().endswith(LINES):
            self._make_lines(source, writer)
        elif source.name.lower().endswith(TXT.extensions) and source.stat().st_size > WHOLE:
            _make_pieces(source, writer)
        else:
            paper = read_paper(source.read_bytes(), source.name)
            writer.doubts.update(doubt.code for doubt in paper.doubts)
            writer.text(paper.text)
        return Made(writer.pages, writer.counts, tuple(sorted(writer.doubts)))

    def _make_lines(self, source: Path, writer: _Writer) -> None:
        with source.open("rb") as lines:
            for number, data in enumerate(lines, 1):
                line = parsed(data, self.field, number)
                if line is None:
                    writer.into[0].write(data)
                else:
                    restoration = writer.page(line.text, {"line": number})
                    writer.into[0].write(line.with_text(restoration.text))


def restore_folder(
    folder: Path,
    out: Path,
    executor: Executor,
    *,
    report: Path | None = None,
    field: str = "text",
    apply_uncertain: bool = False,
) -> Iterator[Outcome]:
    """What became of each file of the folder, as they end; nothing happens until it is iterated.

    The folders must be the same ones wherever the executor works. Run again after any interruption
    with the same arguments: what is done is not done again.
    Errors: Invalid(folders_nested | folder_empty | names_meet | folder_in_use), OSError, and
    luoshi.batch.run.Died when the executor breaks.
    """
    task = Restore(field, apply_uncertain, report is not None)
    plan = planned(folder, (out, report) if report else (out,), task)
    return carried_out(plan, partial(run, executor=executor))


def record(repair: Repair) -> dict[str, Any]:
    """The repair as it stands in a report."""
    candidates = [asdict(candidate) for candidate in repair.candidates]
    return {**{key: getattr(repair, key) for key in _KEYS}, "candidates": candidates}


def record_line(values: dict[str, Any]) -> bytes:
    """One line of a report."""
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


class _Writer:
    """Restores pages, counts, and writes the records."""

    def __init__(self, into: Sequence[BinaryIO], apply_uncertain: bool) -> None:
        self.into = into
        self.pages = 0
        self.counts: Counter[str] = Counter()
        self.doubts: set[str] = set()
        self._apply_uncertain = apply_uncertain

    def text(self, text: str, start: int = 0, out_start: int = 0) -> int:
        """The length of the restored page, which is written; its place in the file is given."""
        restored = self.page(text, {}, start, out_start).text
        self.into[0].write(restored.encode())
        return len(restored)

    def page(
        self, text: str, where: dict[str, Any], start: int = 0, out_start: int = 0
    ) -> Restoration:
        """The restored page; its records are written, each with `where` it stands."""
        restoration = restore(text)
        if self._apply_uncertain:
            restoration = with_guesses(restoration)
        self.pages += 1
        self.counts += restoration.counts()
        for out in self.into[1:]:
            for repair in restoration.repairs:
                values = {**where, **record(repair)}
                for key in ("start", "end"):
                    values[key] += start
                    values[f"out_{key}"] += out_start
                out.write(record_line(values))
        return restoration


def _make_pieces(source: Path, writer: _Writer) -> None:
    start = out_start = lines = 0
    for piece in pieces(source):
        try:
            gate(piece)
        except Invalid as error:
            line, position = (error.values[key] for key in ("line", "position"))
            raise Invalid(error.code, line=lines + line, position=start + position) from error
        writer.doubts.update(doubt.code for doubt in doubts_of(piece))
        out_start += writer.text(piece, start, out_start)
        start += len(piece)
        lines += piece.count("\n")
