"""Logistic regression on named traits, small and without a library: Newton's method with a ridge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

ROUNDS = 12
OF_BASE = 1.0
PULL = 2.5  # the curve of ten even examples


@dataclass(frozen=True, slots=True)
class Seen:
    """One example: its traits, whether it was right, how much it counts."""

    traits: tuple[str, ...]
    right: bool
    weight: float = 1.0


def fitted(rows: Sequence[Seen], base: float, ridge: float) -> dict[str, float]:
    """Weights of the traits in log-odds beside `base`; the empty trait corrects the base itself.

    The ridge draws every weight to nought, so that a trait seen seldom says little; the base less.
    """
    names = ["", *sorted({name for row in rows for name in row.traits})]
    place = {name: at for at, name in enumerate(names)}
    marks = [[0, *(place[name] for name in dict.fromkeys(row.traits))] for row in rows]
    weights = [0.0] * len(names)
    for _ in range(ROUNDS):
        pulls = [OF_BASE, *[ridge] * (len(names) - 1)]
        slope = [-pull * weight for pull, weight in zip(pulls, weights, strict=True)]
        bend = [[0.0] * len(names) for _ in names]
        for at in range(len(names)):
            bend[at][at] = pulls[at]
        for row, some in zip(rows, marks, strict=True):
            chance = 1 / (1 + exp(-base - sum(weights[at] for at in some)))
            miss, curve = row.weight * (row.right - chance), row.weight * chance * (1 - chance)
            for at in some:
                slope[at] += miss
                line = bend[at]
                for other in some:
                    line[other] += curve
        steps = _solved(bend, slope)
        weights = [weight + step for weight, step in zip(weights, steps, strict=True)]
        if max(map(abs, steps)) < 1e-6:
            break
    return dict(zip(names, weights, strict=True))


def odds(right: float, all_: float) -> float:
    """The log-odds of a share, one of each added so that none is certain."""
    return log((right + 1) / (all_ - right + 1))


def log_odds(chance: float) -> float:
    """The log-odds of a chance."""
    return log(chance / (1 - chance))


def straightened(rows: Sequence[tuple[float, Seen]]) -> tuple[float, float]:
    """Slope and shift that bring stated log-odds nearest to what was right (Platt's scaling).

    Drawn to (1, 0) by as much as ten examples would.
    """
    slope, shift = 1.0, 0.0
    for _ in range(ROUNDS):
        pull = [-PULL * (slope - 1), -PULL * shift]
        bend = [[PULL, 0.0], [0.0, PULL]]
        for said, row in rows:
            chance = 1 / (1 + exp(-slope * said - shift))
            miss, curve = row.weight * (row.right - chance), row.weight * chance * (1 - chance)
            for i, one in enumerate((said, 1.0)):
                pull[i] += miss * one
                for j, other in enumerate((said, 1.0)):
                    bend[i][j] += curve * one * other
        step = _solved(bend, pull)
        slope, shift = slope + step[0], shift + step[1]
    return slope, shift


def _solved(matrix: list[list[float]], side: list[float]) -> list[float]:
    """The solution of a symmetric, positive system, by Cholesky's decomposition."""
    size = len(side)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(
                a * b for a, b in zip(lower[i][:j], lower[j][:j], strict=True)
            )
            lower[i][j] = rest**0.5 if i == j else rest / lower[j][j]
    half = [0.0] * size
    for i in range(size):
        half[i] = (side[i] - sum(lower[i][k] * half[k] for k in range(i))) / lower[i][i]
    out = [0.0] * size
    for i in reversed(range(size)):
        rest = half[i] - sum(lower[k][i] * out[k] for k in range(i + 1, size))
        out[i] = rest / lower[i][i]
    return out
