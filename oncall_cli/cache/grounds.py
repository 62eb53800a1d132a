"""What an answer rests on: files and folders, and whether they are still what they were when it was made.

A file is known by what the disk says of it, the time of its last change included, which nobody can set back. That
time is as coarse as the disk's clock: of a file that had just been changed when it was read, the content is kept and
compared as well, as git does for its index.
"""

import os
import stat

Mark = tuple[float, float, int, int] | None
Marks = dict[str, Mark]
Contents = dict[str, bytes | list[str] | None]
# Some disks count in steps of two seconds.
COARSE = 2.0
_MOST_BYTES = 64 * 1024
_MOST_NAMES = 1000


class Unkept(Exception):
    """What an answer rests on is too much, or of too odd a kind, to be kept."""


def marks_of(paths: list[str], within: int | None = None) -> list[Mark]:
    """Return what tells files and folders from what they were before, without opening them; None for nothing.

    Relative paths are those ``within`` an open folder, which is the quickest way to look at many.
    """
    marks: list[Mark] = []
    for path in paths:
        try:
            found = os.lstat(path, dir_fd=within)
        except (FileNotFoundError, NotADirectoryError):
            marks.append(None)
        else:
            marks.append((found.st_mtime, found.st_ctime, found.st_ino, found.st_size))
    return marks


def is_young(known: Mark, now: float) -> bool:
    """Tell whether a file changed so shortly before ``now`` that it may change again unseen."""
    return known is not None and max(known[0], known[1]) > now - COARSE


def content(path: str) -> bytes | list[str] | None:
    """Return what a small file or folder holds; a folder's names tell which of them are folders."""
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISDIR(mode):
            return _names(path)
        if not stat.S_ISREG(mode):
            raise Unkept(path)
        with open(path, "rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if len(data) > _MOST_BYTES:
        raise Unkept(path)
    return data


def hold(root: str | None, paths: list[str], marks: list[Mark], contents: Contents) -> bool:
    """Tell whether all is as it was; paths are relative to the root, or absolute."""
    within = None if root is None else os.open(root, os.O_RDONLY)
    try:
        same = marks_of(paths, within) == marks
        return same and all(content(path) == known for path, known in contents.items())
    except (OSError, Unkept):
        return False
    finally:
        if within is not None:
            os.close(within)


def _names(folder: str) -> list[str]:
    with os.scandir(folder) as entries:
        names = sorted(f"{one.name}/" if one.is_dir(follow_symlinks=False) else one.name for one in entries)
    if len(names) > _MOST_NAMES:
        raise Unkept(folder)
    return names
