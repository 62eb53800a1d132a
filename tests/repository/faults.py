"""Faults at the calls that a process makes to change the disk or to start git: it dies there, or the call fails."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Fault = Callable[[str, tuple[Any, ...]], None]

_WATCHED = frozenset(
    {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime", "os.chmod", "shutil.copyfile"}
    | {"subprocess.Popen"}
)
_armed: Fault | None = None
_watching = False
WRONG = 3


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if _armed is not None and event in _WATCHED and (event != "open" or _writes(args)):
        _armed(event, args)


def _writes(args: tuple[Any, ...]) -> bool:
    flags = args[2] if len(args) > 2 and isinstance(args[2], int) else 0
    return bool(flags & (os.O_WRONLY | os.O_RDWR)) and not str(args[0]).startswith(os.devnull)


@contextmanager
def armed(fault: Fault) -> Iterator[None]:
    """Let a fault see every such call; a hook of the interpreter stays for ever, so there is one."""
    global _armed, _watching
    if not _watching:
        sys.addaudithook(_hook)
        _watching = True
    _armed = fault
    try:
        yield
    finally:
        _armed = None


def at(number: int, fault: Fault) -> Fault:
    """Return a fault that happens at one call, counted from 0."""
    seen = 0

    def count(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        seen += 1
        if seen == number + 1:
            fault(event, args)

    return count


def die(event: str, args: tuple[Any, ...]) -> None:
    """End the process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def no_space(event: str, args: tuple[Any, ...]) -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]))


def in_a_child(call: Callable[[], object], fault: Fault) -> bool:
    """Make a call in another process, under a fault; tell whether the process lived to its end."""
    child = os.fork()
    if child == 0:
        code = WRONG
        try:
            with armed(fault):
                call()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return os.WIFEXITED(status)


def leftovers(root: Path) -> list[str]:
    """Return what no command may leave behind: locks, temporary files, journals, half done things of git."""
    names = [path.relative_to(root) for path in root.rglob("*")]
    inside = [str(name) for name in names if name.parts[:2] == (".git", "oncall") and len(name.parts) > 2]
    tails = (".lock", ".tmp", "_HEAD", "MERGE_MSG")
    kept = {"oncall.lock", "ORIG_HEAD", "FETCH_HEAD"}
    return [*inside, *(str(name) for name in names if name.name.endswith(tails) and name.name not in kept)]
