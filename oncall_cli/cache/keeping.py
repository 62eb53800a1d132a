"""The usual way to an answer, watched: what it prints is kept when all that it rests on could be seen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TextIO

from oncall_cli.cache.answers import keep
from oncall_cli.cache.question import Question
from oncall_cli.cache.witness import Witness
from oncall_cli.lasting import Lasting

# Fine, and nobody on call.
_KEPT_CODES = (0, 3)

Usual = Callable[[Callable[[Lasting], None]], int]


class Overheard:
    """A stream, and all that was written to it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.heard: list[str] = []

    def write(self, text: str) -> int:
        """Write it, and remember it."""
        self.heard.append(text)
        return self.stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def answer_and_keep(asked: Question, usual: Usual) -> int:
    """Answer the usual way and return the exit code; keep the answer when it may be given again."""
    noted: list[Lasting] = []
    witness = Witness(asked.place.root)
    out, err = Overheard(sys.stdout), Overheard(sys.stderr)
    sys.stdout, sys.stderr = out, err
    witness.watch()
    try:
        code = usual(noted.append)
    finally:
        witness.rest()
        sys.stdout, sys.stderr = out.stream, err.stream
    # what was said is what was noted, and nothing else was said
    said_so = len(noted) == 1 and not err.heard and "".join(out.heard) == f"{noted[0].at(noted[0].since)}\n"
    if code in _KEPT_CODES and said_so and not witness.unkept and _one_disk(asked):
        # a disk that is full, or may not be written, costs the next answer some time
        with suppress(OSError):
            keep(asked, noted[0], code, witness.marks, witness.contents)
    return code


def _one_disk(asked: Question) -> bool:
    """Tell whether the files and what is kept of them stand on one disk, whose clock tells both times."""
    return os.stat(asked.place.root).st_dev == os.stat(os.path.dirname(asked.place.folder)).st_dev
