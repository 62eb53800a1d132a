"""One writer at a time: a lock of the operating system, which a dying process gives back by itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from oncall_cli.errors import GitInTheWay, Overtaken

LOCK_FILE = "oncall.lock"
SYNC_LOCK_FILE = "oncall-sync.lock"
_QUEUE_FILE = "oncall.queue"
# Nobody waits longer than three seconds for what he did not ask for.
_PATIENCE = 2.5
# What is left for the lock of whoever has waited for a turn in vain.
_LAST = 0.3
_turns: set[Path] = set()
_kept: dict[Path, int] = {}


@contextmanager
def writing(common_git_dir: Path, patience: float = _PATIENCE) -> Iterator[int]:
    """Hold the lock of a repository, shared by all of its work trees; give the file that is locked.

    A child that has the file open too holds the lock until both have ended.
    """
    with _held(common_git_dir / LOCK_FILE, "another oncall is changing this repository", patience) as file:
        yield file


@contextmanager
def syncing(common_git_dir: Path, patience: float) -> Iterator[int]:
    """Hold the lock of those who share with a remote, which is another than the one for writing files.

    Git's own processes are given the file, so that a fetch that outlives us is alone with its ref.
    """
    with _held(common_git_dir / SYNC_LOCK_FILE, "another oncall is sharing this repository", patience) as file:
        yield file


@contextmanager
def turn(common_git_dir: Path) -> Iterator[float]:
    """Let others finish first, who have read the files and are about to write; give the patience that is left.

    A turn is a courtesy: whoever does not get it in time goes on all the same, and the lock keeps the files safe.
    Inside of a turn another one is the same, and whoever is overtaken keeps theirs until the next one is over:
    otherwise they would stand at the end of the queue again.
    """
    path = common_git_dir / _QUEUE_FILE
    if path in _turns:
        yield _PATIENCE
        return
    inherited = _kept.pop(path, None)
    file = _opened(path) if inherited is None else inherited
    _turns.add(path)
    try:
        yield _PATIENCE if inherited is not None or _locked_within(_PATIENCE, file) else _LAST
    except Overtaken:
        _kept[path] = file
        raise
    finally:
        _turns.discard(path)
        if path not in _kept:
            os.close(file)


def is_held(common_git_dir: Path) -> bool:
    """Tell whether somebody holds the lock at this moment."""
    try:
        file = os.open(common_git_dir / LOCK_FILE, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _locked(file)
    finally:
        os.close(file)


@contextmanager
def _held(path: Path, who: str, patience: float) -> Iterator[int]:
    file = _opened(path)
    try:
        if not _locked_within(patience, file):
            raise GitInTheWay(who, "try again when it has ended")
        yield file
    finally:
        os.close(file)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as wrong:
        raise GitInTheWay(f"'{path}' cannot be written: {wrong.strerror}", "make it writable") from None


if sys.platform == "win32":
    import msvcrt
    import random

    _JITTER = 0.05

    def _locked(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _locked_within(patience: float, file: int) -> bool:
        while not _locked(file):
            if patience <= 0:
                return False
            # flat, because growing pauses starve whoever came first
            pause = random.uniform(0.001, _JITTER)
            Event().wait(pause)
            patience -= pause
        return True
else:
    import fcntl
    from threading import Thread

    def _locked(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _locked_within(patience: float, file: int) -> bool:
        """Stand in the queue of the system, where nobody who comes later is served before, and be open to signals."""
        if _locked(file):
            return True
        if patience <= 0:
            return False
        served = Event()
        Thread(target=_stand, args=(os.dup(file), served), daemon=True).start()
        return served.wait(patience)

    def _stand(file: int, served: Event) -> None:
        """Wait for the lock of a file; when nobody waits for it any more, this last one who has it open lets it go."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            served.set()
        finally:
            os.close(file)
