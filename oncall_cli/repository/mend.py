"""What ``oncall doctor --fix`` may do: take away what a dead command left, and nothing that anybody could miss."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from oncall_cli.practice.git_health import STALE
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_facts import leftovers
from oncall_cli.repository.git_state import Repository, locate
from oncall_cli.repository.lock import writing

_PATIENCE = 2.0
_PROCESSES = Path("/proc")


def mend(root: Path) -> list[str]:
    """Mend what can be mended without a decision of somebody's, and return a sentence for each thing done."""
    git = Git(root)
    places = locate(git)
    # whoever holds our lock is alive, and what looks left behind is theirs
    with writing(places.common_dir, _PATIENCE):
        return [said for one in MENDS for said in one(git, places)]


def _stale_index_lock(git: Git, places: Repository) -> Iterator[str]:
    """Remove the lock of git's index where no git can be at work on it."""
    path = places.git_dir / "index.lock"
    if path.is_file() and _seconds_old(path) >= STALE and _nobody_at_work(git.toplevel(), places):
        path.unlink()
        yield f"removed '{os.path.relpath(path, git.folder)}': the command that made it is dead"


def _leftovers(git: Git, places: Repository) -> Iterator[str]:
    for name in leftovers(git):
        path = git.folder / name
        if _seconds_old(path) >= STALE and not path.is_symlink():
            path.unlink()
            yield f"removed '{name}', a temporary file of a command that died"


MENDS: tuple[Callable[[Git, Repository], Iterator[str]], ...] = (_stale_index_lock, _leftovers)


def _seconds_old(path: Path) -> float:
    """Return the age of a file by the clock of its own file system, which may be another machine's."""
    with tempfile.TemporaryFile(dir=path.parent) as fresh:
        return os.fstat(fresh.fileno()).st_mtime - path.stat().st_mtime


def _nobody_at_work(toplevel: Path, places: Repository) -> bool:
    """Tell whether no process of git's works on the repository; where nothing tells, somebody may."""
    if not (_PROCESSES / "self" / "cwd").exists():
        return False
    folders = [str(each.resolve()) for each in (toplevel, places.git_dir, places.common_dir)]
    return not any(_works_on(process, folders) for process in _PROCESSES.iterdir() if process.name.isdigit())


def _works_on(process: Path, folders: list[str]) -> bool:
    try:
        if not (process / "comm").read_text(errors="replace").startswith("git"):
            return False
        words = (process / "cmdline").read_text(errors="replace")
        here = os.readlink(process / "cwd")
    except FileNotFoundError:
        return False
    except OSError:
        # another user's git, of which nothing more is told
        return True
    return any(folder in words or here == folder or here.startswith(f"{folder}{os.sep}") for folder in folders)
