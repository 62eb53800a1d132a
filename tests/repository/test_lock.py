"""The lock and the queue before it: who came first writes first, and who was overtaken stays at the head."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from oncall_cli.errors import GitInTheWay, Overtaken
from oncall_cli.repository.lock import turn, writing

LOCKS = Path("/proc/locks")


def waiting_for(path: Path) -> int:
    """Return how many stand in the system's queue for the lock of a file."""
    number = f":{os.stat(path).st_ino} "
    return sum("->" in line and number in line for line in LOCKS.read_text(encoding="ascii").splitlines())


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("it never came to that")


@pytest.mark.skipif(not LOCKS.exists(), reason="this system does not list who waits for a lock")
def test_who_comes_first_is_served_first(tmp_path: Path) -> None:
    """Nobody starves: in what order the waiting are served is not left to chance."""
    served: list[int] = []

    def wait(number: int) -> None:
        with writing(tmp_path, patience=60):
            served.append(number)

    with writing(tmp_path):
        threads = [Thread(target=wait, args=(number,)) for number in range(8)]
        for number, thread in enumerate(threads, start=1):
            thread.start()
            wait_until(lambda number=number: waiting_for(tmp_path / "oncall.lock") == number)
    for thread in threads:
        thread.join()
    assert served == list(range(8))


def test_who_has_waited_in_vain_leaves_nothing_behind(tmp_path: Path) -> None:
    """The lock is free as soon as its holder has gone, though somebody had waited for it and given up."""
    with writing(tmp_path):
        for _ in range(3):
            with (
                pytest.raises(GitInTheWay, match="another oncall is changing this repository"),
                writing(tmp_path, 0.01),
            ):
                pass
    with writing(tmp_path, patience=5):
        pass


def test_who_is_overtaken_keeps_their_turn(tmp_path: Path) -> None:
    """They are next, before all who have come meanwhile; after that everybody else may."""
    with pytest.raises(Overtaken), turn(tmp_path):
        raise Overtaken("somebody was faster")
    others = os.open(tmp_path / "oncall.queue", os.O_RDWR)
    fcntl = pytest.importorskip("fcntl")
    try:
        with pytest.raises(BlockingIOError):
            fcntl.flock(others, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with turn(tmp_path):
            pass
        fcntl.flock(others, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(others)
