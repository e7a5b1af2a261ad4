"""How likely the text is as it was received, as sums, so that no stretch is scored twice."""

from luoshi.text.restore_model import load_model, load_worlds

_FOREIGN = -3.0  # nats for a simplified or private use character in traditional text
_AHEAD = 4  # characters scored at once
_CONTEXT = 3  # characters that the model looks back


class Received:
    """Scores of one text as received, from a place where a run may start."""

    def __init__(self, text: str) -> None:
        self._text = text
        model, self._worlds = load_model(), load_worlds()
        self._scores, self._contexts = model.scores, model.contexts
        self.start("", 0)

    def start(self, recent: str, base: int) -> None:
        """Starts at an offset, behind the folded characters `recent`."""
        self._base, self._recent = base, recent
        self._sums = [0.0]  # of text[base : base + place]

    def until(self, end: int) -> float:
        """Returns the score of the text from the start to the offset."""
        sums, base = self._sums, self._base
        if end - base >= len(sums):
            received = self._text[base + len(sums) - 1 : end + _AHEAD]
            self._score(self._recent, received, sums)
        return sums[end - base] if end > base else 0.0

    def between(self, recent: str, start: int, end: int) -> float:
        """Returns the score of text[start:end] after the folded characters `recent`."""
        if start >= end:
            return 0.0
        head = min(start + _CONTEXT, end)
        sums = [0.0]
        self._score(recent, self._text[start:head], sums)
        return sums[-1] + (self.until(end) - self.until(head) if head < end else 0.0)

    def _score(self, recent: str, received: str, sums: list[float]) -> None:
        strange, scores, contexts = self._worlds.simplified_only, self._scores, self._contexts
        total = sums[-1]
        for shown, char in zip(received, self._worlds.fold(received), strict=True):
            gram = recent + char
            recent = contexts[gram[-3:]][0]
            total += scores[gram]
            if shown in strange or "\ue000" <= shown <= "\uf8ff":
                total += _FOREIGN
            sums.append(total)
        if sums is self._sums:
            self._recent = recent
