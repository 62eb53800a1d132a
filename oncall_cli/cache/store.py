"""Kept things on the disk: a small file each, written whole or not at all, and not believed when anything is odd."""

import marshal
import os
import stat
import time
from _imp import source_hash

# Not from `typing`, which alone takes longer to load than an answer may.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_KIND = b"oncall answer 1\n"
# No checkout, whatever the umask, makes a file that its owner may not write.
_MODE = 0o400
_KEY = 1
_SUM = 8
_MOST_BYTES = 2 * 1024 * 1024
_MOST_FILES = 64
_SKEW = 1.0
_PLAINLY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def name_of(key: "Any") -> str:
    """Return the name of the file that keeps what belongs to a key; two keys may share one, and take it in turns."""
    return _sum(repr(key).encode()).hex()


def read(folder: str, key: "Any") -> "Any":
    """Return what is kept for a key; None when nothing is, or when it is another's, another version's or damaged."""
    try:
        data = _read(os.path.join(folder, name_of(key)))
    except OSError:
        return None
    head, body = data[: len(_KIND) + _SUM], data[len(_KIND) + _SUM :]
    if head != _KIND + _sum(body):
        return None
    found = marshal.loads(body)
    return found[1] if found[0] == key else None


def _read(path: str) -> bytes:
    opened = os.open(path, _PLAINLY)
    try:
        about = os.fstat(opened)
        ours = about.st_mode == stat.S_IFREG | _MODE and about.st_uid == os.geteuid()
        return os.read(opened, _MOST_BYTES) if ours else b""
    finally:
        os.close(opened)


def write(folder: str, key: "Any", kept: "Any") -> None:
    """Keep something for a key instead of what was kept; raise ``OSError`` when it cannot be."""
    body = marshal.dumps((key, kept))
    if len(body) > _MOST_BYTES - 64:
        return
    os.makedirs(folder, mode=0o700, exist_ok=True)
    target = os.path.join(folder, name_of(key))
    beside = f"{target}.{os.getpid()}.tmp"
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "wb") as file:
            if abs(os.fstat(file.fileno()).st_mtime - time.time()) > _SKEW:
                raise OSError("the disk, which stands in another machine, has another time")
            file.write(_KIND + _sum(body) + body)
        os.replace(beside, target)
    except OSError:
        _remove(beside)
        raise
    _bound(folder)


def _bound(folder: str) -> None:
    """Forget the oldest of too many, those of writers that died included."""
    with os.scandir(folder) as entries:
        found = sorted((one.stat(follow_symlinks=False).st_mtime_ns, one.path) for one in entries)
    for _, path in found[:-_MOST_FILES]:
        _remove(path)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def _sum(data: bytes) -> bytes:
    """Return what tells bytes from others: the sum by which the interpreter knows a source, already loaded."""
    return source_hash(_KEY, data)
