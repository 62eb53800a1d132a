"""The files of a change in the work tree: each replaced whole, and put back as it was, its times included."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

from oncall_cli.errors import Overtaken, Place
from oncall_cli.repository.atomic import make_durable, write_durably
from oncall_cli.repository.journal import FileChange, Journal, sum_of

_RUNS = "100755"

Stamp = tuple[int, int, int, int] | None


class WorkFiles:
    """What a change does to the files of a work tree; another process can do it from the journal alone."""

    def __init__(self, top: Path, git_dir: Path, journal: Journal) -> None:
        self.top = top
        self._git_dir = git_dir
        self._journal = journal
        self._kept = journal.work(git_dir)

    def prepare(self, contents: Mapping[str, bytes | None]) -> None:
        """Write the new contents beside their places, and keep what is there, before anything is replaced."""
        for folder in self._journal.folders:
            (self.top / folder).mkdir(exist_ok=True)
        for number, file in enumerate(self._journal.files):
            target = self.top / file.path
            data = contents[file.path]
            if file.before == file.after:
                continue
            if file.before is not None:
                _keep(target, self._kept / f"old-{number}")
            if data is not None:
                write_durably(self.top / self._journal.beside(file.path), data, _mode(target, file))
        make_durable(self._kept)

    def put(self) -> None:
        """Let the new contents take their places; a file that was edited in the meantime is refused."""
        for file in self._journal.files:
            if not self.is_new(file):
                self._put(file)
        for folder in {(self.top / file.path).parent for file in self._journal.files}:
            _make_durable_upwards(folder, self.top, self._journal.folders)

    def _put(self, file: FileChange) -> None:
        target = self.top / file.path
        if self._sum(file) != file.before:
            hint = "run the command again"
            raise Overtaken(f"'{file.path}' was changed by somebody else a moment ago", hint, Place(file.path))
        if file.after is None:
            target.unlink(missing_ok=True)
        else:
            os.replace(self.top / self._journal.beside(file.path), target)

    def can_go_on(self) -> bool:
        """Tell whether a change has begun to show, and nothing hinders the rest of it."""
        started = any(self.is_new(file) and file.before != file.after for file in self._journal.files)
        return started and all(self.is_new(file) or self._waits(file) for file in self._journal.files)

    def _waits(self, file: FileChange) -> bool:
        ready = file.after is None or (self.top / self._journal.beside(file.path)).exists()
        return ready and self._sum(file) == file.before

    def is_new(self, file: FileChange) -> bool:
        """Tell whether a file says what the change wants."""
        return self._sum(file) == file.after

    def take_back(self, theirs: frozenset[str] = frozenset()) -> None:
        """Put everything back that is still as the change made it, but what is the user's now."""
        for number, file in enumerate(self._journal.files):
            target, kept = self.top / file.path, self._kept / f"old-{number}"
            (self.top / self._journal.beside(file.path)).unlink(missing_ok=True)
            if file.path in theirs or not self.is_new(file) or file.before == file.after:
                continue
            if file.before is None:
                target.unlink(missing_ok=True)
            elif kept.exists():
                _put_back(kept, target)
        self.clear_folders()

    def clear(self) -> None:
        """Remove what stands beside the files."""
        for file in self._journal.files:
            (self.top / self._journal.beside(file.path)).unlink(missing_ok=True)

    def clear_folders(self) -> None:
        """Remove the folders that the change made and that are empty."""
        for folder in reversed(self._journal.folders):
            with contextlib.suppress(OSError):
                (self.top / folder).rmdir()

    def stamps(self) -> list[Stamp]:
        """Return what changes whenever somebody writes to the files."""
        return [stamp(self.top / file.path) for file in self._journal.files]

    def _sum(self, file: FileChange) -> str | None:
        return sum_of(content(self.top / file.path))


def stamp(path: Path) -> Stamp:
    """Return what changes whenever a file is written to or replaced; None for no file."""
    try:
        seen = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def content(path: Path) -> bytes | None:
    """Return the bytes of a file, None where there is none; a symbolic link is not followed."""
    if path.is_symlink() or not path.is_file():
        return None
    return path.read_bytes()


def missing_folders(top: Path, paths: Mapping[str, bytes | None]) -> list[str]:
    """Return the folders that files need and that are not there, the outermost first."""
    needed = {
        parent.relative_to(top).as_posix()
        for path, data in paths.items()
        if data is not None
        for parent in (top / path).parents
        if parent.is_relative_to(top) and not parent.exists()
    }
    return sorted(needed)


def _mode(target: Path, file: FileChange) -> int | None:
    """Return the mode that a file has, unless the change gives it another; None for a usual new one."""
    now = stat.S_IMODE(target.stat().st_mode) if file.before is not None else None
    runs = file.will_be is not None and file.will_be.mode == _RUNS
    if file.will_be is None or runs == (file.was is not None and file.was.mode == _RUNS):
        return now
    base = now if now is not None else 0o644
    return base | (base & 0o444) >> 2 if runs else base & ~0o111


def _keep(target: Path, kept: Path) -> None:
    """Keep a file under a second name: to put it back then needs no space, and git sees the file it knows."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(target, kept)
    except OSError:
        # another disk, or one without such names
        shutil.copy2(target, kept)


def _put_back(kept: Path, target: Path) -> None:
    try:
        os.replace(kept, target)
    except OSError:
        beside = target.with_name(f".{target.name}.back.tmp")
        shutil.copy2(kept, beside)
        os.replace(beside, target)
    make_durable(target.parent)


def _make_durable_upwards(folder: Path, top: Path, made: list[str]) -> None:
    """Make a folder's entries durable, and those of the folders above that were made for it."""
    if folder.is_dir():
        make_durable(folder)
    while folder != top and folder.relative_to(top).as_posix() in made:
        folder = folder.parent
        make_durable(folder)
