"""What is remembered of folders that stay as they are, beside git's own files.

For a few folders together it is remembered what was found in them, and what the disk said of every file in them: its
name, size and inode, and when it was last written and changed. It is known as long as the disk says the same. A file
that was written so shortly before it was read that it may have been written again unseen makes its folder one of
which nothing is remembered. Whatever is wrong with the memory, it counts as forgotten; nothing is lost with it.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import TZPATH

from oncall_cli import __version__
from oncall_cli.repository.unfinished import git_dir_of

_PACKAGE = Path(__file__).parent.parent
_ROOMS = ("checks", "model", "practice", "repository", "schedule")
# Some disks count in steps of two seconds.
_COARSE = 2_000_000_000


class Look(NamedTuple):
    """What the disk says of the files in some folders, in short, and when the last was written or changed."""

    said: str
    newest: int
    files: tuple[str, ...]


class Memory:
    """What is remembered of one kind about one team's work tree."""

    def __init__(self, root: Path, name: str) -> None:
        self._root = root
        # Windows does not tell when a file was last changed, only what its writers say
        git_dir = None if os.name == "nt" else git_dir_of(root)
        self._file = git_dir / "oncall" / name if git_dir else None
        self._known: dict[str, Any] | None = None
        self._now: int | None = None
        self._new = False

    def known(self, key: str, look: Look) -> Any:
        """Return what is remembered; None where nothing is, or where the disk says something else now."""
        if self._known is None:
            self._known = _remembered(self._file) if self._file else {}
        kept = self._known.get(key)
        return kept[1] if isinstance(kept, list) and len(kept) == 2 and kept[0] == look.said else None

    def begin(self) -> None:
        """Take the disk's own time before anything is read that is to be remembered."""
        if self._file and self._now is None:
            with suppress(OSError):
                self._file.parent.mkdir(exist_ok=True)
                beside = self._beside()
                beside.write_bytes(b"")
                self._now = beside.stat().st_mtime_ns
                beside.unlink()

    def note(self, key: str, look: Look, found: Any) -> None:
        """Remember what was found, as JSON can say it, unless a file was written just now."""
        if self._known is not None and self._now is not None and look.newest < self._now - _COARSE:
            self._known[key] = [look.said, found]
            self._new = True

    def save(self) -> None:
        """Write down what is new; a disk that is full, or may not be written, costs the next command some time."""
        if self._file is None or not self._new:
            return
        self._new = False
        with suppress(OSError):
            self._beside().write_text(json.dumps([_form(), self._known]), "utf-8")
            os.replace(self._beside(), self._file)

    def look(self, folders: Iterable[str], salt: str) -> Look | None:
        """Return what the disk says of folders; None where that does not tell whether they stay the same."""
        words, files, newest = [f"{self._root}\n{salt}"], [], 0
        try:
            for folder in folders:
                for name in sorted(os.listdir(f"{self._root}/{folder}")):
                    path = f"{folder}/{name}"
                    found = os.lstat(f"{self._root}/{path}")
                    if not stat.S_ISREG(found.st_mode):
                        return None
                    newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
                    files.append(path)
                    words.append(
                        f"{path} {found.st_size} {found.st_ino} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_mode}"
                    )
        except (OSError, ValueError):
            return None
        said = "\n".join(words).encode("utf-8", "surrogateescape")
        return Look(blake2b(said, digest_size=16).hexdigest(), newest, tuple(files))

    def _beside(self) -> Path:
        assert self._file
        return self._file.with_name(f"{self._file.name}.{os.getpid()}.tmp")


def zone_marks(zone: str) -> list[list[int]]:
    """Return what the disk says of the rules of a time zone, which a machine gets anew now and then."""
    package = find_spec("tzdata")
    own = (package.submodule_search_locations if package else None) or ()
    return _marks(f"{folder}/{zone}" for folder in (*TZPATH, *(f"{folder}/zoneinfo" for folder in own)))


@cache
def _form() -> str:
    """Return what tells the program from any other that may have remembered something else."""
    sources = sorted(str(path) for room in _ROOMS for path in (_PACKAGE / room).glob("*.py"))
    return f"1 {__version__} {blake2b(repr(_marks(sources)).encode(), digest_size=16).hexdigest()}"


def _marks(paths: Iterable[str]) -> list[list[int]]:
    found = []
    for path in paths:
        with suppress(OSError):
            about = os.stat(path)
            found.append([about.st_size, about.st_mtime_ns])
    return found


def _remembered(file: Path) -> dict[str, Any]:
    try:
        form, known = json.loads(file.read_text("utf-8"))
        return dict(known) if form == _form() else {}
    except (OSError, ValueError, TypeError):
        return {}
