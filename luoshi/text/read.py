"""An official document becomes findings: page, meeting, people, areas, directives, results."""

from __future__ import annotations

from luoshi.text import areas as area_lists
from luoshi.text import report
from luoshi.text.document import Document, document
from luoshi.text.fold import fold
from luoshi.text.reading import Finding, Reading
from luoshi.text.walk import Found, walk

__all__ = ["Finding", "Reading", "read"]


def read(text: str) -> Reading:
    """Everything found in a restored text, with spans in its code points.

    Any str is accepted: what is not an official document gives few findings and no error.
    """
    read_: Document = document(fold(text))
    found: Found = walk(read_, area_lists.explicit)
    return report.reading(read_, found)
