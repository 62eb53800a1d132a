"""Where the bytes come from: the work tree now, a commit of git later, behind the same two questions."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from oncall_cli.errors import Place, Problem
from oncall_cli.repository.limits import MOST_BYTES


class Files(Protocol):
    """A team's files, named relative to its root with forward slashes."""

    def read(self, path: str) -> bytes | None:
        """Return a file's content, or None when there is none; raise ``OSError`` when it cannot be read."""

    def list(self, folder: str) -> tuple[str, ...]:
        """Return the sorted names in a folder, those of folders ending in ``/``; nothing for no folder."""


class Overlay:
    """Other files with some of them replaced, or taken away where the content is None; nothing is written."""

    def __init__(self, below: Files, contents: Mapping[str, bytes | None]) -> None:
        self._below = below
        self._contents = contents

    def read(self, path: str) -> bytes | None:
        """Return the new content where there is one."""
        return self._contents[path] if path in self._contents else self._below.read(path)

    def list(self, folder: str) -> tuple[str, ...]:
        """Return the names, with those of new files and without those of removed ones."""
        names = set(self._below.list(folder))
        prefix = f"{folder}/" if folder else ""
        for path, content in self._contents.items():
            if path.startswith(prefix):
                name, slash, _ = path.removeprefix(prefix).partition("/")
                if content is not None:
                    names.add(name + slash)
                elif not slash:
                    names.discard(name)
        return tuple(sorted(names))


class Unfit(OSError):
    """What stands at a path is no file or folder of the team's; says what it is, and what to do about it."""

    def __init__(self, fault: str, hint: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.hint = hint


class LeavesRoot(Unfit):
    """A symbolic link leads out of the team's repository."""

    def __init__(self) -> None:
        super().__init__("it leads out of the repository through a symbolic link", _ITSELF)


_ITSELF = "put the file or folder itself there, not a link to it"
_FAULTS = {
    errno.ELOOP: ("it is a symbolic link that leads back to itself", _ITSELF),
    errno.EACCES: ("permission is denied", "make it readable: chmod u+rX"),
    errno.EIO: ("the disk gives an input/output error", "look after the disk, and at 'git status'"),
}
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def unreadable(path: str, what: str, wrong: OSError) -> Problem:
    """Return the problem that a file or a folder (``what``) cannot be read."""
    known = (wrong.fault, wrong.hint) if isinstance(wrong, Unfit) else _FAULTS.get(wrong.errno or 0)
    fault, hint = known or (wrong.strerror or str(wrong), "look at the place, and run it again")
    return Problem("E101", Place(path), f"the {what} cannot be read: {fault}", hint)


class WorkTree:
    """The files as they are on disk, whether git knows them or not."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real_root = os.path.realpath(root)
        self._inside: set[str] = set()

    def read(self, path: str) -> bytes | None:
        """Return the content of a regular file inside the root, a byte more than may be at most."""
        full = os.path.join(self._real_root, path)
        try:
            found = self._looked_at(full)
            # opening a named pipe would wait for its writer for ever
            if not stat.S_ISREG(found.st_mode):
                kind = next((name for is_one, name in _KINDS if is_one(found.st_mode)), "no file")
                raise Unfit(f"it is {kind}", "move it away, or put a file there")
            return _whole(full, found.st_size)
        except (FileNotFoundError, NotADirectoryError):
            if os.path.islink(full):
                raise Unfit("it is a symbolic link that leads to nothing", _ITSELF) from None
            return None

    def heads(self, folder: str, names: Sequence[str], length: int) -> Iterator[bytes]:
        """Yield how each file of a folder begins; nothing of one that is no plain file, or cannot be read."""
        full = os.path.join(self._real_root, folder)
        self._refuse_outside(full)
        for name in names:
            yield _head(os.path.join(full, name), length)

    def list(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder inside the root."""
        full = os.path.join(self._real_root, folder)
        try:
            self._looked_at(full)
            with os.scandir(full) as entries:
                return tuple(sorted(f"{entry.name}/" if _is_folder(entry) else entry.name for entry in entries))
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def _looked_at(self, full: str) -> os.stat_result:
        """Return what the disk says of what is inside the root; of each folder above it is asked once whether it is."""
        found = os.lstat(full)
        if stat.S_ISLNK(found.st_mode):
            self._refuse_outside(full)
            return os.stat(full)
        folder = os.path.dirname(full)
        if folder not in self._inside:
            self._refuse_outside(folder)
            self._inside.add(folder)
        return found

    def _refuse_outside(self, full: str) -> None:
        real = os.path.realpath(full)
        if real != self._real_root and not real.startswith(self._real_root.rstrip(os.sep) + os.sep):
            raise LeavesRoot


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell a folder; a link that leads back to itself is none, and no reason to hide what stands beside it."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _whole(full: str, size: int) -> bytes:
    """Return the content of a file that had a size a moment ago, a byte more than may be at most."""
    opened = os.open(full, _TO_READ)
    try:
        # one piece as a rule, that ends where the file does; room for the largest would have to be found for each
        pieces = [os.read(opened, min(size, MOST_BYTES) + 1)]
        if len(pieces[0]) == size:
            return pieces[0]
        while pieces[-1] and sum(map(len, pieces)) <= MOST_BYTES:
            pieces.append(os.read(opened, _PIECE))
        return b"".join(pieces)[: MOST_BYTES + 1]
    finally:
        os.close(opened)


_PIECE = 64 * 1024
_TO_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
# Neither through a link, which may lead out of the root, nor from a pipe, whose writer may never come.
_PLAINLY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _head(full: str, length: int) -> bytes:
    try:
        opened = os.open(full, _PLAINLY)
    except OSError:
        return b""
    try:
        return os.read(opened, length)
    except OSError:
        return b""
    finally:
        os.close(opened)
