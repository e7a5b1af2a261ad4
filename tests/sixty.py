"""A document of sixty directives, read by hand: a dozen doubtful, one wrong owner, two that are one, one
that is two. What the workbench is for."""

from __future__ import annotations

from typing import Any

from luoshi.intake import actions as intake
from luoshi.intake.models import Document
from luoshi.kernel.actor import Actor
from luoshi.ledger.files import Upload
from luoshi.text.reading import Finding as Found
from luoshi.text.reading import Reading
from luoshi.text.restore import restore

UNITS = ("区发展和改革局", "区商务局", "区住建局", "区水务局", "区教育局")
MATTERS = ("办事指南", "家电补贴", "老旧小区", "河道清淤", "校舍加固", "公交线路")
COUNT, DOUBTFUL = 60, 12
WRONG, HALVED, DOUBLE = 4, 14, 19  # places in the list of what a person has to mend
TITLE = "望川区二〇二三年重点工作任务安排"


def sentence(number: int) -> str:
    """The words of a directive."""
    unit, matter = UNITS[number % len(UNITS)], MATTERS[number % len(MATTERS)]
    if number == HALVED:
        return f"{unit}要牵头摸清第{number}批{matter}的底数"
    if number == HALVED + 1:
        return "并在年底前拿出逐项整改的方案"
    if number == DOUBLE:
        return f"区商务局要办好第{number}批{matter}，区水务局要在6月底前办结第{number}批清淤80处"
    return f"{unit}要在年底前办好第{number}批{matter}"


def text() -> str:
    """The document: a title, and six paragraphs of ten sentences."""
    rows = [sentence(number) for number in range(COUNT)]
    paragraphs = ["。".join(rows[at : at + 10]) + "。" for at in range(0, COUNT, 10)]
    return "\n".join([TITLE, *paragraphs]) + "\n"


def _value(number: int, words: str, start: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The value and the places of what a directive says, as the reader would give them."""
    owners = [unit for unit in (*UNITS, "区水务局") if unit in words]
    owners = sorted(set(owners), key=words.index)
    value: dict[str, Any] = {
        "area": None, "lead_leaders": [], "lead_units": [], "responsible_units": owners,
        "cooperating_units": [], "responsible_people": [], "deadline": None, "milestones": [],
        "targets": [], "verbs": ["办好"] if "办好" in words else [], "strength": "hard",
    }  # fmt: skip
    spans: dict[str, Any] = {"responsible_units": [_place(words, start, unit) for unit in owners]}
    if "年底前" in words:
        value["deadline"] = {"text": "年底前", "value": "2023", "kind": "year"}
        spans["deadline"] = [_place(words, start, "年底前")]
    if number == DOUBLE:
        value["deadline"] = {"text": "6月底前", "value": "2023-06", "kind": "month"}
        spans["deadline"] = [_place(words, start, "6月底前")]
        value["targets"] = [{"metric": "清淤", "operator": "=", "value": 80, "unit": "处"}]
        spans["targets"] = [_place(words, start, "80处")]
    if number == WRONG:
        value["responsible_units"] = ["区教育局要在"]
    return value, spans


def _place(words: str, start: int, part: str) -> list[int]:
    at = start + words.index(part)
    return [at, at + len(part)]


def is_doubtful(number: int) -> bool:
    """Whether the reader is in doubt about a directive."""
    return number % (COUNT // DOUBTFUL) == WRONG


def reading() -> Reading:
    """Sixty directives and the title."""
    whole = text()
    found = [Found("title", 0, len(TITLE), {"text": TITLE}, rules=("page-title",), confidence=0.95)]
    for number in range(COUNT):
        words = sentence(number)
        start = whole.index(words)
        value, spans = _value(number, words, start)
        doubts = ("no-owner",) if not value["responsible_units"] else ()
        confidence = 0.7 if is_doubtful(number) else 0.9
        found.append(
            Found("directive", start, start + len(words), value, spans=spans,
                  rules=("D1-owner-must",), confidence=confidence, doubts=doubts)
        )  # fmt: skip
    return Reading(tuple(found), {"kind": "C"})


def take_in(by: Actor) -> Document:
    """The document, received and read."""
    words = text()
    upload = Upload(words.encode(), "重点工作.txt", "text/plain")
    document = intake.receive(upload, words, restore(words), by=by)
    return intake.read_document(document, reading(), by=by)
