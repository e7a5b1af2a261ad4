"""How far the best reading of a run may be trusted: fitted on pages whose right text is known."""

from collections.abc import Sequence
from functools import cache
from math import exp, log

from luoshi.text.restore_model import lines_of

_LEAST = 1e-9
_MOST_UNKNOWN = 2  # runs with more unknown bytes are as rare as they are alike
KINDS = {"reading": "misaligned", "alien": "misaligned", "cut": "cut"}  # of anchors; else silent


def shares(scores: Sequence[float]) -> list[float]:
    """Returns the probability of each reading among all, from their nats, best first."""
    weights = [exp(max(score - scores[0], -50.0)) for score in scores]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def odds(share: float) -> float:
    """Returns the nats by which a reading of this share is likelier than all others together."""
    return log(max(share, _LEAST) / max(1 - share, _LEAST))


def trust(anchor: str, unknown: int, share: float) -> float:
    """Returns how likely the best reading is right, given its share and its unknown bytes."""
    row = KINDS.get(anchor, "silent"), min(unknown, _MOST_UNKNOWN)
    start, slope = load_table()[row]
    return 1 / (1 + exp(-(start + slope * odds(share))))


@cache
def load_table() -> dict[tuple[str, int], tuple[float, float]]:
    """Returns start and slope of the logistic curve by kind of run and unknown bytes."""
    rows = (line.split("\t") for line in lines_of("trust.txt"))
    return {(kind, int(n)): (float(start), float(slope)) for kind, n, start, slope in rows}
