"""The exit codes of every command; `luoshi --help` says them."""

from luoshi.cli.words import gettext as _

OK = 0
DIFFERS = 1  # something is left in doubt, is not as it should be, or was refused
USAGE = 2  # wrongly called, or a component is missing
UNREADABLE = 3  # the input cannot be read
INTERRUPTED = 130
EXITS = _(
    "退出码：0 正常；1 还有存疑、核验不符或不能办理；2 用法有误或缺少组件；3 输入无法读取；130 被中断。"
)
