"""Texts merged by their lines, as git does it, for what is no record; two changes of one place are a conflict."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from oncall_cli.repository.git import Git

_NAMES = ("ours", "base", "theirs")


class MergedText(NamedTuple):
    """The lines of both sides together, and whether any of them stand in conflict, between markers."""

    data: bytes
    clean: bool


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> MergedText:
    """Return what git makes of the two; binary files are a conflict and stay as ours are."""
    if ours == theirs or theirs == base:
        return MergedText(ours, True)
    if ours == base:
        return MergedText(theirs, True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name, data in zip(_NAMES, (ours, base, theirs), strict=True):
            (folder / name).write_bytes(data)
        labels = [word for name in _NAMES for word in ("-L", name)]
        answer = Git(folder).ask("merge-file", *labels, "--", *_NAMES, reads_only=False)
        if not 0 <= answer.status < 128:
            return MergedText(ours, False)
        return MergedText((folder / "ours").read_bytes(), answer.status == 0)


def marked_lines(ours: bytes, theirs: bytes) -> bytes:
    """Return a text whose two readings are given: lines that differ stand between markers, all others once."""
    return b"".join(_marked(_lines(ours), _lines(theirs)))


def _marked(ours: list[bytes], theirs: list[bytes]) -> Iterator[bytes]:
    for what, old, old_end, new, new_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            yield from ours[old:old_end]
        else:
            yield b"<<<<<<< ours\n"
            yield from ours[old:old_end]
            yield b"=======\n"
            yield from theirs[new:new_end]
            yield b">>>>>>> theirs\n"


def _lines(data: bytes) -> list[bytes]:
    lines = data.splitlines(keepends=True)
    return [line if line.endswith((b"\n", b"\r")) else line + b"\n" for line in lines]
