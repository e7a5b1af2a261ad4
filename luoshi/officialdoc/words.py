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
        "暂不能读取文字处理文件。请另存为网页（.html）或纯文本（.txt）后再试。"
    ),
    "document_sheet": gettext_noop("暂不能读取表格文件。请另存为网页（.html）后再试。"),
    "document_pdf": gettext_noop("暂不能读取版式文件。请复制其中的文字，存为 .txt 后再试。"),
    "document_image": gettext_noop("图片中的文字暂不能读取。请录入文字，存为 .txt 后再试。"),
    "document_mhtml": gettext_noop("暂不能读取单一网页文件。请另存为“仅 HTML”的网页后再试。"),
    "document_archive": gettext_noop("这是压缩包或 Office 文件，不是文本。请解压或另存后再试。"),
    "document_program": gettext_noop("这是程序，不是文本。请确认文件来源。"),
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
    "text_bidi_controls": gettext_noop("含 {count} 个改变阅读方向的控制字符。"),
    "text_unseen_characters": gettext_noop("含 {count} 个不可见字符。"),
    "text_replacement_characters": gettext_noop("含 {count} 个替换字符（�），原字已失。"),
}
