"""How far a long run is, on standard error: a bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from types import TracebackType

from luoshi.cli.columns import cut
from luoshi.cli.words import gettext as _

_BAR = 24
_REDRAW, _LINE = 0.1, 10.0  # seconds between two drawings of the bar, between two lines


class Progress:
    """Counts files and bytes as they are done."""

    def __init__(self, files: int, size: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._files, self._size, self._clock = files, size, clock
        self._done = self._done_size = 0
        self._started = self._drawn = self._clock()
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        self._draw()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._terminal:
            self._draw()
            print(file=sys.stderr)

    def advance(self, size: int) -> None:
        """One more file of so many bytes is done."""
        self._done += 1
        self._done_size += size
        if self._clock() - self._drawn < (_REDRAW if self._terminal else _LINE):
            return
        self._drawn = self._clock()
        if self._terminal:
            self._draw()
        else:
            print(self._words(), file=sys.stderr, flush=True)

    def _draw(self) -> None:
        if not self._terminal:
            return
        filled = round(_BAR * self._share())
        bar = "█" * filled + "░" * (_BAR - filled)
        room = shutil.get_terminal_size().columns - _BAR - 2
        print(f"\r\x1b[K{bar} {cut(self._words(), room)}", end="", file=sys.stderr, flush=True)

    def _share(self) -> float:
        return self._done_size / self._size if self._size else self._done / max(1, self._files)

    def _words(self) -> str:
        taken, share = self._clock() - self._started, self._share()
        left = f"{taken * (1 - share) / share:.0f}" if share else "—"
        return _("{done}/{all} 份，{size} MB，约剩 {left} 秒").format(
            done=self._done, all=self._files, size=f"{self._done_size / 1e6:.1f}", left=left
        )
