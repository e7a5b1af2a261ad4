"""Plain text in."""

from __future__ import annotations

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.charset import decode
from luoshi.officialdoc.charset_evidence import examined
from luoshi.officialdoc.gate import doubts_of, gate
from luoshi.officialdoc.paper import Paper, Paragraph


def read_txt(data: bytes) -> Paper:
    """The paper of a plain text file, one paragraph a line; `text` is the file's own text,
    read again where it had been misread as a whole.

    Errors: Invalid(empty | not_text | text_nul | text_lone_surrogate).
    """
    decoded = examined(decode(data), data)
    text = gate(decoded.text)
    if not text.strip():
        raise Invalid("empty")
    return Paper(
        title_hint=None,
        blocks=tuple(map(Paragraph, text.split("\n"))),
        charset=decoded.charset,
        media_type="text/plain",
        doubts=decoded.doubts + doubts_of(text),
    )
