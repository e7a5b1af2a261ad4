"""The form of an event: which bytes are hashed, chained and tagged. Pure; the golden file keeps it.

An event has a header of opaque codes and a body of words. The body is hashed with a salt, so
that it can be erased and the chain stays whole. `previous` of an event is the seal of the event
before it in its stream; the tag is keyed, with a key outside the database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

ALGORITHM = "sha256"
FIRST = "0" * 64  # `previous` of the first event of a stream

HEADER = (
    "stream", "sequence", "happened", "at", "act", "account", "person", "post", "unit",
    "behalf", "via", "name", "subject", "digest", "previous", "algorithm", "key", "clock",
)  # fmt: skip

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def header_bytes(header: Mapping[str, Any]) -> bytes:
    """The exact bytes of a header: one JSON array of its values in the order of HEADER, ASCII."""
    return b"luoshi.event.1\n" + _encode([header[field] for field in HEADER]).encode()


def body_text(body: Mapping[str, Any]) -> str:
    """The exact text of a body: JSON with sorted keys, no spaces. Floats are refused."""
    _refuse_floats(body)
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(salt: str, body: str, algorithm: str = ALGORITHM) -> str:
    """What the header says of its body. `salt` is hexadecimal text."""
    return hashlib.new(algorithm, salt.encode() + body.encode("utf-8")).hexdigest()


def seal(header: Mapping[str, Any], tag: str) -> str:
    """What the next event of the stream points back at: the header and its tag, hashed."""
    return seal_of(header_bytes(header), tag, header["algorithm"])


def seal_of(header: bytes, tag: str, algorithm: str) -> str:
    """The seal of header bytes that are at hand."""
    return hashlib.new(algorithm, header + tag.encode()).hexdigest()


def tag(header: Mapping[str, Any], key: bytes) -> str:
    """The keyed tag of a header (HMAC)."""
    return tag_of(header_bytes(header), key, header["algorithm"])


def tag_of(header: bytes, key: bytes, algorithm: str) -> str:
    """The tag of header bytes that are at hand."""
    return hmac.digest(key, header, algorithm).hex()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a body holds no floats: their text is not exact")
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
