"""The subject of a commit of hand edits: what was edited, and which of its keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from oncall_cli.repository.layout import claim

if TYPE_CHECKING:
    from oncall_cli.repository.hand_edits import HandEdits

_MOST_KEYS = 3


def hand_edit_subject(edits: HandEdits) -> str:
    """Return the subject for files that were edited by hand."""
    paths = list(edits.edited)
    if len(paths) > 1:
        return f"{_verb(edits, paths)} {len(paths)} files by hand"
    [path] = paths
    claimed = claim(path)
    what = path if claimed is None else claimed.kind.name
    if claimed and claimed.kind.name != "team":
        what = f"{claimed.kind.name} {claimed.id}"
    keys = _keys(edits.before.raw(path), edits.after.raw(path)) if _verb(edits, paths) == "Edit" and claimed else []
    return f"{_verb(edits, paths)} {what} by hand{_listed(keys)}"


def hand_edit_body(edits: HandEdits) -> str:
    """Return the body: each file, where there are several."""
    paths = list(edits.edited)
    return "\n".join(f"{_verb(edits, [path])} {path}" for path in paths) if len(paths) > 1 else ""


def _verb(edits: HandEdits, paths: Sequence[str]) -> str:
    if all(edits.committed[path] is None for path in paths):
        return "Add"
    return "Remove" if all(edits.edited[path] is None for path in paths) else "Edit"


def _keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the keys whose values differ, in the order of the file."""
    return [key for key in {**after, **before} if before.get(key) != after.get(key)]


def _listed(keys: Sequence[str]) -> str:
    if not keys:
        return ""
    more = len(keys) - _MOST_KEYS
    return f": {', '.join(keys[:_MOST_KEYS])}" + (f" and {more} more" if more > 0 else "")
