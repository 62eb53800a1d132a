"""What has changed in a team's files while somebody was away."""

from __future__ import annotations

from collections.abc import Sequence

from oncall_cli.model.time import Instant
from oncall_cli.practice.changed import Changed
from oncall_cli.repository.git import Git
from oncall_cli.repository.log import Query, log

_MOST_COMMITS = 200
_SHORT = 7


def changes_between(git: Git, since: Instant, until: Instant, paths: Sequence[str]) -> list[Changed]:
    """Return the commits that changed one of the paths between two instants, the newest first, two hundred at most.

    The first commit of all is not among them: it tells of nothing new.
    """
    query = Query(paths=tuple(paths), since=since, until=until, limit=_MOST_COMMITS)
    return [
        Changed(
            entry.commit.sha[:_SHORT],
            entry.commit.author_name,
            entry.commit.author_email,
            Instant(entry.authored),
            entry.commit.subject,
            tuple(file.path for file in entry.files),
        )
        for entry in log(git, query)
        if entry.parents
    ]
