"""The first steps of a run: what may have stood where the shift began."""

from luoshi.text.restore_bytes import MARKS, keys_of, last_byte
from luoshi.text.restore_choices import load_choices
from luoshi.text.restore_runs import HANDICAP, Path, Steps

_FULL_STOP = 1.0  # nats: most cuts that show are those behind a full stop
_TERM = -3.0  # but not behind one or two characters in quotation marks: “三保”
_OPENING = "“『「《"


def starts_at_reading(steps: Steps, reading: str, end: int, left: str) -> list[Path]:
    """Returns the paths after an insertion that hit across a boundary: `left`|?reading)."""
    paths = []
    for key in keys_of(last_byte(left), reading):
        path = steps.start(left, end)
        path.pending, path.listed = key.trail, key.listed
        path.score += 0.0 if key.listed else HANDICAP["unlisted"]
        paths.append(path)
    return paths


def starts_at_mark(steps: Steps, mark: str, end: int, left: str) -> list[Path]:
    """Returns the paths after a cut inside two bytes that looked like a mark."""
    first, second = MARKS[mark]
    chars = load_choices().by_trail.get(first)
    paths = steps.guess(steps.start(left, end), chars, end, second)
    ends = _TERM if any(mark in left[-3:] for mark in _OPENING) else _FULL_STOP
    for path in paths:
        path.score += ends if path.out == "。" else 0.0
    return paths


def starts_at_pair(steps: Steps, end: int, left: str) -> list[Path]:
    """Returns the paths after one character cut twice, so that both its bytes were shown as ?.

    Its second byte and the mark behind it looked like a mark at first: A3|A1 in 海。
    """
    chars = load_choices().by_trail.get(0xA3)
    return steps.guess(steps.start(left, end), chars, end, 0)
