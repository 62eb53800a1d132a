"""A file replaced whole or not at all, and made durable."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path


def replace(target: Path, data: bytes, mode: int | None) -> None:
    """Write a file beside the target, make it durable, and rename it over the target."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    write_durably(beside, data, mode)
    try:
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    make_durable(target.parent)


def write_durably(target: Path, data: bytes, mode: int | None) -> None:
    """Write a new file as ``write_new`` does, down to the disk."""
    write_new(target, data, mode, durable=True)


def write_new(target: Path, data: bytes, mode: int | None, *, durable: bool = False) -> None:
    """Write a new file whole, with the mode that the user's mask gives unless one is asked for."""
    try:
        # not with mkstemp, whose files only their owner may read
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None:
                os.chmod(target, mode)
            if durable:
                os.fsync(file.fileno())
    except FileExistsError:
        raise
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def make_durable(folder: Path) -> None:
    """Write a folder's entries to the disk; Windows offers no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as wrong:
        # some disks of a network have no such call for folders
        if wrong.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
