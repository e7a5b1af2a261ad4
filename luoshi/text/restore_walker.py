"""Reads runs of shifted characters and ranks the readings against the text as received.

All ways to explain the received characters are followed side by side, the best few at a time.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest

from luoshi.text.restore_annotation import PINYIN
from luoshi.text.restore_quotes import left_open, unbalanced
from luoshi.text.restore_received import Received
from luoshi.text.restore_runs import Path, Rival, Steps

_WIDTH = 8  # paths kept at each character
_HOPELESS = 12.0  # nats below the received text at which a path is given up
_FAR = 18.0  # and below the best path
_LONGEST = 300  # shown characters in one run
_BEHIND = 4  # characters behind a run that help to choose
_INSERTION_BEHIND = re.compile(rf"\({PINYIN}\)")
_ANOTHER = re.compile(rf"\?(?:\(?{PINYIN}\)|[!?;,:！？；，：])")
_TYPICAL = -4.5  # nats of one character of usual text
_ALIEN = -8.0


@dataclass(slots=True)
class Outcome:
    """The readings of one run, best first, over the same stretch of received text."""

    paths: list[Path]
    scores: list[float]
    unchanged: float  # score of the received text itself
    length: int  # characters that the best score covers


class Walker:
    """Reads runs in one text."""

    def __init__(self, text: str, steps: Steps) -> None:
        self._text, self._steps = text, steps
        self._received = Received(text)

    def read(
        self, start: int, left: str, starts: list[Path], marks: str, free: int
    ) -> Outcome | None:
        """Returns the readings of the run that begins at `start` after the restored text `left`.

        `marks` are the quotation marks open there; text[start:free] costs nothing unchanged.
        """
        received = self._received
        received.start(self._steps.recent(left), free)
        finished: list[Path] = []
        waiting: dict[int, list[Path]] = {}
        reached = starts
        while True:
            for path in reached:
                if not path.pending:
                    finished.append(path)
                elif path.at < start + _LONGEST:
                    waiting.setdefault(path.at, []).append(path)
            if not waiting:
                break
            at = min(waiting)
            active = nlargest(_WIDTH, waiting.pop(at), key=_score)
            least = max(received.until(at) - _HOPELESS, active[0].score - _FAR)
            reached = []
            for path in self._fallen_together(path for path in active if path.score >= least):
                reached += self._steps.after(path)
        return self._ranked(finished, marks) if finished else None

    def _fallen_together(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Returns the best path of each state, with the others as its rivals; paths are sorted."""
        best: dict[tuple[int, str, int], Path] = {}
        for path in paths:
            self._steps.shorten(path)
            better = best.setdefault(path.state, path)
            if better is not path:
                rival = Rival(path, len(better.out), better.score - path.score)
                better.rivals = (*better.rivals, rival)
        return best.values()

    def _ranked(self, finished: list[Path], marks: str) -> Outcome:
        text = self._text
        end = min(len(text), max(path.at for path in finished) + _BEHIND)
        behind: dict[tuple[str, int], float] = {}
        best: dict[str, tuple[float, Path]] = {}
        gains = [path.score - self._received.until(path.at) for path in finished]
        least = max(gains) - _FAR
        finished = [path for path, gain in zip(finished, gains, strict=True) if gain >= least]
        finished.reverse()
        while finished:
            path = finished.pop()
            self._steps.shorten(path)
            finished += [rival.follow(path) for rival in path.rivals]
            place = path.recent, path.at
            score = behind.get(place)
            if score is None:
                score = behind[place] = self._behind(path.recent, path.at, end)
            score += path.score + unbalanced(path.out, marks)
            score += left_open(path.out, text[path.at : path.at + 1])
            reading = path.out + text[path.at : end]
            if reading not in best or score > best[reading][0]:
                best[reading] = score, path
        ranked = sorted(best.values(), key=lambda pair: -pair[0])
        unchanged = self._received.until(end)
        length = len(ranked[0][1].out) + end - ranked[0][1].at
        return Outcome([p for _, p in ranked], [s for s, _ in ranked], unchanged, length)

    def _behind(self, recent: str, at: int, end: int) -> float:
        """Returns the score of what follows a run; what another run shifted costs as usual text."""
        other = _ANOTHER.search(self._text, at, end)
        stop = other.start() if other else end
        score = self._received.between(recent, at, stop) + _TYPICAL * (end - stop)
        if _INSERTION_BEHIND.match(self._text, at):  # its character would have taken it
            score += _ALIEN
        return score


def _score(path: Path) -> float:
    return path.score
