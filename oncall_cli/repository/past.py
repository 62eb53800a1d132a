"""A team's records as a commit of the past holds them."""

from __future__ import annotations

from pathlib import Path

from oncall_cli.errors import NothingFound
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.git import Git
from oncall_cli.repository.history import Commit
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.tree import GitTree


def team_at(git: Git, root: Path, commit: Commit) -> TeamRepository:
    """Return the team at a commit; raise ``NothingFound`` for one from before the team began."""
    tree = GitTree(git, commit.sha)
    if TEAM_FILE not in tree.blobs:
        message = f"in commit {commit.sha[:9]} there is no '{TEAM_FILE}': the team had not begun, or stood elsewhere"
        raise NothingFound(message, f"see 'oncall history {TEAM_FILE}'")
    return TeamRepository(root, tree)
