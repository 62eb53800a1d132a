"""What was set aside: as it stands now, and settled."""

from __future__ import annotations

from pathlib import Path

from oncall_cli.errors import GitInTheWay
from oncall_cli.repository.aside import AsideRefs
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_state import locate
from oncall_cli.repository.local_commits import LocalCommit
from oncall_cli.repository.lock import syncing
from oncall_cli.repository.replay import Aside, Replay, own_index
from oncall_cli.repository.upstream import current_branch, upstream_of

_PATIENCE = 3.0


def set_aside(root: Path) -> tuple[str, list[Aside]]:
    """Return what the upstream is called, and what waits for somebody: each with what it contradicts now."""
    git = Git(root)
    repository = locate(git)
    head = git.head() or ""
    waiting = AsideRefs(git).open().values()
    with syncing(repository.common_dir, _PATIENCE):
        replay = Replay(repository, own_index(repository.git_dir))
        found = [Aside(commit, replay.disputes(commit, head)) for commit in waiting]
        replay.close()
    return _name_of_upstream(git), found


def drop_aside(root: Path, said: str) -> LocalCommit:
    """Settle what was set aside under a mark, or the beginning of one; the commit itself stays."""
    git = Git(root)
    aside = AsideRefs(git)
    with syncing(locate(git).common_dir, _PATIENCE):
        mark = aside.named(said)
        found = aside.open()[mark]
        aside.settle([mark])
    return found


def _name_of_upstream(git: Git) -> str:
    try:
        return upstream_of(git, current_branch(git)).name
    except GitInTheWay:
        return "this branch"
