"""What a change does to its files, in words that need no git: a diff, and a subject of one line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path


def diff_of(root: Path, files: Mapping[str, bytes | None]) -> str:
    """Return what a change does to its files, as ``git diff`` would show it."""
    return diff_between({path: _content(root, path) for path in files}, files)


def diff_between(before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> str:
    """Return the difference between two states of the same files."""
    return "".join(line for path, data in sorted(after.items()) for line in _diff(path, before[path], data))


def visible(subject: str) -> str:
    """Return a subject of one line, with control characters spelled out."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in subject)


def _content(root: Path, path: str) -> bytes | None:
    target = root / path
    return target.read_bytes() if target.is_file() else None


def _diff(path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    old = f"a/{path}" if before is not None else "/dev/null"
    new = f"b/{path}" if after is not None else "/dev/null"
    for line in difflib.unified_diff(_lines(before), _lines(after), old, new):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes | None) -> list[str]:
    return (data or b"").decode("utf-8", "replace").splitlines(keepends=True)
