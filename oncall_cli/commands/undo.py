"""``oncall undo``: a new commit that takes back one that oncall made."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import likely_reader
from oncall_cli.commands.change import Planned
from oncall_cli.commands.options import AsJson, DryRun
from oncall_cli.commands.plan import commit_foreseen
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound, Place, Refused, Unreadable
from oncall_cli.render.commits import SHORT, commit_data
from oncall_cli.render.undo import built_upon_text, commit_words, undo_body, undo_subject, undo_text
from oncall_cli.repository.git import Git
from oncall_cli.repository.history import line_commit
from oncall_cli.repository.log import LogEntry, Query, log
from oncall_cli.repository.ours import last_of_ours, ours_named
from oncall_cli.repository.revert import reverted

Which = Annotated[
    str | None,
    typer.Argument(metavar="[COMMIT]", help="Which commit; default: the last one by oncall.", show_default=False),
]


def undo(ctx: typer.Context, commit: Which = None, dry_run: DryRun = False, as_json: AsJson = False) -> int:
    """Take the last change by oncall back, with a new commit.

    Undoing an undo does it again. What others have built upon is refused, and they are named.
    """
    session = Session(ctx.obj)
    likely_reader(session)
    git, people = Git(session.repository.root), session.repository.people()
    entry = ours_named(git, commit) if commit else _last(session, git)
    found = reverted(git, session.repository.files, entry)
    if found.built_upon:
        raise _built_upon(session, git, entry, found.built_upon)
    if not found.after:
        raise Refused(f"nothing is left of {commit_words(entry.commit, people, session.times)}", "it is undone already")
    try:
        return commit_foreseen(
            session,
            Planned(found.before, found.after),
            undo_subject(entry.commit.subject),
            body=undo_body(entry.commit, people),
            dry_run=dry_run,
            as_json=as_json,
            answer={"undone": commit_data(entry.commit, people)},
            text=undo_text(entry.commit, people, session.times, session.given.width),
        )
    except Unreadable as wrong:
        if wrong.place and wrong.place.path not in found.after:
            raise _needed_by(session, git, wrong, wrong.place) from None
        raise


def _last(session: Session, git: Git) -> LogEntry:
    """Return the last commit by oncall; one of somebody else's has to be named."""
    entry = last_of_ours(git)
    if entry is None:
        raise NothingFound("oncall has made no commit in this branch", "'git revert' takes other commits back")
    email = git.identity().email or ""
    if entry.commit.author_email.casefold() != email.casefold():
        words = commit_words(entry.commit, session.repository.people(), session.times)
        hint = f"if you mean it, name it: 'oncall undo {entry.commit.sha[:SHORT]}'; 'oncall history' tells of yours"
        raise Refused(f"the last change by oncall is not yours: {words}", hint)
    return entry


def _built_upon(session: Session, git: Git, entry: LogEntry, paths: tuple[str, ...]) -> Refused:
    """Return the refusal that says who changed the same since."""
    later = log(git, Query(paths=paths, after=entry.commit.sha, limit=100))
    said = built_upon_text([each.commit for each in later], session.repository.people(), session.times)
    files = " and ".join(f"'{path}'" for path in paths)
    hint = f"take that back first, newest first with 'oncall undo COMMIT', or edit {files}"
    return Refused(f"others have built upon it: {files} was changed since by {said}", hint, Place(paths[0]))


def _needed_by(session: Session, git: Git, wrong: Unreadable, place: Place) -> Unreadable:
    """Return the refusal of a change that a record elsewhere rests on, with the commit that brought its line."""
    commit = line_commit(git, place.path, place.line)
    if commit is None:
        return wrong
    words = commit_words(commit, session.repository.people(), session.times)
    return Unreadable(f"{wrong.message} (there since {words})", wrong.hint, wrong.place)
