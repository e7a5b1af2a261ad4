"""What is said of a refusal or a doubt: two sentences, what it is and what can be done now.

The keys are the codes; the Chinese text is the message id. `{…}` are the error's values.
"""

from __future__ import annotations

from collections.abc import Mapping


def gettext_noop(message: str) -> str:
    """The message itself: the name is what marks it for the catalogues, without Django."""
    return message


REFUSALS: Mapping[str, str] = {
    "empty": gettext_noop("文件里没有文字。请检查是否选对了文件。"),
    "not_text": gettext_noop("无法识别文件的编码，它可能不是文本。请另存为 UTF-8 文本后再试。"),
    "text_nul": gettext_noop(
        "第 {line} 行（第 {position} 个字符处）有空字符，文件可能已损坏。请重新导出后再试。"
    ),
    "text_lone_surrogate": gettext_noop(
        "第 {line} 行（第 {position} 个字符处）有无法保存的残缺字符。请删去后再试。"
    ),
    "too_large": gettext_noop("文件超过上限 {limit} 字节。请拆分，或改用命令行处理。"),
    "too_long": gettext_noop("处理时间超过上限，已停止。请拆分文件后再试。"),
    "too_big": gettext_noop("处理所需内存或结果超过上限，已停止。请拆分文件后再试。"),
    "reading_crashed": gettext_noop("文件无法处理。原件未受影响，请联系管理员。"),
    "kind_refused": gettext_noop("不接受 {extension} 文件。可用的类型：{allowed}。"),
    "kind_differs": gettext_noop(
        "文件内容与扩展名不符（应为 {claimed}，实为 {found}）。请确认后以正确的类型提供。"
    ),
    "document_word": gettext_noop(
        "不能读取 {extension} 文件。请用 WPS 或 Word 打开，另存为 .docx 后再试。"
    ),
    "document_sheet": gettext_noop(
        "不能读取 {extension} 文件。请用 WPS 或 Excel 打开，另存为 .xlsx 后再试。"
    ),
    "document_ofd": gettext_noop(
        "不能读取 {extension} 版式文件。请用阅读器导出为 .pdf，或取得 .docx 原稿后再试。"
    ),
    "document_macros": gettext_noop(
        "{extension} 文件可带宏，不予接受。请另存为 .docx 或 .xlsx 后再试。"
    ),
    "document_old_office": gettext_noop(
        "这是旧格式的 Office 文件，或加了密码的文件，与扩展名 {extension} 不符。请去掉密码，另存为 .docx 或 .xlsx 后再试。"
    ),
    "document_is_pdf": gettext_noop("这是 PDF 文件，扩展名却是 {extension}。请改为 .pdf 后再试。"),
    "document_image": gettext_noop(
        "图片和扫描件中的文字不能读取。请取得电子原稿，或用识别软件转成 .docx 后再试。"
    ),
    "document_mhtml": gettext_noop("暂不能读取单一网页文件。请另存为“仅 HTML”的网页后再试。"),
    "document_archive": gettext_noop("这是压缩包或 Office 文件，不是文本。请解压或另存后再试。"),
    "document_program": gettext_noop("这是程序，不是文本。请确认文件来源。"),
    "sheet_too_many_cells": gettext_noop(
        "表格里的单元格超过上限 {limit} 个。请删去无关的工作表，或分成几个文件后再试。"
    ),
    "pdf_broken": gettext_noop("PDF 文件已损坏，无法读取。请重新导出后再试。"),
    "pdf_encrypted": gettext_noop("PDF 文件已加密。请去掉密码后再试。"),
    "pdf_scan": gettext_noop(
        "这个 PDF 是扫描件，没有文字。请取得电子原稿，或用识别软件转成 .docx 后再试。"
    ),
    "pdf_too_many_pages": gettext_noop("PDF 有 {count} 页，超过上限 {limit} 页。请拆分后再试。"),
    "office_broken": gettext_noop("Office 文件已损坏，无法检查。请重新保存后再试。"),
    "office_encrypted": gettext_noop("Office 文件已加密。请去掉密码后再试。"),
    "office_not_this_kind": gettext_noop("文件内容不是该扩展名的 Office 文件。请另存后再试。"),
    "office_macros": gettext_noop("Office 文件含宏（{part}）。请另存为不含宏的文件后再试。"),
    "office_doctype": gettext_noop(
        "Office 文件的部件 {part} 含文档类型声明，不予接受。请重新保存后再试。"
    ),
    "office_bad_part_name": gettext_noop(
        "Office 文件的部件名 {part} 不合规，不予接受。请重新保存后再试。"
    ),
    "office_too_many_parts": gettext_noop(
        "Office 文件有 {count} 个部件，超过上限 {limit} 个。请精简后再试。"
    ),
    "office_too_big_unpacked": gettext_noop(
        "Office 文件解压后有 {size} 字节，超过上限 {limit} 字节。请精简后再试。"
    ),
}

DOUBTS: Mapping[str, str] = {
    "charset_not_as_declared": gettext_noop("文件自称编码为 {declared}，实际按 {found} 读取。"),
    "charset_broken_bytes": gettext_noop("有 {count} 处字节残缺，已以 � 标出。"),
    "charset_misread": gettext_noop(
        "文字曾被当作 {misread_as} 误读，已按 {found} 重新读出，请核对。"
    ),
    "charset_maybe_misread": gettext_noop(
        "文字可能曾被当作 {misread_as} 误读，又丢了字节，没有改动；按 {found} 读是“{sample}”。"
    ),
    "charset_guessed": gettext_noop("编码为推测（{found}），请核对文字。"),
    "markup_hides_text": gettext_noop("网页源码中有 {count} 个字未能归位（{sample}），请核对。"),
    "markup_read_flat": gettext_noop("网页标记残缺，已按纯文本读取，请核对。"),
    "docx_left_out": gettext_noop("文档中有 {count} 个字未能归位（{sample}），请核对。"),
    "docx_tracked_changes": gettext_noop("文档有 {count} 处修订，已按全部接受读取，请核对。"),
    "docx_pictures": gettext_noop("文档有 {count} 幅图，图中的文字未读取。"),
    "docx_heads": gettext_noop("页眉页脚的文字未计入正文（{sample}）。"),
    "sheet_hidden": gettext_noop("工作表“{sheet}”是隐藏的，未读取。"),
    "sheet_hidden_rows": gettext_noop(
        "工作表“{sheet}”有 {count} 行是隐藏的（第 {rows} 行），已照读，请核对。"
    ),
    "sheet_uncomputed": gettext_noop(
        "工作表“{sheet}”有 {count} 个公式没有算出的值（{cells}）。请用 Excel 打开、保存后再试。"
    ),
    "pdf_reflowed": gettext_noop("PDF 的断行已按版面接回成段，请核对。"),
    "pdf_heads_left_out": gettext_noop("页眉、页脚和页码共 {count} 处未计入正文（如“{sample}”）。"),
    "pdf_pages_without_text": gettext_noop("有 {count} 页没有文字，可能是扫描页，未读取。"),
    "text_bidi_controls": gettext_noop("含 {count} 个改变阅读方向的控制字符。"),
    "text_unseen_characters": gettext_noop("含 {count} 个不可见字符。"),
    "text_replacement_characters": gettext_noop("含 {count} 个替换字符（�），原字已失。"),
}

# Name of a rule of the reader: why a finding was found.
RULES: Mapping[str, str] = {
    "D1-owner-must": gettext_noop("主体加“要、应、须”"),
    "D1-must": gettext_noop("句中有“要、应、须”"),
    "D1-owner-does": gettext_noop("主体加动作"),
    "D1-imperative": gettext_noop("动词开头的要求"),
    "D1-announced": gettext_noop("预告了要办的事"),
    "S3-indicator": gettext_noop("预期指标"),
    "S4-label": gettext_noop("后面标着责任"),
    "S5-table": gettext_noop("表格里的任务格"),
    "S7-joins": gettext_noop("补充句并入前句"),
    "O1-carried": gettext_noop("主体承前句"),
    "K7-respectively": gettext_noop("“分别”对应几个数"),
    "page-title": gettext_noop("标题的位置"),
    "page-published": gettext_noop("发布时间的标签"),
    "page-signed": gettext_noop("落款日期"),
    "page-doc_no": gettext_noop("文号的写法"),
    "page-source": gettext_noop("来源的标签"),
    "page-column": gettext_noop("栏目的位置"),
    "page-clicks": gettext_noop("点击量的标签"),
    "meeting-held": gettext_noop("“召开”前后的会名"),
    "agenda": gettext_noop("会上办的事"),
    "post-and-name": gettext_noop("职务加姓名"),
    "honour-title": gettext_noop("表彰的名称"),
    "pledge": gettext_noop("作表态发言的单位"),
    "pledge-count": gettext_noop("表态发言的数"),
    "theme-year": gettext_noop("以“年”结尾的主题"),
    "area": gettext_noop("列出的方面"),
    "result-figure": gettext_noop("带数字的成绩"),
    "result-rank": gettext_noop("带位次的成绩"),
    "by hand": gettext_noop("人工标的"),
    "merged by hand": gettext_noop("人工合并的"),
    "split by hand": gettext_noop("人工拆分的"),
}

# Code of what a reading leaves in doubt.
READING_DOUBTS: Mapping[str, str] = {
    "no-owner": gettext_noop("没写责任单位"),
    "general-owner": gettext_noop("单位是统称"),
    "no-deadline": gettext_noop("没写时限"),
    "vague": gettext_noop("说得笼统"),
    "year-assumed": gettext_noop("年份是推断的"),
    "number-damaged": gettext_noop("数字处原文受损"),
    "words-uncertain": gettext_noop("字句处原文受损"),
    "unsure": gettext_noop("把握不大"),
    "owners-unsure": gettext_noop("责任单位拿不准"),
    "deadline-unsure": gettext_noop("时限拿不准"),
    "targets-unsure": gettext_noop("目标值拿不准"),
    "no-official-paper": gettext_noop("不像公文"),
}
