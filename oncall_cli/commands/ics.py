"""``oncall ics``: calendar feeds of shifts, and what a calendar from elsewhere says of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.feed_making import FeedWishes, feed_context, refuse_half, rotation_entries
from oncall_cli.commands.ics_set import list_feeds, write_set
from oncall_cli.commands.options import AsJson, MaybeRotation, OnlyPerson, Role
from oncall_cli.commands.session import Session, one_of
from oncall_cli.errors import WrongUsage
from oncall_cli.model.time import Duration, Instant
from oncall_cli.practice.feeds import About, RotationEntries, default_window, one_feed
from oncall_cli.render.ics import feed_bytes
from oncall_cli.render.text import in_sentence, one_line
from oncall_cli.repository.publish import publish_file

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="PATH", help="A folder for all feeds, or a file.ics for one.", show_default=False),
]
Check = Annotated[
    str | None,
    typer.Option("--check", metavar="FILE|URL", help="Say how a calendar from elsewhere differs from the schedule."),
]
Seconds = Annotated[float, typer.Option("--seconds", metavar="N", help="With --check: how long to wait for it.")]
From = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="Where the time begins; default: a month ago")]
To = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Where the time ends; default: in a year")]
List = Annotated[bool, typer.Option("--list", help="Say which feeds there are, and where in the folder.")]
Gaps = Annotated[bool, typer.Option("--gaps", help="Also the times in which nobody is on call.")]
Duties = Annotated[bool, typer.Option("--duties", help="Also the duties, each at its time and with whose it is.")]
AllDay = Annotated[bool, typer.Option("--all-day", help="Shifts as whole days, with their times in words.")]
Alarms = Annotated[
    list[str] | None,
    typer.Option("--alarm", metavar="DURATION", help="In people's own feeds: ring so long before, as in '1 day'."),
]
Private = Annotated[
    bool, typer.Option("--private", help="Put the feeds where only ONCALL_FEED_SECRET leads.", show_default=False)
]


def ics(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    role: Role = None,
    person: OnlyPerson = None,
    begin: From = None,
    end: To = None,
    out: Out = None,
    gaps: Gaps = False,
    duties: Duties = False,
    all_day: AllDay = False,
    alarms: Alarms = None,
    private: Private = False,
    show_list: List = False,
    check: Check = None,
    seconds: Seconds = 10,
    as_json: AsJson = False,
) -> int:
    """Write calendar feeds (.ics) of shifts: one to standard output or a file, or all into a folder.

    The default is from a month ago to a year from now; a check is of the next eight weeks. The same commit gives
    the same bytes on the same day.
    """
    session, about = Session(ctx.obj), About(rotation, role, person)
    folder = out if out and out.suffix.lower() != ".ics" else None
    asked = {"--check": check is not None, "--list": show_list, "--out": out is not None}
    _refuse_mixed(asked, as_json=as_json, private=private, folder=folder is not None)
    if check is not None:
        # Only this needs what reads calendars, which takes long to load.
        from oncall_cli.commands.ics_check import check_calendar

        return check_calendar(session, check, about, (begin, end), seconds, as_json=as_json)
    wishes = FeedWishes(gaps, duties, all_day, tuple(_seconds(said) for said in alarms or ()))
    window = _window(session, begin, end)
    if show_list:
        return list_feeds(session, window, wishes, about, private=private, as_json=as_json)
    if folder:
        _refuse_part(about)
        return write_set(session, folder, window, wishes, private=private)
    return _write_one(session, out, window, wishes, about)


def _write_one(
    session: Session, out: Path | None, window: tuple[Instant, Instant], wishes: FeedWishes, about: About
) -> int:
    """Write one feed to a file, or to standard output."""
    if wishes.alarms and not about.person:
        raise WrongUsage("alarms ring in people's own feeds", hint="name somebody with --person, or a folder")
    rotations = rotation_entries(session, about.rotation, window, wishes)
    title = _title(session, rotations, about)
    context = feed_context(session, rotations, wishes)
    data = feed_bytes(one_feed(title, rotations, about), context)
    if out is None:
        session.put(data)
        return session.close()
    refuse_half(session)
    publish_file(out, data)
    session.tell(f"Wrote the feed '{one_line(title)}' to {in_sentence(str(out))}.")
    return session.close()


def _window(session: Session, begin: str | None, end: str | None) -> tuple[Instant, Instant]:
    start, until = default_window(session.now, session.repository.team().timezone)
    start, until = session.when(begin, start), session.when(end, until)
    if until <= start:
        raise WrongUsage("the window ends before it begins", hint="give a later --to")
    return start, until


def _title(session: Session, rotations: list[RotationEntries], about: About) -> str:
    """Name the feed after what it is about; raise ``NothingFound`` for a role or a person that is not there."""
    rotation, role, person = about
    if role is not None:
        one_of(role, {each for one in rotations for each in one.roles}, "role")
    if person is not None:
        return " ".join([session.person(person).name, *(word for word in (rotation, role) if word)])
    return " ".join(word for word in (rotation or session.repository.team().name, role) if word)


def _seconds(said: str) -> int:
    try:
        return Duration.parse(said).seconds
    except ValueError as wrong:
        raise WrongUsage(f"--alarm: {wrong}") from None


def _refuse_part(about: About) -> None:
    if any(about):
        raise WrongUsage("a folder gets the feeds of the whole team", hint="name a file: --out FILE.ics")


def _refuse_mixed(asked: dict[str, bool], *, as_json: bool, private: bool, folder: bool) -> None:
    """Refuse options that say different things to do."""
    given = [option for option, is_given in asked.items() if is_given]
    if len(given) > 1:
        raise WrongUsage(f"{given[0]} and {given[1]} are two things to do", hint="give one of them")
    if as_json and given not in (["--check"], ["--list"]):
        raise WrongUsage("a feed is no JSON", hint="--json goes with --list or --check")
    if private and not folder and given != ["--list"]:
        hint = "name a folder, --out FOLDER, or ask with --list where they stand"
        raise WrongUsage("only the feeds of the whole team have private places", hint)
