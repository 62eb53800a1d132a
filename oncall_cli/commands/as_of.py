"""``--as-of``: the files of a commit answer instead of the present ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.errors import NothingFound, WrongUsage
from oncall_cli.repository.git import Git
from oncall_cli.repository.history import Commit, commit_at, commit_named
from oncall_cli.repository.past import team_at
from oncall_cli.schedule.when import parse_when

if TYPE_CHECKING:
    from oncall_cli.model.time import Instant
    from oncall_cli.render.times import Times
    from oncall_cli.repository.reading import TeamRepository


def turned_back(present: TeamRepository, said: str, times: Times) -> tuple[TeamRepository, Commit]:
    """Return the team as its files were at a revision or a time, and which commit that is."""
    git = Git(present.root)
    commit = commit_named(git, said) or _commit_at(git, said, times)
    return team_at(git, present.root, commit), commit


def _commit_at(git: Git, said: str, times: Times) -> Commit:
    """Return what the branch held at a time, as far as this clone can tell."""
    moment = _moment(said, times)
    found = commit_at(git, moment)
    if found is None:
        hint = "name a later time; 'oncall history' tells what there is, and a shallow clone has less than all"
        raise NothingFound(f"this branch has no commit of {times.at(moment)} or before", hint)
    return found


def _moment(said: str, times: Times) -> Instant:
    try:
        moment = parse_when(said, times.now, times.zone, past=True)
    except ValueError:
        hint = "name a commit, a branch or a tag of this clone, or a time such as '2026-11-24 09:00' or '3d ago'"
        raise NothingFound(f"'{said}' is neither a revision in this clone nor a time", hint) from None
    if moment > times.now:
        raise WrongUsage(
            f"{times.at(moment)} is still to come, {times.distance(moment)}",
            hint="give --as-of a time in the past",
        )
    return moment
