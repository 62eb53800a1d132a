"""Which records are not over, told from the bytes of their files: of thousands, few are read as records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oncall_cli.repository.files import Files, WorkTree

# A key stands in the first column; the same words inside a text are indented, so nothing else looks like it.
# What is spelled in another way is read as a record, and its status then tells.
_RESOLVED = re.compile(rb"^status: resolved[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_HEAD = 4096


def may_be_open(files: Files, folder: str, names: list[str]) -> Iterator[str]:
    """Yield the files of a folder that do not say at once that they are resolved."""
    return not_saying(_RESOLVED, files, folder, names)


def not_saying(sign: re.Pattern[bytes], files: Files, folder: str, names: list[str]) -> Iterator[str]:
    """Yield the files of a folder in whose beginning a sign is not found."""
    for name, head in _heads(files, folder, names):
        if not sign.search(head):
            yield name


def _heads(files: Files, folder: str, names: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield how each file begins; one that cannot be read is left to whoever reads it as a record."""
    if isinstance(files, WorkTree):
        yield from zip(names, files.heads(folder, names, _HEAD), strict=True)
        return
    for name in names:
        try:
            yield name, files.read(f"{folder}/{name}") or b""
        except OSError:
            yield name, b""
