"""What somebody has edited by hand and not committed: the files as the last commit has them, and as they are now."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from oncall_cli.errors import Place, Refused
from oncall_cli.repository.files import Overlay, WorkTree
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_state import Repository, branch_of, locate
from oncall_cli.repository.new_commit import Contents
from oncall_cli.repository.objects import Objects
from oncall_cli.repository.reading import Memo, TeamRepository
from oncall_cli.repository.safe_path import refuse_unsafe_path
from oncall_cli.repository.work_files import content


class HandEdits(NamedTuple):
    """The team before and after the edits, which read and parse what they have in common once."""

    before: TeamRepository
    after: TeamRepository
    committed: Contents
    edited: Contents


def path_in(root: Path, folder: Path, file: Path) -> str:
    """Return the path under the root of a file that was named from a folder; links in it are not followed."""
    full = os.path.normpath(folder.resolve() / file)
    return os.path.relpath(full, root.resolve()).replace(os.sep, "/")


def hand_edits(root: Path, paths: Iterable[str]) -> HandEdits:
    """Return what is edited of these files; refuse one that is neither there nor committed."""
    wanted = sorted(set(paths))
    for path in wanted:
        refuse_unsafe_path(root, path)
    edited = {path: content(root / path) for path in wanted}
    committed = _committed(locate(Git(root)), edited)
    for path, data in edited.items():
        if data is None and committed[path] is None:
            raise Refused(f"'{path}' does not exist", "name a file that was edited by hand", Place(path))
    # a file that is as it was is in no commit; when all of them are, that is told as ever
    edited = {path: data for path, data in edited.items() if data != committed[path]} or edited
    files, memo = WorkTree(root), Memo()
    before = TeamRepository(root, Overlay(files, committed), memo)
    return HandEdits(before, TeamRepository(root, files, memo), {path: committed[path] for path in edited}, edited)


def _committed(repository: Repository, paths: Iterable[str]) -> dict[str, bytes | None]:
    objects = Objects(repository.at_top)
    branch = branch_of(repository)
    try:
        found = {path: objects.found(f"{branch}:{repository.prefix}{path}") for path in paths}
    finally:
        objects.close()
    return {path: one[1] if one else None for path, one in found.items()}
