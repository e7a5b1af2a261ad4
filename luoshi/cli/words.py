"""The words of the command line, in the language that the environment asks for."""

from __future__ import annotations

import gettext as catalogues
import os
from collections.abc import Mapping
from pathlib import Path

import luoshi
from luoshi.batch.words import REFUSALS as BATCH_REFUSALS
from luoshi.kernel.errors import LuoshiError
from luoshi.officialdoc.words import REFUSALS

_LOCALE = Path(luoshi.__file__).parent / "locale"
# The message id is the Simplified Chinese text itself: those languages need no catalogue.
_CHINESE = ("zh", "zh_CN", "zh_SG")


def languages(environment: Mapping[str, str]) -> list[str]:
    """The catalogues to try, best first; none where the messages are wanted as they stand."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = environment.get(name, "").partition(".")[0].partition("@")[0]
        if wanted in ("C", "POSIX") or wanted in _CHINESE:
            return []
        if wanted.startswith("zh"):
            return ["zh_Hant"]
        if wanted:
            return ["en"]
    return []


_catalogue = catalogues.translation(
    "django", _LOCALE, languages=languages(os.environ) or ["zh_Hans"], fallback=True
)
gettext = _catalogue.gettext


# What the server's commands refuse; the pages have words of their own.
_SHELL: Mapping[str, str] = {
    "secrecy_mark": gettext("文件上有密级标志“{mark}”。密件不得录入。"),
    "no_such_account": gettext("没有这个账号，或者已停用：{account}"),
    "no_such_unit": gettext("没有这个单位：{unit}"),
    "no_such_row": gettext("没有这一行：{subject}"),
    "no_such_field": gettext("这一行没有这个字段。"),
    "unknown_role": gettext("没有这个角色：{role}"),
    "username_taken": gettext("这个账号名已经有人用了：{username}"),
    "passwords_differ": gettext("两次输入的密码不一样。"),
    "weak_password": gettext("密码不合要求：{why}"),
    "not_your_role": gettext("这个账号不能办这一步；可以办的角色：{roles}"),
}


def refusal(error: LuoshiError) -> str:
    """The refusal as one line: in the reader's language, or its code and values."""
    if error.code in _SHELL:
        values = {k: ", ".join(v) if isinstance(v, list) else v for k, v in error.values.items()}
        return _SHELL[error.code].format(**values)
    words = REFUSALS.get(error.code) or BATCH_REFUSALS.get(error.code)
    return gettext(words).format(**error.values) if words else str(error)
