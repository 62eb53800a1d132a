"""Which repository a command line is about, and where answers are kept; found on the disk, without asking git."""

import os
import stat
from _collections_abc import Callable

FOLDER = "oncall"
_TEAM_FILE = "oncall.yaml"
_JOURNAL = "journal"


class Place:
    """A team's root, and the folder beside git's own files."""

    __slots__ = ("folder", "git_dir", "root")

    def __init__(self, root: str, git_dir: str) -> None:
        self.root = root
        self.git_dir = git_dir
        self.folder = os.path.join(_common_dir(git_dir), FOLDER)


def place_of(start: str) -> Place | None:
    """Return the place of the nearest team, from ``start`` upward, whose answers may be kept; None for none.

    Kept answers are trusted as git's own configuration is, so that whoever owns the folder must be the user. Where
    a command died in the middle of a change, nothing is answered before the change is mended.
    """
    root = root_of(start)
    git_dir = _git_dir(root) if root else None
    if not root or not git_dir or os.path.lexists(os.path.join(git_dir, FOLDER, _JOURNAL)):
        return None
    place = Place(root, git_dir)
    return place if os.stat(os.path.dirname(place.folder)).st_uid == os.geteuid() else None


def root_of(start: str) -> str | None:
    """Return the root of the nearest team, from ``start`` upward."""
    return _nearest(os.path.realpath(start), _TEAM_FILE, stat.S_ISREG)


def _git_dir(root: str) -> str | None:
    """Return git's folder; for a linked work tree that is the one to which its file ``.git`` leads."""
    top = _nearest(root, ".git", lambda mode: stat.S_ISDIR(mode) or stat.S_ISREG(mode))
    if top is None:
        return None
    git = os.path.join(top, ".git")
    return git if os.path.isdir(git) else os.path.join(top, _line(git).removeprefix("gitdir:").strip())


def _common_dir(git_dir: str) -> str:
    """Return the folder that all work trees of a repository share."""
    pointer = os.path.join(git_dir, "commondir")
    return os.path.realpath(os.path.join(git_dir, _line(pointer).strip())) if os.path.isfile(pointer) else git_dir


def _nearest(folder: str, name: str, fits: Callable[[int], bool]) -> str | None:
    """Return the nearest folder upward that holds what is called so."""
    while True:
        try:
            if fits(os.stat(os.path.join(folder, name)).st_mode):
                return folder
        except OSError:
            pass
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _line(path: str) -> str:
    with open(path, "rb") as file:
        return file.read(4096).decode("utf-8", "replace")
