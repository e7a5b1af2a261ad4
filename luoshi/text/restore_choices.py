"""What an unknown byte may be: the characters among which the language model chooses."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from luoshi.text.restore_bytes import encoded, load_inventory, unmapped_pairs
from luoshi.text.restore_model import Choice, load_keys, load_model, load_readings, load_worlds


@dataclass(frozen=True, slots=True)
class Choices:
    """The characters among which a guess chooses, by the byte that is known."""

    by_lead: dict[int, Choice]
    by_trail: dict[int, Choice]
    private_lead: dict[int, Choice]  # whose second byte starts a private use character
    private_trail: dict[int, Choice]  # whose first byte may end one


@cache
def load_choices() -> Choices:
    """Returns the choices among the characters that a repair may write."""
    inventory, worlds, model = load_inventory(), load_worlds(), load_model()

    def of(chars: Iterator[str]) -> Choice:
        return Choice(chars, worlds, model)

    by_lead, by_trail = inventory.by_lead.items(), inventory.by_trail.items()
    return Choices(
        {lead: of(iter(chars)) for lead, chars in by_lead},
        {trail: of(iter(chars)) for trail, chars in by_trail},
        {k: of(c for c in chars if _is_private_lead(encoded(c)[1])) for k, chars in by_lead},
        {k: of(c for c in chars if encoded(c)[0] > 0xA0) for k, chars in by_trail},
    )


@cache
def annotated(lead: int, reading: str) -> tuple[tuple[str, bool], ...]:
    """Returns the characters with this lead byte and reading, and whether the table has them."""
    keys, readings = load_keys(), load_readings()
    return tuple(
        (char, char in keys)
        for char in load_inventory().by_lead.get(lead, ())
        if keys.get(char) == reading or (char not in keys and reading in readings.get(char, ()))
    )


@cache
def halves(lead: int, trail: int) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Returns the first characters and second bytes of pairs that are none, before `trail`."""
    decoded = load_inventory().decoded
    found = []
    for first, seconds in unmapped_pairs().items():
        if written := decoded.get(lead << 8 | first):
            fitting = tuple(s for s in seconds if not trail or s << 8 | trail in decoded)
            found.append((written, fitting))
    return tuple(found)


def _is_private_lead(byte: int) -> bool:
    return 0xAA <= byte <= 0xAF or byte >= 0xF8
