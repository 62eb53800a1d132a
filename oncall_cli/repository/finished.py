"""Which records of the history are finished, known without opening them.

What happened grows for ever, and nearly all of it is finished. Of each of its folders it is remembered, beside git's
own files, which of its records were not, and what the disk said of every file in it: its name, size and inode, and
when it was last written and changed. Where the disk still says the same, only those few are read. Where it does not,
or where a file was written so shortly before it was read that it may have been written again unseen, all are. Whatever
is wrong with the memory, it counts as forgotten; nothing is lost with it.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli import __version__
from oncall_cli.practice.finished import action_finished, incident_finished, request_finished, shift_finished
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.unfinished import git_dir_of

if TYPE_CHECKING:
    from oncall_cli.model.team import Team
    from oncall_cli.repository.reading import TeamRepository

_FINISHED: dict[str, Callable[[Any, Team], bool]] = {
    "shifts": shift_finished,
    "incidents": incident_finished,
    "requests": request_finished,
    "actions": action_finished,
}
_FORM = f"1 {__version__}"
# Some disks count in steps of two seconds.
_COARSE = 2_000_000_000


class _Look(NamedTuple):
    """What the disk says of a folder's files, in short, and when the last of them was written or changed."""

    said: str
    newest: int


class Finished:
    """What is remembered of one team's work tree."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = _place(root)
        self._known: dict[str, tuple[str, list[str]]] | None = None
        self._now: int | None = None
        self._new = False

    def unfinished(self, folder: str, look: _Look) -> list[str] | None:
        """Return the records of a folder that are not finished; None where that is not known."""
        if self._known is None:
            self._known = _remembered(self._file) if self._file else {}
        said, names = self._known.get(folder, ("", []))
        return names if said == look.said else None

    def begin(self) -> None:
        """Take the disk's own time before anything is read that is to be remembered."""
        if self._file and self._now is None:
            with suppress(OSError):
                self._file.parent.mkdir(exist_ok=True)
                beside = self._beside()
                beside.write_bytes(b"")
                self._now = beside.stat().st_mtime_ns
                beside.unlink()

    def note(self, folder: str, look: _Look, names: list[str]) -> None:
        """Remember the records of a folder that are not finished, unless one was written just now."""
        if self._known is not None and self._now is not None and look.newest < self._now - _COARSE:
            self._known[folder] = (look.said, names)
            self._new = True

    def save(self) -> None:
        """Write down what is new; a disk that is full, or may not be written, costs the next command some time."""
        if self._file is None or not self._new:
            return
        self._new = False
        with suppress(OSError):
            self._beside().write_text(json.dumps([_FORM, self._known]), "utf-8")
            os.replace(self._beside(), self._file)

    def look(self, folder: str, salt: str) -> _Look | None:
        """Return what the disk says of a folder; None where that does not tell whether it stays the same."""
        full = os.path.join(self._root, folder)
        words, newest = [salt], 0
        try:
            for name in sorted(os.listdir(full)):
                found = os.lstat(f"{full}/{name}")
                if not stat.S_ISREG(found.st_mode):
                    return None
                newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
                words.append(
                    f"{name} {found.st_size} {found.st_ino} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_mode}"
                )
        except (OSError, ValueError):
            return None
        said = "\n".join(words).encode("utf-8", "surrogateescape")
        return _Look(blake2b(said, digest_size=16).hexdigest(), newest)

    def _beside(self) -> Path:
        assert self._file
        return self._file.with_name(f"{self._file.name}.{os.getpid()}.tmp")


def unfinished(repository: TeamRepository, known: Finished | None, kind: str, rotation: str) -> list[Any]:
    """Return the records of one kind of a rotation that are not finished, and tell of any that cannot be read."""
    team = repository.team()
    # another team in the same clone, or other rules of this one, and it is to be asked anew
    salt = f"{repository.root}\n{(repository.files.read(TEAM_FILE) or b'').hex()}"
    found = []
    for folder in repository.folders(kind, rotation):
        look = known.look(folder, salt) if known else None
        names = known.unfinished(folder, look) if known and look else None
        if names is None:
            names = _read(repository, known, folder, look, lambda one: not _FINISHED[kind](one, team))
        pages = [repository.record_at(f"{folder}/{name}.yaml") for name in names]
        found += [page.head for page in pages if page]
    return found


def _read(
    repository: TeamRepository,
    known: Finished | None,
    folder: str,
    look: _Look | None,
    waits: Callable[[Any], bool],
) -> list[str]:
    """Read all records of a folder; return those that are not finished, and remember them where nothing is wrong."""
    if known:
        known.begin()
    names = [record.id for record in repository.in_folder(folder) if waits(record)]
    repository.let_go(folder)
    if known and look and repository.failure(f"{folder}/") is None:
        known.note(folder, look, names)
    return names


def _place(root: Path) -> Path | None:
    """Return where it is remembered; None where nothing can be, or where the disk does not tell of changes."""
    git_dir = None if os.name == "nt" else git_dir_of(root)
    return git_dir / "oncall" / "finished.json" if git_dir else None


def _remembered(file: Path) -> dict[str, tuple[str, list[str]]]:
    try:
        form, known = json.loads(file.read_text("utf-8"))
        return {folder: (said, list(names)) for folder, (said, names) in known.items()} if form == _FORM else {}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
