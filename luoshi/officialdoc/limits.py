"""How much of everything: one table. An administrator may change a value, the CLI has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.words import gettext_noop

MB = 1_000_000
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Limit:
    """One row: `unit` is byte, part, time, second or one; `help` is the wording's id."""

    name: str
    unit: str
    default: int
    help: str


LIMITS: Mapping[str, Limit] = {
    row.name: row
    for row in (
        Limit("document_bytes", "byte", 20 * MB, gettext_noop("网页上传的文件最大字节数")),
        Limit("text_bytes", "byte", 5 * MB, gettext_noop("其中文本、网页最大字节数")),
        Limit("evidence_bytes", "byte", 20 * MB, gettext_noop("佐证材料最大字节数")),
        Limit(
            "in_request_bytes", "byte", 200_000, gettext_noop("不经子进程直接处理的文本最大字节数")
        ),
        Limit(
            "office_unpacked_bytes", "byte", 200 * MB, gettext_noop("Office 文件解压后最大字节数")
        ),
        Limit("office_ratio", "time", 100, gettext_noop("Office 文件最大压缩倍数")),
        Limit("office_parts", "part", 2_000, gettext_noop("Office 文件最多部件数")),
        Limit("sheet_cells", "one", 1_000_000, gettext_noop("表格文件最多单元格数")),
        Limit("pdf_pages", "one", 2_000, gettext_noop("PDF 最多页数")),
        Limit("child_cpu_seconds", "second", 30, gettext_noop("子进程最长计算时间（秒）")),
        Limit("child_wall_seconds", "second", 60, gettext_noop("子进程最长等待时间（秒）")),
        Limit(
            "child_memory_bytes", "byte", 512 * 1024 * 1024, gettext_noop("子进程最大内存（字节）")
        ),
        Limit("child_output_bytes", "byte", 64 * MB, gettext_noop("子进程最大输出（字节）")),
        Limit("shown_name_characters", "one", 120, gettext_noop("显示的文件名最长字数")),
    )
}


def limit(name: str, options: Mapping[str, int] | None = None) -> int:
    """The value in force: the administrator's if there is one, else the default."""
    return (options or {}).get(name, LIMITS[name].default)


def read_within(stream: BinaryIO, most: int) -> bytes:
    """All bytes of `stream`. Errors: Invalid(too_large, limit); reads at most 64 KB beyond it."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_CHUNK):
        size += len(piece)
        if size > most:
            raise Invalid("too_large", limit=most)
        pieces.append(piece)
    return b"".join(pieces)
