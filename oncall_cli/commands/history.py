"""``oncall history``: who did what when to which record."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound, WrongUsage
from oncall_cli.render.history import Told, history_data, history_text
from oncall_cli.repository.git import Git
from oncall_cli.repository.log import LogEntry, Query, log, removed_paths
from oncall_cli.repository.named_paths import named_path, nothing_named
from oncall_cli.repository.objects import Objects
from oncall_cli.repository.record_versions import changed_fields
from oncall_cli.repository.revisions import is_shallow
from oncall_cli.repository.tree import GitTree

What = Annotated[
    str | None,
    typer.Argument(
        metavar="[PATH|RECORD]",
        help="A path, a rotation, a person, or a record by its id or a part of it; default: everything.",
        show_default=False,
    ),
]
Since = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="Only what was done from then on.")]
Until = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Only what was done before that.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="PERSON", help="Only what this person did.", show_default=False)
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="How many commits at most.")]
Fields = Annotated[bool, typer.Option("--fields", help="Say which fields changed; a single record always does.")]


def history(
    ctx: typer.Context,
    record: What = None,
    begin: Since = None,
    end: Until = None,
    by: By = None,
    limit: Limit = 20,
    fields: Fields = False,
    as_json: AsJson = False,
) -> int:
    """Tell who did what when: the commits of the team, of a path or of a record.

    Commits by oncall and by hand, newest first, told by when they were written first. A file that was renamed
    is followed.
    """
    session = Session(ctx.obj)
    git = Git(session.repository.root)
    query = _named(session, git, record)._replace(
        since=_moment(session, begin), until=_moment(session, end), emails=_emails(session, by), limit=limit + 1
    )
    found = log(git, query)
    told = _told(git, found[:limit], fields=fields or query.follow)
    people = session.repository.people()
    if as_json:
        session.answer(history_data(told, people))
    elif told:
        session.show(history_text(told, people, session.times, session.given.width))
    else:
        session.show("no commit did that" if record or begin or end or by else "nothing has been committed yet")
    if len(found) > limit:
        session.tell(f"The last {limit} are told; --limit tells more.")
    elif is_shallow(git):
        session.tell("This clone is shallow: what is older is not told, or as if it came with the oldest commit.")
    return session.close(0 if told else NothingFound.exit_code)


def _named(session: Session, git: Git, said: str | None) -> Query:
    """Return the question for what was named, which may be gone since."""
    if said is None:
        return Query()
    head = git.head()
    known = list(GitTree(git, head).blobs) if head else []
    found = named_path(said, known, _standing(session)) or named_path(said, gone := removed_paths(git))
    if found is None:
        raise nothing_named(said, [*known, *gone])
    return Query(paths=(found.path,), follow=found.is_file)


def _standing(session: Session) -> str:
    """Return the folder in which somebody stands, from the team's root."""
    folder, root = session.given.folder.resolve(), session.repository.root
    inside = folder.is_relative_to(root)
    return str(PurePosixPath(folder.relative_to(root))) if inside else ""


def _moment(session: Session, said: str | None) -> int | None:
    return None if said is None else session.when(said, session.now, past=True)


def _emails(session: Session, by: str | None) -> frozenset[str] | None:
    if by is None:
        return None
    person = session.person(by)
    if not person.git_emails:
        raise WrongUsage(f"nothing tells which commits are {by}'s", f"add 'git_emails' to {person.path}")
    return frozenset(email.casefold() for email in person.git_emails)


def _told(git: Git, entries: list[LogEntry], *, fields: bool) -> list[Told]:
    if not fields:
        return [Told(entry, {}) for entry in entries]
    objects = Objects(git)
    return [Told(entry, {file.path: changed_fields(objects, file) for file in entry.files}) for entry in entries]
