"""``oncall ics``: calendar feeds of shifts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.options import From, MaybeRotation, OnlyPerson, Role, To
from oncall_cli.commands.session import Session, one_of
from oncall_cli.errors import Unreadable, WrongUsage
from oncall_cli.model.time import day_of, wall_of
from oncall_cli.practice.feeds import Feed, RotationEntries, default_window, entries_of, one_feed, whole_set
from oncall_cli.render.feeds_page import feeds_page
from oncall_cli.render.ics import FeedContext, feed_bytes
from oncall_cli.render.text import in_sentence, one_line
from oncall_cli.repository.last_change import last_changes
from oncall_cli.repository.publish import publish, publish_file
from oncall_cli.schedule.walls import WallClock

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="PATH", help="A folder for all feeds, or a file.ics for one.", show_default=False),
]

WithPage = Annotated[
    bool, typer.Option("--page", help="Into the folder also 'index.html': the next four weeks, and the calendars.")
]
PAGE = "index.html"


def ics(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    role: Role = None,
    person: OnlyPerson = None,
    begin: From = None,
    end: To = None,
    out: Out = None,
    page: WithPage = False,
) -> int:
    """Write calendar feeds (.ics) of shifts: one to standard output or a file, or all into a folder.

    The default is from a month ago to a year from now. The same commit gives the same bytes on the same day.
    """
    session = Session(ctx.obj)
    folder = out if out and out.suffix.lower() != ".ics" else None
    if folder and (rotation or role or person):
        raise WrongUsage("a folder gets the feeds of the whole team", hint="name a file: --out FILE.ics")
    if page and not folder:
        raise WrongUsage("a page stands beside the feeds of the whole team", hint="name a folder: --out FOLDER --page")
    rotations = _entries(session, rotation, begin, end)
    context = _context(session, rotations)
    if folder:
        return _write_all(session, folder, rotations, context, page=page)
    title = _title(session, rotations, rotation, role, person)
    data = feed_bytes(one_feed(title, rotations, role, person), context)
    if out is None:
        session.put(data)
        return session.close()
    _refuse_half(session)
    publish_file(out, data)
    session.tell(f"Wrote the feed '{one_line(title)}' to {in_sentence(str(out))}.")
    return session.close()


def _entries(session: Session, rotation: str | None, begin: str | None, end: str | None) -> list[RotationEntries]:
    """Return the shifts in the window; whole, so that the window decides only which there are."""
    start, until = default_window(session.now, session.repository.team().timezone)
    start, until = session.when(begin, start), session.when(end, until)
    if until <= start:
        raise WrongUsage("the window ends before it begins", hint="give a later --to")
    return [entries_of(schedule, start, until) for _, schedule in session.schedules(rotation)]


def _context(session: Session, rotations: list[RotationEntries]) -> FeedContext:
    changed = last_changes(session.repository, [each.rotation for each in rotations])
    zones = {record.id: record.timezone for record in session.repository.rotations().values() if record.timezone}
    return FeedContext(session.repository.team().name, session.repository.people(), changed, zones)


def _title(
    session: Session, rotations: list[RotationEntries], rotation: str | None, role: str | None, person: str | None
) -> str:
    """Name the feed after what it is about; raise ``NothingFound`` for a role or a person that is not there."""
    if role is not None:
        one_of(role, {each for one in rotations for each in one.roles}, "role")
    if person is not None:
        return " ".join([session.person(person).name, *(word for word in (rotation, role) if word)])
    return " ".join(word for word in (rotation or session.repository.team().name, role) if word)


def _write_all(
    session: Session, folder: Path, rotations: list[RotationEntries], context: FeedContext, *, page: bool
) -> int:
    _refuse_half(session)
    names = {person: record.name for person, record in context.people.items()}
    feeds = whole_set(context.team, rotations, names)
    pages = {PAGE: _page(session, rotations, feeds)} if page else {}
    changed = publish(folder, {feed.path: feed_bytes(feed, context) for feed in feeds} | pages)
    what = f"{len(feeds)} feeds{' and a page' if page else ''}"
    session.tell(f"Wrote {what} to {in_sentence(str(folder))} ({len(changed)} changed).")
    return session.close()


def _page(session: Session, rotations: list[RotationEntries], feeds: list[Feed]) -> bytes:
    """Return the page of today, which begins with the team's midnight."""
    team = session.repository.team()
    clock = WallClock(team.timezone)
    midnight = clock.instant(wall_of(day_of(clock.wall(session.now))))
    records = session.repository.rotations()
    shown = [(records[each.rotation], each) for each in rotations]
    return feeds_page(team.name, shown, feeds, session.repository.people(), midnight)


def _refuse_half(session: Session) -> None:
    """Refuse to publish from files that cannot be read: the shifts in them would vanish from calendars."""
    for problem in session.repository.problems:
        message = f"no feed was written, because an invalid file would leave shifts out: {problem.message}"
        raise Unreadable(message, problem.hint, problem.place)
