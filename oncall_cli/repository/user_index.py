"""The user's index, which learns of our files alone: a copy is changed, held as git's own lock, and takes its place."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from collections.abc import Mapping
from pathlib import Path
from threading import Event

from oncall_cli.errors import GitInTheWay
from oncall_cli.repository.git import Git, failure
from oncall_cli.repository.trees import Entry
from oncall_cli.repository.work_files import Stamp, stamp

Entries = Mapping[str, Entry | None]
_PATIENCE = 1.0
_JITTER = 0.03


class UserIndex:
    """The index of a work tree, and the copy of it that is to follow."""

    def __init__(self, git: Git, git_dir: Path, work: Path) -> None:
        self._git = git
        self._index = git_dir / "index"
        self.lock = git_dir / "index.lock"
        self.copy = work / "index"
        self._seen: Stamp = None

    def prepare(self, entries: Entries, *, from_disk: bool = True) -> None:
        """Make the copy in which only these paths are new; the files themselves say how git sees them clean."""
        self.copy.parent.mkdir(parents=True, exist_ok=True)
        # of a git that died with the command before us; we hold the lock, and it is in our own folder
        self.copy.with_name("index.lock").unlink(missing_ok=True)
        self._seen = stamp(self._index)
        if self._seen is not None:
            shutil.copyfile(self._index, self.copy)
            # git takes a file as new as the index for changed: by the copy's own time it would miss an edit
            os.utime(self.copy, ns=(self._seen[2], self._seen[2]))
        gone = "".join(f"{path}\0" for path, entry in entries.items() if entry is None)
        there = [(path, entry) for path, entry in entries.items() if entry]
        words = [word for path, entry in there for word in ("--cacheinfo", f"{entry.mode},{entry.name},{path}")]
        on_disk = "".join(f"{path}\0" for path, _ in there) if from_disk else ""
        also = {"GIT_INDEX_FILE": str(self.copy)}
        given = (gone + on_disk).encode("utf-8", "surrogateescape")
        removing = "--force-remove" if not on_disk and gone else "--remove"
        answer = self._git.ask(
            "update-index", "--add", removing, *words, "-z", "--stdin", stdin=given, reads_only=False, also=also
        )
        if answer.status != 0:
            raise failure(answer, "git does not take the file")
        with open(self.copy, "rb+") as file:
            os.fsync(file.fileno())

    def take(self) -> bool:
        """Hold the copy as the lock of the index; tell whether the index is still the one that was copied."""
        patience = _PATIENCE
        while not self._linked():
            if patience <= 0:
                raise locked()
            pause = random.uniform(0.001, _JITTER)
            Event().wait(pause)
            patience -= pause
        if stamp(self._index) == self._seen:
            return True
        self.give_up()
        return False

    def _linked(self) -> bool:
        try:
            os.link(self.copy, self.lock)
        except FileExistsError:
            return False
        except OSError:
            return _copied(self.copy, self.lock)
        return True

    def is_ours(self) -> bool:
        """Tell whether the lock of the index is the copy."""
        try:
            return os.path.samefile(self.copy, self.lock) or self.copy.read_bytes() == self.lock.read_bytes()
        except OSError:
            return False

    def finish(self) -> None:
        """Let the copy take the place of the index."""
        os.replace(self.lock, self._index)

    def give_up(self) -> None:
        """Take our lock away; another's stays."""
        if self.is_ours():
            self.lock.unlink()

    def wait_until_free(self) -> None:
        """Refuse before anything is touched when another git holds the index for longer than a moment."""
        patience = _PATIENCE
        while self.lock.exists():
            if patience <= 0:
                raise locked()
            pause = random.uniform(0.001, _JITTER)
            Event().wait(pause)
            patience -= pause


def locked() -> GitInTheWay:
    """Return the refusal for an index that another git holds."""
    return GitInTheWay(
        "another git command is changing this repository",
        "try again when it has ended; if none runs, remove 'index.lock' from the folder '.git'",
    )


def _copied(source: Path, target: Path) -> bool:
    """Make the lock on a disk that gives no file a second name."""
    try:
        with open(target, "xb") as file:
            file.write(source.read_bytes())
    except FileExistsError:
        return False
    except BaseException:
        with contextlib.suppress(OSError):
            target.unlink()
        raise
    return True
