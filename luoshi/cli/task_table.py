"""The task table that a clerk would send round: the directives of readings as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from luoshi.cli.source import Misused, why
from luoshi.officialdoc.matter_list import Head, write_matter_list
from luoshi.officialdoc.words import READING_DOUBTS, RULES

_TASKS = (
    Head("number", "序号", 6),
    Head("document", "文件", 16, merged=True),
    Head("area", "方面", 14, merged=True),
    Head("task", "任务要求", 56),
    Head("lead_leaders", "牵头领导", 12),
    Head("lead_units", "牵头单位", 16),
    Head("responsible_units", "责任单位", 18),
    Head("cooperating_units", "配合单位", 18),
    Head("responsible_people", "责任人", 12),
    Head("deadline", "完成时限", 14),
    Head("target", "目标值", 22),
)
_WHY = (Head("why", "读出依据", 24), Head("doubts", "存疑", 20), Head("sure", "把握", 8))
_ROLES = tuple(head.field for head in _TASKS[4:9])
_SIGNS = {"=": "", ">=": "≥", "<=": "≤", "~": "约"}


def write_tasks(
    path: Path, readings: Iterable[Mapping[str, Any]], *, explained: bool, one: bool
) -> int:
    """How many rows the workbook at `path` got; `one` document needs no column for its name.

    Errors: Misused when it is there already or cannot be written.
    """
    heads = [
        head
        for head in (*_TASKS, *(_WHY if explained else ()))
        if not (one and head.field == "document")
    ]
    try:
        path.open("xb").close()
        return write_matter_list(
            path, heads, _rows(readings), title="任务分解表", sheet="任务分解表"
        )
    except FileExistsError as error:
        raise Misused(f"{path}: {why(error)}") from error
    except OSError as error:
        raise Misused(f"{path}: {why(error)}") from error


def _rows(readings: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    number = 0
    for reading in readings:
        for row in reading["directives"]:
            number += 1
            yield {
                "number": str(number),
                "document": reading["title"] or reading["id"],
                **_row(row),
            }


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    deadline = row["deadline"]
    return {
        "area": row["area"] or "",
        "task": row["quote"],
        **{role: "、".join(row[role]) for role in _ROLES},
        "deadline": deadline["text"] if deadline else "",
        "target": "；".join(map(_target, row["targets"])),
        "why": "；".join(RULES.get(rule, rule) for rule in row.get("rules", ())),
        "doubts": "；".join(READING_DOUBTS.get(code, code) for code in row.get("doubts", ())),
        "sure": f"{row['confidence']:.0%}" if "confidence" in row else "",
    }


def _target(target: Mapping[str, Any]) -> str:
    sign = _SIGNS.get(target["operator"], target["operator"])
    return f"{target['metric'] or ''}{sign}{target['value']}{target['unit'] or ''}"
