"""Which files of a team's repository may be written: inside it, by their real names, none of git's own."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PurePosixPath

from oncall_cli.errors import Place, Refused

_HINT = "name a file inside the team's repository"


def refuse_unsafe_path(root: Path, path: str) -> None:
    """Refuse a path that leaves the root, goes through a link or a submodule, or has a twin on some disks."""
    parts = path.split("/")
    if not path or "\\" in path or ":" in parts[0] or any(part in ("", ".", "..") for part in parts):
        raise Refused(f"'{path}' is no path inside the repository", _HINT)
    if path.startswith('"') or not path.isprintable():
        raise Refused(f"'{path}' has characters that names of files do not have here", "give the file another name")
    if any(_is_of_git(part) for part in parts):
        raise Refused(f"'{path}' belongs to git itself", _HINT)
    folder = root
    for part in parts:
        _refuse_twin(folder, part, path)
        folder = folder / part
        if folder.is_symlink():
            raise Refused(f"'{path}' goes through the symbolic link '{_relative(folder, root)}'", _HINT, Place(path))
        if folder.is_dir() and (folder / ".git").exists():
            raise Refused(f"'{path}' is in another repository, '{_relative(folder, root)}'", _HINT, Place(path))
    if folder.is_dir():
        raise Refused(f"'{path}' is a folder", _HINT, Place(path))


def _is_of_git(part: str) -> bool:
    """Tell whether some file system takes the name for ``.git``."""
    # HFS+ ignores some invisible characters; Windows drops trailing dots and blanks and knows git~1
    visible = "".join(char for char in part if unicodedata.category(char) != "Cf")
    return visible.casefold().rstrip(". ") in (".git", "git~1")


def _refuse_twin(folder: Path, part: str, path: str) -> None:
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in names:
        if name != part and _folded(name) == _folded(part):
            message = f"'{path}' differs from the existing '{name}' only in case or in the form of its letters"
            raise Refused(message, "choose another name", Place(path))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _relative(folder: Path, root: Path) -> str:
    return str(PurePosixPath(folder.relative_to(root)))
