"""Where the bytes come from: the work tree now, a commit of git later, behind the same two questions."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

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


class LeavesRoot(OSError):
    """A symbolic link leads out of the team's repository."""


class WorkTree:
    """The files as they are on disk, whether git knows them or not."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real_root = os.path.realpath(root)

    def read(self, path: str) -> bytes | None:
        """Return the content of a regular file inside the root, a byte more than may be at most."""
        full = os.path.join(self._real_root, path)
        try:
            self._refuse_outside(full, path)
            # opening a named pipe would wait for its writer for ever
            if not stat.S_ISREG(os.stat(full).st_mode):
                raise OSError(f"'{path}' is not a regular file")
            with open(full, "rb") as file:
                return file.read(MOST_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def list(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder inside the root."""
        full = os.path.join(self._real_root, folder)
        try:
            self._refuse_outside(full, folder)
            with os.scandir(full) as entries:
                return tuple(sorted(f"{entry.name}/" if entry.is_dir() else entry.name for entry in entries))
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def _refuse_outside(self, full: str, path: str) -> None:
        real = os.path.realpath(full)
        if real != self._real_root and not real.startswith(self._real_root.rstrip(os.sep) + os.sep):
            raise LeavesRoot(f"'{path}' leads out of the repository through a symbolic link")
