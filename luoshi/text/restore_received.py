"""How likely the text is as it was received, as sums, so that no stretch is scored twice."""

from luoshi.text.restore_model import load_model, load_worlds

_FOREIGN = -3.0  # nats for a simplified or private use character in traditional text
_AHEAD = 16  # characters scored at once
_CONTEXT = 3  # characters that the model looks back


class Received:
    """Scores of one text as received; fast while its stretches are asked for in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        model, self._worlds = load_model(), load_worlds()
        self._scores, self._contexts = model.scores, model.contexts
        self._base = 0
        self._sums = [0.0]  # of text[base : base + place]

    def move(self, base: int) -> None:
        """Forgets what stands before the offset."""
        self._base = base
        self._sums = [0.0]

    def between(self, recent: str, start: int, end: int) -> float:
        """Returns the score of text[start:end] after the folded characters `recent`."""
        if start >= end:
            return 0.0
        head = min(start + _CONTEXT, end)
        received = self._text[start:head]
        score = self._foreign(received)
        for char in self._worlds.fold(received):
            gram = recent + char
            score += self._scores[gram]
            recent = self._contexts[gram[-3:]][0]
        if head < end:
            score += self._sum(end) - self._sum(head)
        return score

    def _sum(self, at: int) -> float:
        sums, base = self._sums, self._base
        if at - base >= len(sums):
            start = base + len(sums) - 1
            before = max(0, start - _CONTEXT)
            received = self._text[before : at + _AHEAD]
            text = self._worlds.fold(received)
            total = sums[-1]
            recent = self._contexts[text[: start - before]][0]
            for place in range(start - before, len(text)):
                gram = recent + text[place]
                recent = self._contexts[gram[-3:]][0]
                total += self._scores[gram] + self._foreign(received[place])
                sums.append(total)
        return sums[at - base]

    def _foreign(self, received: str) -> float:
        strange = self._worlds.simplified_only
        found = sum(char in strange or "\ue000" <= char <= "\uf8ff" for char in received)
        return _FOREIGN * found
