"""What is said of a file that a run over a folder could not carry out.

The keys are the codes; the Chinese text is the message id. `{…}` are the error's values.
"""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.officialdoc.words import gettext_noop

REFUSALS: Mapping[str, str] = {
    "folder_empty": gettext_noop("文件夹里没有可读的文件：{path}。"),
    "folders_nested": gettext_noop(
        "{one} 与 {other} 相同，或一个在另一个之内。请把结果写到别的文件夹。"
    ),
    "folder_in_use": gettext_noop("{path} 正由另一个进程写入。请等它结束。"),
    "names_meet": gettext_noop("几份文件会写成同名的结果：{names}。请改名。"),
    "output_taken": gettext_noop("{path} 已存在，且不是这里写出的内容。未覆盖；请移走后再试。"),
    "input_changed": gettext_noop("处理期间文件被改动。请再运行一次。"),
    "not_a_file": gettext_noop("不是普通文件，未读取。"),
    "engine_differs": gettext_noop(
        "集群上的版本（{theirs}）与本机（{ours}）不同。请装同一版本后再试。"
    ),
    "worker_died": gettext_noop("处理这份文件的进程被终止，可能是内存不足。请拆分后再试。"),
    "task_crashed": gettext_noop("处理这份文件时出错（{kind}）。原件未受影响。"),
    "line_not_utf8": gettext_noop("第 {line} 行不是 UTF-8 编码。"),
    "line_broken": gettext_noop("第 {line} 行不是一个完整的 JSON 对象。"),
    "line_without_field": gettext_noop("第 {line} 行没有文本字段“{field}”。"),
    "line_field_twice": gettext_noop("第 {line} 行的字段“{field}”出现了两次。"),
}
