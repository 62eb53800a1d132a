"""What is to be seen of a repository: its history, its index, the user's bytes, and what lies about."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

from tests.faults.environment import plain_environment
from tests.faults.mess import is_the_users


class Picture(NamedTuple):
    """A repository at one moment; equal pictures are equal to its user."""

    subjects: str
    tree: str
    index: str
    status: str
    files: dict[str, tuple[int, bytes]]
    litter: frozenset[str]
    broken: str

    def differences(self, other: Picture) -> dict[str, str]:
        """Return what of this picture is not as in the other one, and how."""
        ours, theirs = self._asdict(), other._asdict()
        return {name: _first(ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]}

    def of_the_user(self) -> Picture:
        """Return the part of the picture that is the user's own."""
        files = {path: what for path, what in self.files.items() if is_the_users(path)}
        nothing: frozenset[str] = frozenset()
        return Picture("", _lines(self.tree), _lines(self.index), _lines(self.status), files, nothing, "")


def take(folder: Path) -> Picture:
    """Look at the work tree in a folder."""
    if not (folder / ".git").exists():
        return Picture("", "", "", "", _files(folder), frozenset(), "")
    return Picture(
        subjects=_tell(folder, "log", "--format=%s"),
        tree=_tell(folder, "ls-tree", "-r", "HEAD"),
        index=_tell(folder, "ls-files", "-v", "--stage"),
        status=_tell(folder, "status", "--porcelain=v2", "--untracked-files=all", "--ignored"),
        files=_files(folder),
        litter=_litter(folder),
        broken=_tell(folder, "fsck", "--strict", "--no-dangling", "--no-progress"),
    )


def _tell(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, env=plain_environment(), capture_output=True, check=False)
    return (done.stdout + done.stderr).decode("utf-8", "replace") + (f"({done.returncode})" if done.returncode else "")


def _files(folder: Path) -> dict[str, tuple[int, bytes]]:
    found = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)
    return {str(path.relative_to(folder)): (path.stat().st_mode & 0o777, path.read_bytes()) for path in found}


def _litter(folder: Path) -> frozenset[str]:
    """Return the files among git's own, without objects and logs: what a dead process leaves shows here."""
    common = (folder / _tell(folder, "rev-parse", "--git-common-dir").strip()).resolve()
    found = (path.relative_to(common) for path in common.rglob("*") if path.is_file())
    return frozenset(str(path) for path in found if path.parts[0] not in ("objects", "logs"))


def _lines(listing: str) -> str:
    """Return the lines of one of git's listings that are about the user's files."""
    return "\n".join(line for line in listing.splitlines() if is_the_users(line.replace("\t", " ").split(" ")[-1]))


def _first(ours: object, theirs: object) -> str:
    """Return where two values begin to differ, short enough for a report."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        ours = {name: value for name, value in ours.items() if theirs.get(name) != value} or "some are missing"
    elif isinstance(ours, frozenset) and isinstance(theirs, frozenset):
        return f"more {sorted(ours - theirs)}, fewer {sorted(theirs - ours)}"
    elif isinstance(ours, str) and isinstance(theirs, str):
        there, here = theirs.splitlines(), ours.splitlines()
        more, fewer = [line for line in here if line not in there], [line for line in there if line not in here]
        return f"more {more[:4]}, fewer {fewer[:4]}"
    return repr(ours)[:300]
