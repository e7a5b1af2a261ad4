"""What the page says elsewhere about the readings of a run: its own names and terms come again."""

from math import exp, log

from luoshi.text.restore_model import load_model, load_worlds
from luoshi.text.restore_walker import Outcome

_REACH = 4000  # characters looked at before and behind
_RIVALS = 6
_NEAR = 9.0  # nats below the best reading
_TRUST = 0.25  # share of the page in the probability of a character, of the model the rest


def listen(text: str, at: int, left: str, outcome: Outcome) -> None:
    """Rates the best readings anew by the pairs of characters around the run, and sorts them."""
    near = [
        p
        for p, s in zip(outcome.paths, outcome.scores, strict=True)
        if s > outcome.scores[0] - _NEAR
    ]
    rivals = near[:_RIVALS]
    if len(rivals) < 2:
        return
    end = max(path.at for path in rivals) + 2
    readings = [left[-3:] + path.out + text[path.at : end] for path in rivals]
    first = _alike(readings)
    last = _alike([reading[first:][::-1] for reading in readings])
    around = text[max(0, at - _REACH) : at] + "\n" + text[end : end + _REACH]
    gains = [_gain(reading, first, len(reading) - last + 1, around) for reading in readings]
    scores = [score + gain for score, gain in zip(outcome.scores, gains, strict=False)]
    order = sorted(range(len(rivals)), key=scores.__getitem__, reverse=True)
    outcome.paths[: len(order)] = [rivals[place] for place in order]
    outcome.scores[: len(order)] = [scores[place] for place in order]


def _alike(readings: list[str]) -> int:
    """Returns how many characters all readings begin with."""
    low, high = min(readings), max(readings)
    return next((n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))


def _gain(reading: str, start: int, stop: int, around: str) -> float:
    """Returns the nats that the characters of reading[start:stop] gain once the page is heard."""
    folded, model = load_worlds().fold(reading), load_model()
    gain = 0.0
    for at in range(max(start, 1), min(stop, len(reading))):
        if seen := around.count(reading[at - 1]):
            here = around.count(reading[at - 1 : at + 1]) / (seen + 1)
            usual = exp(model.score(folded[max(0, at - 3) : at + 1]))
            gain += log(1 - _TRUST + _TRUST * here / usual)
    return gain
