"""The hostile corpus: what comes in, under which name, and what has to become of it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.office_files import DOCTYPE, FOLDERS, MAIN, archive, encrypted, lying, office

ORDER = "六月底前完成投資項目審批制度改革。"


@dataclass(frozen=True)
class Case:
    """`build` makes the bytes; `refused` is the expected code, None where the file is taken.

    Of a document that is taken, the text holds every string of `shows` and none of `hides`, and
    the doubts are exactly `doubts`.
    """

    label: str
    name: str
    build: Callable[[], bytes]
    refused: str | None = None
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def _page(body: str, head: str = "") -> Callable[[], bytes]:
    return lambda: f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def _text(text: str, charset: str = "utf-8") -> Callable[[], bytes]:
    return lambda: text.encode(charset, "surrogatepass")


def _bytes(data: bytes) -> Callable[[], bytes]:
    return lambda: data


PNG = (
    b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 1, 1) + b"\x08\0\0\0\0"
    + struct.pack(">I", zlib.crc32(b"IHDR" + struct.pack(">II", 1, 1) + b"\x08\0\0\0\0"))
)  # fmt: skip
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0" + b"\0" * 64 + b"\xff\xd9"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EXE = (
    b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"
    + b"\0" * 44
    + b"\x80\0\0\0"
    + b"\0" * 64
    + b"PE\0\0L\x01"
    + b"\0" * 64
)
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 57
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
COMMENT = " ".join(map(str, range(40_000)))
SHELL = b"#!/bin/sh\necho hello\n"

TEXTS = (
    Case("no bytes", "a.txt", _bytes(b""), refused="empty"),
    Case("white space only", "a.txt", _text(" \n\t\u3000\n"), refused="empty"),
    Case("byte order mark only", "a.txt", _text("\ufeff"), refused="empty"),
    Case("NUL inside", "a.txt", _text(f"第一行\n第\0二行{ORDER}"), refused="text_nul"),
    Case("NUL only", "a.txt", _bytes(b"\0" * 99), refused="text_nul"),
    Case("lone surrogate in UTF-8", "a.txt", _text(f"{ORDER}\ud800x"), refused="text_lone_surrogate"),
    Case("lone surrogate in UTF-16", "a.txt", _text(f"\ufeff{ORDER}\udc00", "utf-16-le"), refused="text_lone_surrogate"),
    Case("bytes of no charset", "a.txt", _bytes(bytes(range(256)) * 40), refused="not_text"),
    Case("bytes of no charset without NUL", "a.txt", _bytes(bytes(range(1, 256)) * 40), refused="not_text"),
    Case("a PDF", "a.txt", _bytes(PDF), refused="document_is_pdf"),
    Case("a PNG", "a.txt", _bytes(PNG), refused="document_image"),
    Case("a JPEG", "a.txt", _bytes(JPEG), refused="document_image"),
    Case("a docx", "a.txt", lambda: office("docx"), refused="document_archive"),
    Case("an old Word file", "a.txt", _bytes(OLE), refused="document_old_office"),
    Case("RTF", "a.txt", _bytes(rb"{\rtf1 x}"), refused="document_word"),
    Case("a Windows program", "a.txt", _bytes(EXE), refused="document_program"),
    Case("a Linux program", "a.txt", _bytes(ELF), refused="document_program"),
    Case("gzip", "a.txt", _bytes(b"\x1f\x8b\x08" + b"x" * 20), refused="document_archive"),
    Case("a saved web archive", "a.txt", _bytes(b"MIME-Version: 1.0\r\n\r\nx"), refused="document_mhtml"),
    Case("docx without a document", "a.docx", lambda: office("docx"), refused="office_broken"),
    Case("xlsx without a sheet", "a.xlsx", lambda: office("xlsx"), refused="office_broken"),
    Case("pdf without a page", "a.pdf", _bytes(PDF), refused="pdf_broken"),
    Case("old Word by name", "a.doc", _bytes(OLE), refused="document_word"),
    Case("WPS by name", "a.wps", _bytes(OLE), refused="document_word"),
    Case("OFD by name", "a.ofd", lambda: office("docx"), refused="document_ofd"),
    Case("macro workbook by name", "a.xlsm", lambda: office("xlsx"), refused="document_macros"),
    Case("text as docx", "a.docx", _text(ORDER), refused="kind_differs"),
    Case("page as xls", "a.xls", _page(ORDER), refused="kind_differs"),
    Case("old workbook cut", "a.xls", _bytes(OLE), refused="office_broken"),
    Case("locked workbook", "a.xlsx", _bytes(OLE + "EncryptedPackage".encode("utf-16-le")), refused="office_encrypted"),
    Case("workbook bomb", "a.ods", lambda: archive({"META-INF/manifest.xml": "<a/>", "content.xml": b"0" * 40_000_000}), refused="office_too_big_unpacked"),
    Case("binary as csv", "a.csv", _bytes(b"\x00\x01\x02" * 50), refused="text_nul"),
    Case("image by name", "a.JPG", _bytes(JPEG), refused="document_image"),
    Case("mhtml by name", "a.mht", _bytes(b"x"), refused="document_mhtml"),
    Case("program by name", "a.exe", _bytes(EXE), refused="kind_refused"),
    Case("double extension", "a.txt.exe", _text(ORDER), refused="kind_refused"),
    Case("turned extension", "報告\u202etxt.exe", _text(ORDER), refused="kind_refused"),
    Case("no extension", "report", _text(ORDER), refused="kind_refused"),
    Case("extension only", ".txt", _text(ORDER), refused="kind_refused"),
    Case("SVG", "a.svg", _text("<svg><script/></svg>"), refused="kind_refused"),
    Case("100,000 question marks", "a.txt", _text("?" * 100_000), shows=("?" * 100_000,)),
    Case("100,000 full-width question marks", "a.txt", _text("？" * 100_000), shows=("？" * 100_000,)),
    Case("one line of a million", "a.txt", _text("推進" * 500_000), shows=("推進" * 500_000,)),
    Case("a hundred thousand lines", "a.txt", _text("一\n" * 100_000), shows=("一\n一",)),
    Case("private use kept", "a.txt", _text(f"勇?lián)\ue319姑\u3002{ORDER}"), shows=("勇?lián)\ue319姑",)),
    Case("no-break spaces kept", "a.txt", _text(f"時間\u00a0\u00a0點擊{ORDER}"), shows=("時間\u00a0\u00a0點擊",)),
    Case("bidi controls", "a.txt", _text(f"\u202e{ORDER}\u202c"), shows=(ORDER,), doubts=("text_bidi_controls",)),
    Case("zero width", "a.txt", _text(f"完\u200b成{ORDER}"), shows=("完\u200b成",), doubts=("text_unseen_characters",)),
    Case("replacement characters", "a.txt", _text(f"完\ufffd{ORDER}"), doubts=("text_replacement_characters",)),
    Case("other control characters", "a.txt", _text(f"\x01\x0b\x1b[31m{ORDER}"), shows=("\x1b[31m",)),
    Case("markup in a text stays text", "a.txt", _text("<script>alert(1)</script>"), shows=("<script>alert(1)</script>",)),
    Case("template text stays text", "a.txt", _text("{{ 7*7 }} {% include x %} ${x}"), shows=("{{ 7*7 }} {% include x %} ${x}",)),
    Case("formulas stay text", "a.txt", _text("=cmd|' /C calc'!A0"), shows=("=cmd|' /C calc'!A0",)),
    Case("old Mac line ends", "a.txt", _text(f"甲\r乙\r\n丙{ORDER}"), shows=("甲\n乙\n丙",), hides=("\r",)),
    Case("GB 18030", "a.txt", _text(ORDER * 3, "gb18030"), shows=(ORDER,)),
    Case("GBK of simplified text", "a.txt", _text("各责任单位要抓落实，开辟新赛道。", "gbk"), shows=("抓落实",)),
    Case("Big5", "a.txt", _text(ORDER * 3, "big5"), shows=(ORDER,)),
    Case("UTF-16 with mark", "a.txt", _text(ORDER, "utf-16"), shows=(ORDER,)),
    Case("UTF-16 little end, no mark", "a.txt", _text(f"{ORDER}\n12", "utf-16-le"), shows=(ORDER,)),
    Case("UTF-16 big end, no mark", "a.txt", _text(f"{ORDER}\n12", "utf-16-be"), shows=(ORDER,)),
    Case("UTF-8 cut inside a character", "a.txt", lambda: (ORDER * 20).encode()[:-1], shows=(ORDER,), doubts=("charset_broken_bytes", "text_replacement_characters")),
    Case("GB 18030 cut inside a character", "a.txt", lambda: (ORDER * 20).encode("gb18030")[:-1], shows=(ORDER,), doubts=("charset_broken_bytes", "text_replacement_characters")),
)  # fmt: skip

PAGES = (
    Case("no bytes", "a.html", _bytes(b""), refused="empty"),
    Case("tags only", "a.html", _page("<p></p><img src=x>"), refused="empty"),
    Case("script only", "a.html", _page("<script>完成</script>"), refused="empty"),
    Case("NUL inside", "a.html", _page(f"<p>\0{ORDER}"), refused="text_nul"),
    Case("a docx", "a.html", lambda: office("docx"), refused="document_archive"),
    Case("text without markup", "a.htm", _text(f"甲\n乙\n{ORDER}"), shows=("甲\n乙\n",)),
    Case("script", "a.html", _page(f"<p>{ORDER}<script>alert('壞')</script>"), shows=(ORDER,), hides=("alert", "壞")),
    Case("script in capitals", "a.html", _page(f"<p>{ORDER}<SCRIPT>alert('壞')</SCRIPT >"), shows=(ORDER,), hides=("壞",)),
    Case("tags inside a script", "a.html", _page(f"<script>w('<p>壞</p>')</script>{ORDER}"), shows=(ORDER,), hides=("壞",)),
    Case("style", "a.html", _page(f"{ORDER}<style>p{{content:'壞'}}</style>"), shows=(ORDER,), hides=("壞",)),
    Case("handlers", "a.html", _page(f"<p onclick=\"alert('壞')\" title='壞'>{ORDER}</p>"), shows=(ORDER,), hides=("壞",)),
    Case("script address", "a.html", _page(f"<a href='javascript:alert(壞)'>{ORDER}</a>"), shows=(ORDER,), hides=("壞",)),
    Case("base and refresh", "a.html", _page(ORDER, "<base href=//x.example/><meta http-equiv=refresh content='0;url=//x.example'>"), shows=(ORDER,), hides=("example",)),
    Case("SVG with script", "a.html", _page(f"<svg onload=x><script>壞</script></svg>{ORDER}"), shows=(ORDER,), hides=("壞",)),
    Case("frame with source", "a.html", _page(f"<iframe srcdoc='<script>壞</script>'></iframe>{ORDER}"), shows=(ORDER,), hides=("壞",)),
    Case("comment", "a.html", _page(f"<!-- 壞 -->{ORDER}<!--[if IE]>壞<![endif]-->"), shows=(ORDER,), hides=("壞",)),
    Case("template element", "a.html", _page(f"<template>壞</template>{ORDER}"), shows=(ORDER,), hides=("壞",)),
    Case("300 deep", "a.html", _page("前" + "<div>" * 300 + ORDER + "</div>" * 300 + "後"), shows=("前", ORDER, "後")),
    Case("100,000 deep", "a.html", _page("前" + "<div>" * 100_000 + ORDER + "</div>" * 100_000 + "後"), shows=("前", ORDER, "後")),
    Case("tables in tables, 5,000 deep", "a.html", _page("<table><tr><td>甲" * 5_000 + ORDER), shows=(ORDER,)),
    Case("a declaration that never ends", "a.html", _text(f"<p>{ORDER}<![ 後面"), shows=(ORDER, "後面"), doubts=("markup_read_flat",)),
    Case("a comment that never ends", "a.html", _text(f"<p>{ORDER}<!-- 後面"), shows=(ORDER, "後面"), doubts=("markup_read_flat",)),
    Case("a script that never ends", "a.html", _text(f"<p>{ORDER}<script>後面 <b>也在</b>"), shows=(ORDER, "後面", "也在"), doubts=("markup_read_flat",)),
    Case("a tag that never ends", "a.html", _text(f"<p>{ORDER}<a href='後面"), shows=(ORDER, "後面"), doubts=("markup_read_flat",)),
    Case("stray signs", "a.html", _page(f"1 < 2 且 3 > 2 & {ORDER}"), shows=("1 < 2 且 3 > 2 &",)),
    Case("entity expansion", "a.html", _text(f"<!DOCTYPE html [<!ENTITY a '壞壞'><!ENTITY b '&a;&a;'>]><p>&b;{ORDER}"), shows=(ORDER, "&b;"), hides=("壞壞壞壞",)),
    Case("outside entity", "a.html", _text(f"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><p>&e;{ORDER}"), shows=(ORDER, "&e;"), hides=("root:",)),
    Case("no-break space entity kept", "a.html", _page(f"時間&nbsp;點擊&#160;{ORDER}"), shows=("時間\u00a0點擊\u00a0",)),
    Case("private use entity kept", "a.html", _page(f"勇&#xE319;{ORDER}"), shows=("勇\ue319",)),
    Case("surrogate entity", "a.html", _page(f"&#xD800;&#0;{ORDER}"), shows=(ORDER,), doubts=("text_replacement_characters",)),
    Case("declared GBK", "a.html", lambda: f"<meta charset=gbk><p>{ORDER}".encode("gbk"), shows=(ORDER,)),
    Case("declared Big5", "a.html", lambda: f"<meta http-equiv=Content-Type content='text/html; charset=big5'><p>{ORDER}".encode("big5"), shows=(ORDER,)),
    Case("declared GBK, is UTF-8", "a.html", lambda: f"<meta charset=gb2312><p>各責任單位要{ORDER}嗎?".encode(), shows=(ORDER,), doubts=("charset_not_as_declared",)),
    Case("declared UTF-8, is GBK", "a.html", lambda: f"<meta charset=utf-8><p>{ORDER}".encode("gbk"), shows=(ORDER,), doubts=("charset_not_as_declared",)),
    Case("declared UTF-7", "a.html", _page(f"+ADw-script+AD4-{ORDER}", "<meta charset=utf-7>"), shows=("+ADw-script+AD4-",), doubts=("charset_not_as_declared",)),
    Case("declared nonsense", "a.html", _page(ORDER, "<meta charset='../../etc'>"), shows=(ORDER,), doubts=("charset_not_as_declared",)),
    Case("100,000 question marks", "a.html", _page("?" * 100_000), shows=("?" * 100_000,)),
    Case("100,000 open signs", "a.html", _page("<" * 100_000 + ORDER), shows=(ORDER,)),
    Case("100,000 ampersands", "a.html", _page("&" * 100_000 + ORDER), shows=("&" * 100_000,)),
    Case("100,000 open quotes", "a.html", _page(ORDER + '<a "' * 100_000), shows=(ORDER,)),
    Case("50,000 crossed tags", "a.html", _page("<b><i>字</b></i>" * 50_000), shows=("字" * 50_000,)),
    Case("10,000 attributes", "a.html", _page("<p " + " ".join(f"a{n}=壞" for n in range(10_000)) + f">{ORDER}"), shows=(ORDER,), hides=("壞",)),
    Case("huge span", "a.html", _page(f"<table><tr><td colspan=999999999>甲<td>{ORDER}<tr><td>丙<td rowspan=-1>丁</table>"), shows=(f"甲\t{ORDER}", "丙\t丁")),
    Case("hidden text is text", "a.html", _page(f"<p style='display:none'>暗</p>{ORDER}"), shows=("暗", ORDER)),
)  # fmt: skip


def _evidence_of_office(kind: str) -> tuple[Case, ...]:
    name, main = f"a.{kind}", FOLDERS[kind]
    other = "xlsx" if kind != "xlsx" else "docx"
    zeros = b"<a>" + b"0" * 30_000_000
    return (
        Case(f"{kind} as it should be", name, lambda: office(kind)),
        Case(f"{kind} with macros", name, lambda: office(kind, {main.split("/")[0] + "/vbaProject.bin": b"x"}), refused="office_macros"),
        Case(f"{kind} with DOCTYPE", name, lambda: office(kind, {"customXml/item1.xml": DOCTYPE}), refused="office_doctype"),
        Case(f"{kind} with DOCTYPE in UTF-16", name, lambda: office(kind, {"a.rels": DOCTYPE.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")}), refused="office_doctype"),
        Case(f"{kind} with DOCTYPE behind a comment", name, lambda: office(kind, {"a.xml": f"<!--{COMMENT}-->{DOCTYPE.partition('?>')[2]}"}), refused="office_doctype"),
        Case(f"{kind} that is {other}", name, lambda: office(other), refused="office_not_this_kind"),
        Case(f"{kind} that is any zip", name, lambda: archive({"a.txt": "x"}), refused="office_not_this_kind"),
        Case(f"{kind} that climbs", name, lambda: office(kind, {"../../etc/cron.d/x": b"x"}), refused="office_bad_part_name"),
        Case(f"{kind} with an absolute part", name, lambda: office(kind, {"/etc/x": b"x"}), refused="office_bad_part_name"),
        Case(f"{kind} with a drive", name, lambda: office(kind, {"C:\\x": b"x"}), refused="office_bad_part_name"),
        Case(f"{kind} of 3,000 parts", name, lambda: office(kind, {f"p/{n}.bin": b"" for n in range(3_000)}), refused="office_too_many_parts"),
        Case(f"{kind} bomb", name, lambda: office(kind, {"a.xml": zeros}), refused="office_too_big_unpacked"),
        Case(f"{kind} encrypted", name, lambda: encrypted(office(kind)), refused="office_encrypted"),
        Case(f"{kind} with a broken part", name, lambda: office(kind, {"a.xml": "<a <"}), refused="office_broken"),
        Case(f"{kind} cut", name, lambda: office(kind)[:-30], refused="office_broken"),
        Case(f"{kind} that lies about a size", name, lambda: lying(office(kind, {"a.xml": "<!--" + "x" * 90_000 + "-->" + MAIN}), "a.xml", 10), refused="office_broken"),
    )  # fmt: skip


EVIDENCE = (
    Case("no bytes", "a.pdf", _bytes(b""), refused="empty"),
    Case("a PDF", "證明.pdf", _bytes(PDF)),
    Case("a JPEG", "a.jpeg", _bytes(JPEG)),
    Case("a JPEG in capitals", "A.JPG", _bytes(JPEG)),
    Case("a PNG", "a.png", _bytes(PNG)),
    Case("a text", "a.txt", _text(ORDER)),
    Case("a text in GBK", "a.txt", _text(ORDER, "gbk")),
    *(
        Case(f"program as {ending}", f"a.{ending}", _bytes(EXE), refused="kind_differs")
        for ending in ("pdf", "jpg", "png", "docx", "xlsx", "pptx", "txt")
    ),
    *(
        Case(f"Linux program as {ending}", f"a.{ending}", _bytes(ELF), refused="kind_differs")
        for ending in ("pdf", "jpg", "png", "docx", "txt")
    ),
    *(
        Case(
            f"web page as {ending}",
            f"a.{ending}",
            _page("<script>x</script>"),
            refused="kind_differs",
        )
        for ending in ("pdf", "jpg", "png", "docx")
    ),
    Case("PDF as picture", "a.png", _bytes(PDF), refused="kind_differs"),
    Case("picture as PDF", "a.pdf", _bytes(PNG), refused="kind_differs"),
    Case("picture as another picture", "a.png", _bytes(JPEG), refused="kind_differs"),
    Case("shell script as PDF", "a.pdf", _bytes(SHELL), refused="kind_differs"),
    Case("old Word file as docx", "a.docx", _bytes(OLE), refused="kind_differs"),
    Case("zip as text", "a.txt", lambda: office("docx"), refused="kind_differs"),
    Case("program", "a.exe", _bytes(EXE), refused="kind_refused"),
    Case("program behind a PDF name", "a.pdf.exe", _bytes(EXE), refused="kind_refused"),
    Case("turned name", "報告\u202efdp.exe", _bytes(EXE), refused="kind_refused"),
    Case("web page", "a.html", _page("x"), refused="kind_refused"),
    Case("SVG", "a.svg", _bytes(b"<svg/>"), refused="kind_refused"),
    Case("macro document", "a.docm", lambda: office("docx"), refused="kind_refused"),
    Case("old Word file", "a.doc", _bytes(OLE), refused="kind_refused"),
    Case("zip", "a.zip", lambda: archive({"a": b"x"}), refused="kind_refused"),
    Case("NUL in a text", "a.txt", _text("甲\0乙\n"), refused="kind_differs"),
    Case("NUL far into a text", "a.txt", _text(ORDER * 2_000 + "\0"), refused="text_nul"),
    *(case for kind in FOLDERS for case in _evidence_of_office(kind)),
)
