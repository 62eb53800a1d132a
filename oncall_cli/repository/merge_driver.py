"""What git asks of a merge driver: three files become one, in the place of ours."""

from __future__ import annotations

from pathlib import Path

from oncall_cli.errors import OncallError, Unreadable
from oncall_cli.repository.find import find_root
from oncall_cli.repository.merge import Disagreement, Versions, merge_file


def drive_merge(base: Path, ours: Path, theirs: Path, path: str) -> tuple[Disagreement, ...]:
    """Merge the versions of a file, by its path from the top of the work tree, into the file of our side.

    With a disagreement, the file holds both readings of what is disputed, between markers.
    """
    try:
        versions = [one.read_bytes() for one in (base, ours, theirs)]
    except OSError as wrong:
        raise Unreadable(f"'{wrong.filename}' cannot be read: {wrong.strerror}") from None
    # git gives an empty file for a version that does not exist
    found = merge_file(_below_root(path), Versions(versions[0] or None, versions[1], versions[2]))
    if found.data is not None:
        ours.write_bytes(found.data)
    return found.disagreements


def _below_root(path: str) -> str:
    """Return the path as it is below the team's root, by which records are known."""
    here = Path.cwd().resolve()
    try:
        root = find_root((here / path).parent)
    except OncallError:
        return path
    return (here / path).relative_to(root).as_posix() if root.is_relative_to(here) else path
