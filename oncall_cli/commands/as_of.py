"""``--as-of``: the files of a commit answer instead of the present ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.errors import NothingFound, WrongUsage
from oncall_cli.render.commits import as_of_text
from oncall_cli.repository.git import Git
from oncall_cli.repository.history import Commit, commit_at, commit_named
from oncall_cli.repository.past import team_at
from oncall_cli.schedule.when import parse_when

if TYPE_CHECKING:
    from oncall_cli.commands.session import Session
    from oncall_cli.model.time import Instant


def turn_back(session: Session, said: str) -> None:
    """Let a command answer from what the files said then, and tell which commit that is."""
    git = Git(session.present.root)
    commit = commit_named(git, said) or _commit_at(session, git, said)
    session.repository = team_at(git, session.present.root, commit)
    session.past = commit
    session.tell(as_of_text(commit, session.present.people(), session.times, session.given.width))


def _commit_at(session: Session, git: Git, said: str) -> Commit:
    """Return what the branch held at a time, as far as this clone can tell."""
    moment = _moment(session, said)
    found = commit_at(git, moment)
    if found is None:
        hint = "name a later time; 'oncall history' tells what there is, and a shallow clone has less than all"
        raise NothingFound(f"this branch has no commit of {session.times.at(moment)} or before", hint)
    return found


def _moment(session: Session, said: str) -> Instant:
    try:
        moment = parse_when(said, session.now, session.zone, past=True)
    except ValueError:
        hint = "name a commit, a branch or a tag of this clone, or a time such as '2026-11-24 09:00' or '3d ago'"
        raise NothingFound(f"'{said}' is neither a revision in this clone nor a time", hint) from None
    if moment > session.now:
        raise WrongUsage(
            f"{session.times.at(moment)} is still to come, {session.times.distance(moment)}",
            hint="give --as-of a time in the past",
        )
    return moment
