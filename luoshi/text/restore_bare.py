"""What speaks against a character without its insertion: a page annotates it always or never."""

from math import log

from luoshi.text.restore_model import load_keys

_NEVER = -6.0  # nats; a page of two sources may still have one


def bare_worth(text: str, annotated: frozenset[str]) -> dict[str, float]:
    """Returns the nats of each character that the page would have annotated.

    `text` is the page without its insertions. Of a listed character that the page does not show,
    the others tell how likely it is to be annotated there.
    """
    if not annotated:
        return {}
    keys = load_keys()
    bare = [char for char in keys if char not in annotated and char in text]
    unseen = keys.keys() - annotated.union(bare)
    share = len(annotated) / (len(annotated) + len(bare) + 1)
    worth = dict.fromkeys(unseen, max(log(1 - share), _NEVER))
    return worth | dict.fromkeys(annotated, _NEVER)
