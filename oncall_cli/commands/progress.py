"""How far a long piece of work has come, on one line of standard error that is gone when it is done."""

from __future__ import annotations

import sys

# Less is done before anybody begins to wonder.
_FEW = 2000
_CLEAR = "\r\x1b[K"


class Progress:
    """Tells a person who watches; a script, a pipe and a file are told nothing."""

    def __init__(self, *, watched: bool) -> None:
        self._watched = watched
        self._shown = -1

    def __call__(self, done: int, total: int) -> None:
        """Show how many files have been looked at, once for each hundredth of them."""
        share = 100 * done // max(total, 1)
        if self._watched and total > _FEW and share != self._shown:
            self._shown = share
            self._put(f"{_CLEAR}{done:,} of {total:,} files")

    def end(self) -> None:
        """Take the line away."""
        if self._shown >= 0:
            self._put(_CLEAR)

    def _put(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
