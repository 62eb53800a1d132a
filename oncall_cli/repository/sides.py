"""The two sides of a review: a team's records at a base, and as they are to be."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from oncall_cli.repository.git import Git
from oncall_cli.repository.objects import Objects
from oncall_cli.repository.reading import Memo, TeamRepository
from oncall_cli.repository.revisions import Compared, compared
from oncall_cli.repository.tree import GitTree, changed_since


class Sides(NamedTuple):
    """Both sides, which read and parse what they have in common once; and which states they are."""

    base: TeamRepository
    head: TeamRepository
    compared: Compared
    memo: Memo

    def differing(self) -> list[str]:
        """Return the paths of the team's files that are not the same on both sides, without reading any."""
        trees = [side.files for side in (self.base, self.head) if isinstance(side.files, GitTree)]
        if len(trees) == 1:
            return changed_since(Git(self.base.root), trees[0].commit)
        was, will = (tree.blobs for tree in trees)
        return sorted(path for path in {*was, *will} if was.get(path) != will.get(path))


def sides(root: Path, asked: str | None = None) -> Sides:
    """Return the sides that ``BASE``, ``BASE...HEAD`` or ``BASE..HEAD`` names; the head may be the work tree."""
    git, memo = Git(root), Memo()
    git.toplevel()
    found = compared(git, asked)
    objects = Objects(git)
    base = TeamRepository(root, GitTree(git, found.base.sha, objects), memo)
    tree = GitTree(git, found.head.sha, objects) if found.head else None
    return Sides(base, TeamRepository(root, tree, memo), found, memo)
