"""Whether a team's files are still as they were: one look at the disk, without opening any of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.unfinished import git_dir_of

_FOLDERS = ("rotations", "runbooks", "templates")
_REFERENCE = "ref: "

Looks = frozenset[tuple[str, int, int, int, int]]


def looks_of(root: Path, others: Iterable[str] = ()) -> Looks:
    """Return how the files of a team look, those of the commit that is checked out, and ``others`` by their paths."""
    paths = [root / TEAM_FILE, *(root / path for path in others), *_of_git(root)]
    found = {look for path in paths if (look := _look(path))}
    for folder in _FOLDERS:
        found.update(_below(root / folder))
    return frozenset(found)


def _look(path: Path) -> tuple[str, int, int, int, int] | None:
    with suppress(OSError, ValueError):
        return _told(str(path), path.lstat())
    return None


def _told(path: str, found: os.stat_result) -> tuple[str, int, int, int, int]:
    """Return what tells a file from what it was: nobody can set back the time of its last change."""
    return path, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def _below(folder: Path) -> Iterator[tuple[str, int, int, int, int]]:
    waiting = [str(folder)]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                yield _told(entry.path, entry.stat(follow_symlinks=False))


def _of_git(root: Path) -> Iterator[Path]:
    """Yield the files that change when another commit is checked out: feeds tell when an override last changed."""
    git_dir = git_dir_of(root)
    if git_dir is None:
        return
    head = git_dir / "HEAD"
    yield head
    yield git_dir / "logs" / "HEAD"
    with suppress(OSError):
        common = git_dir / (git_dir / "commondir").read_text("utf-8").strip()
        git_dir = common if common.is_dir() else git_dir
    yield git_dir / "packed-refs"
    with suppress(OSError):
        said = head.read_text("utf-8", "replace").strip()
        if said.startswith(_REFERENCE):
            yield git_dir / said.removeprefix(_REFERENCE)
