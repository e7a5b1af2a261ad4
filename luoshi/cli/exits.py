"""The exit codes of every command; `luoshi --help` says them."""

OK = 0
DIFFERS = 1  # something is left in doubt, or is not as it should be
USAGE = 2  # wrongly called, or a component is missing
UNREADABLE = 3  # the input cannot be read
INTERRUPTED = 130
