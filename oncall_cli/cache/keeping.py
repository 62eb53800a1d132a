"""The usual way to an answer, watched: what it prints is kept when all that it rests on could be seen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from io import BytesIO, TextIOWrapper
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
        count = self.stream.write(text)
        self.heard.append(text)
        return count

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def answer_and_keep(asked: Question, usual: Usual) -> int:
    """Answer the usual way and return the exit code; keep the answer when it may be given again."""
    noted: list[Lasting] = []
    witness = Witness(asked.root)
    out, err = Overheard(sys.stdout), Overheard(sys.stderr)
    sys.stdout, sys.stderr = out, err
    witness.watch()
    try:
        code = usual(noted.append)
    finally:
        witness.rest()
        sys.stdout, sys.stderr = out.stream, err.stream
    answer = None if err.heard else _lasting(asked, noted, "".join(out.heard))
    if answer and code in _KEPT_CODES and not witness.unkept:
        # a disk that is full, or may not be written, costs the next answer some time
        with suppress(OSError):
            keep(asked, answer, code, witness.marks, witness.contents)
    return code


def overheard(usual: Callable[[], int]) -> str:
    """Return what is said the usual way, without saying it."""
    said = TextIOWrapper(BytesIO(), encoding="utf-8", newline="\n", write_through=True)
    with redirect_stdout(said):
        usual()
    said.seek(0)
    return said.read().removesuffix("\n")


def _lasting(asked: Question, noted: list[Lasting], said: str) -> Lasting | None:
    """Return the answer that was noted, if it and nothing else was said; what the program says of itself lasts."""
    if asked.root is None:
        return Lasting(said.removesuffix("\n"), asked.now, asked.now + 1) if said.endswith("\n") else None
    if len(noted) != 1 or said != f"{noted[0].at(noted[0].since)}\n" or not _one_disk(asked.root, asked.folder):
        return None
    return noted[0]


def _one_disk(root: str, folder: str) -> bool:
    """Tell whether the files and what is kept of them stand on one disk, whose clock tells both times."""
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return os.stat(root).st_dev == os.stat(folder).st_dev
