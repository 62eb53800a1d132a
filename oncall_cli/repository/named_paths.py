"""Which of a team's files somebody means by a path, the name of a rotation, or the id of a record."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from typing import NamedTuple

from oncall_cli.errors import NothingFound, WrongUsage
from oncall_cli.model.suggest import suggestion
from oncall_cli.repository.layout import ROTATION, claim

_MOST = 8


class NamedPath(NamedTuple):
    """A path, and whether it is one file, which then is followed through its renames."""

    path: str
    is_file: bool


def named_path(said: str, known: Collection[str], folder: str = "") -> NamedPath | None:
    """Return what is meant, given the paths of all files and the folder in which somebody stands.

    A path wins over a name, a whole id over a part of one. Raise ``WrongUsage`` where several things are meant.
    """
    for path in (posixpath.normpath(said), posixpath.normpath(posixpath.join(folder, said))):
        if path in known:
            return NamedPath(path, is_file=True)
        if any(one.startswith(f"{path}/") for one in known):
            return NamedPath(path, is_file=False)
    whole, part = _by_id(said, known)
    found = whole or part
    if len(found) > 1:
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        listed = ", ".join(named.path for named in found[:_MOST])
        raise WrongUsage(f"'{said}' may be {listed}{more}", hint="name one of them by its path, or by more of its id")
    return found[0] if found else None


def nothing_named(said: str, known: Collection[str]) -> NothingFound:
    """Return the failure for a name that no file bears or ever bore."""
    ids = {claimed.id for path in known if (claimed := claim(path))}
    message = f"there is no file, rotation, person or record '{said}', and there was none"
    return NothingFound(message, suggestion(said, ids, "record"))


def _by_id(said: str, known: Collection[str]) -> tuple[list[NamedPath], list[NamedPath]]:
    """Return what has the id, and what has it as a part of its own."""
    whole: list[NamedPath] = []
    part: list[NamedPath] = []
    for path in sorted(known):
        claimed = claim(path)
        if claimed and said in claimed.id:
            is_rotation = claimed.kind is ROTATION
            named = NamedPath(posixpath.dirname(path) if is_rotation else path, is_file=not is_rotation)
            (whole if said == claimed.id else part).append(named)
    return whole, part
