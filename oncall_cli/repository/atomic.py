"""Files replaced whole or not at all, and put back as they were when the change does not come about."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path


class FileChanges:
    """Writes and deletes files below a root, and remembers how to undo all of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._before: list[tuple[Path, bytes | None, int | None]] = []
        self._new_folders: list[Path] = []

    def apply(self, path: str, data: bytes | None) -> None:
        """Give a file its new content, or delete it."""
        target = self.root / path
        exists = target.exists()
        mode = stat.S_IMODE(target.stat().st_mode) if exists else None
        self._before.append((target, target.read_bytes() if exists else None, mode))
        if data is None:
            target.unlink()
        else:
            self._make_folders(target.parent)
            replace(target, data, mode)

    def undo(self) -> None:
        """Put everything back, the last change first."""
        for target, data, mode in reversed(self._before):
            if data is None:
                target.unlink(missing_ok=True)
            elif not target.exists() or target.read_bytes() != data:
                replace(target, data, mode)
        for folder in reversed(self._new_folders):
            with contextlib.suppress(OSError):
                folder.rmdir()
        self._before.clear()
        self._new_folders.clear()

    def _make_folders(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir()
            self._new_folders.append(one)


def replace(target: Path, data: bytes, mode: int | None) -> None:
    """Write a file beside the target, make it durable, and rename it over the target."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        # not with mkstemp, whose files only their owner may read
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None:
                os.chmod(beside, mode)
            os.fsync(file.fileno())
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _make_durable(target.parent)


def _make_durable(folder: Path) -> None:
    """Write a folder's entries to the disk; Windows offers no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
