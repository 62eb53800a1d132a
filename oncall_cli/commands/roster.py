"""``oncall rotation join|leave|replace|reorder``: who is in the roster, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, NamedTuple, TypeVar

import typer

from oncall_cli.commands.acting import likely_reader
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation
from oncall_cli.commands.plan import make_planned_change, team_state
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage
from oncall_cli.model.rotation import people_together
from oncall_cli.model.time import DAY, Duration, Instant
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.leaving import farewell
from oncall_cli.practice.lost import lost_by
from oncall_cli.practice.roster import RosterChange, Timing, is_ahead, layer_meant, layer_roster, roster_change
from oncall_cli.practice.roster import roster_edits as edits_of
from oncall_cli.practice.shadowing import shadowing
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.render.roster import HISTORY, RosterNews, roster_data, roster_subject, roster_text
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.roster_edit import When
from oncall_cli.schedule.seats import Join, Leave, Reorder, Replace, RosterVerb
from oncall_cli.schedule.walls import WallClock

T = TypeVar("T")
_LOST = "ask those who agreed on it, then say --end-overrides too; or begin after it, with --from WHEN"

Newcomer = Annotated[str, typer.Argument(metavar="PERSON", help="Who joins.")]
Leaver = Annotated[str, typer.Argument(metavar="PERSON", help="Who leaves.")]
Old = Annotated[str, typer.Argument(metavar="OLD", help="Whose seat it is.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="Who takes it.")]
Order = Annotated[
    list[str], typer.Argument(metavar="PERSON...", help="All members in their new order; 'ana+ben' for two together.")
]
OneRotation = Annotated[
    str | None,
    typer.Argument(metavar="[ROTATION]", help="Which rotation, where it is not plain.", show_default=False),
]
InLayer = Annotated[
    str | None, typer.Option("--layer", metavar="NAME", help="In which layer, where there are several.")
]
Since = Annotated[
    str | None, typer.Option("--from", metavar="WHEN", help="From the first handoff on that day, or after that time.")
]
AtHandoff = Annotated[
    When | None, typer.Option("--when", help="From which handoff; default: next-handoff, to join end-of-cycle.")
]
Rewrite = Annotated[
    bool, typer.Option("--rewrite-history", help="Edit the version in force itself, as if it had always been so.")
]
EndOverrides = Annotated[
    bool,
    typer.Option(
        "--end-overrides", help="End the covers and swaps of others that lose their sense; a swap as a whole."
    ),
]
Shadow = Annotated[str | None, typer.Option("--shadow", metavar="LENGTH", help="Shadow first for so long: '1 week'.")]


def join(
    ctx: typer.Context,
    person: Newcomer,
    rotation: OneRotation = None,
    shadow: Shadow = None,
    since: Since = None,
    when: AtHandoff = None,
    named: InRotation = None,
    layer: InLayer = None,
    rewrite_history: Rewrite = False,
    end_overrides: EndOverrides = False,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Let somebody join the roster, at the end of its order."""
    session = open_session(ctx, acting)
    session.person(person)
    state = team_state(session.repository)
    files = _rotation(session, state, rotation, named, None)
    meant = layer_meant(files.record, layer, None, session.now)
    timing = _timing(session, files, meant, (since, when), rewrite_history)
    if shadow is not None and rewrite_history:
        raise WrongUsage("--shadow is for times to come", hint="leave out --rewrite-history")
    shadows = None
    if shadow is not None:
        length = _parsed("--shadow", shadow, _some_time)
        shadows = shadowing(files.record, meant, person, length, timing, session.now)
        timing = timing._replace(not_before=shadows.end)
    if since is None and when is None:
        timing = timing._replace(when=When.END_OF_CYCLE)
    change = _change(session, state, files, meant, Join(person), timing)
    news = RosterNews(change, session.now, shadows, cannot_be_now=when is When.NOW)
    return _make(session, state, news, [shadows.edit] if shadows else [], _How(end_overrides, dry_run, as_json))


def leave(
    ctx: typer.Context,
    person: Leaver,
    rotation: OneRotation = None,
    since: Since = None,
    when: AtHandoff = None,
    named: InRotation = None,
    layer: InLayer = None,
    rewrite_history: Rewrite = False,
    end_overrides: EndOverrides = False,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Let somebody leave the roster, with the covers and swaps that lie ahead."""
    session = open_session(ctx, acting)
    asked = _Asked(rotation, named, layer, (since, when), rewrite_history)
    return _part(session, Leave(person), person, asked, _How(end_overrides, dry_run, as_json))


def replace(
    ctx: typer.Context,
    old: Old,
    new: New,
    rotation: OneRotation = None,
    since: Since = None,
    when: AtHandoff = None,
    named: InRotation = None,
    layer: InLayer = None,
    rewrite_history: Rewrite = False,
    end_overrides: EndOverrides = False,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Give somebody's seat in the roster to somebody else."""
    session = open_session(ctx, acting)
    session.person(new)
    asked = _Asked(rotation, named, layer, (since, when), rewrite_history)
    return _part(session, Replace(old, new), old, asked, _How(end_overrides, dry_run, as_json))


def reorder(
    ctx: typer.Context,
    order: Order,
    since: Since = None,
    when: AtHandoff = None,
    named: InRotation = None,
    layer: InLayer = None,
    rewrite_history: Rewrite = False,
    end_overrides: EndOverrides = False,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Change the order of the members; whoever's turn is next keeps it."""
    session = open_session(ctx, acting)
    state = team_state(session.repository)
    members = [_parsed("PERSON", word, lambda said: people_together(said.split("+"))) for word in order]
    files = _rotation(session, state, None, named, members[0][0])
    meant = layer_meant(files.record, layer, members[0][0], session.now)
    timing = _timing(session, files, meant, (since, when), rewrite_history)
    change = _change(session, state, files, meant, Reorder(tuple(members)), timing)
    return _make(
        session,
        state,
        RosterNews(change, session.now, cannot_be_now=when is When.NOW),
        (),
        _How(end_overrides, dry_run, as_json),
    )


def _some_time(text: str) -> Duration:
    length = Duration.parse(text)
    if not length.count:
        raise ValueError(f"'{text}' is no time at all: write '1 week'")
    return length


class _Asked(NamedTuple):
    """Which list is meant, from when on, and whether what has begun may be edited."""

    rotation: str | None
    named: str | None
    layer: str | None
    timing: tuple[str | None, When | None]
    rewrite_history: bool


def _part(session: Session, verb: Leave | Replace, leaver: str, asked: _Asked, how: _How) -> int:
    """Take somebody out of a roster, with all that they had promised there."""
    state = team_state(session.repository)
    files = _rotation(session, state, asked.rotation, asked.named, leaver)
    meant = layer_meant(files.record, asked.layer, leaver, session.now)
    timing = _timing(session, files, meant, asked.timing, asked.rewrite_history)
    change = _change(session, state, files, meant, verb, timing)
    news = RosterNews(change, session.now, leaver=leaver, cannot_be_now=asked.timing[1] is When.NOW)
    return _make(session, state, news, [], how)


class _How(NamedTuple):
    end_overrides: bool
    dry_run: bool
    as_json: bool


def open_session(ctx: typer.Context, acting: str | None) -> Session:
    """Open the repository for somebody; who is named must exist, and nobody need be."""
    session = Session(ctx.obj, acting)
    likely_reader(session)
    return session


def _rotation(
    session: Session, state: TeamState, said: str | None, named: str | None, person: str | None
) -> RotationFiles:
    """Return the rotation named, else the only one, or the only one with a person in its roster."""
    if said and named and said != named:
        raise WrongUsage(f"both '{said}' and '{named}' are named as the rotation", hint="name one of them")
    wanted = said or named
    if wanted is not None:
        session.rotations(wanted)
        if wanted not in state.rotations:
            raise session.invalid(f"rotations/{wanted}/")
        return state.rotations[wanted]
    known = list(state.rotations.values())
    theirs = [files for files in known if person and _is_member(files, person, session.now)]
    found = known if len(known) == 1 else theirs
    if len(found) != 1:
        names = ", ".join(files.record.id for files in (theirs or known))
        raise WrongUsage(f"this does not say in which rotation: there are {names}", hint="say --rotation NAME")
    return found[0]


def _is_member(files: RotationFiles, person: str, now: Instant) -> bool:
    return any(is_ahead(files.record, layer.name, person, now) for layer in files.record.all_layers())


def _timing(
    session: Session, files: RotationFiles, layer: str, said: tuple[str | None, When | None], rewrite: bool
) -> Timing:
    """Return from when the change is asked for."""
    since, when = said
    if rewrite and (since or when):
        raise WrongUsage("--rewrite-history has no beginning", hint="leave out --from and --when")
    if since and when:
        raise WrongUsage("--from and --when both say when", hint="leave out one of them")
    if since is None:
        return Timing(when or When.NEXT_HANDOFF, rewrite=rewrite)
    moment = session.when(since, session.now)
    wall = session.times.clock.wall(moment)
    if wall % DAY == 0:
        # A day without a time is a day on the wall of the rotation, as it will stand in the file.
        moment = WallClock(layer_roster(files.record, layer).zone).instant(wall)
    return Timing(not_before=moment)


def _change(
    session: Session, state: TeamState, files: RotationFiles, layer: str, verb: RosterVerb, timing: Timing
) -> RosterChange:
    return roster_change(files.record, layer, verb, timing, state.people, session.now)


def _with(files: RotationFiles, change: RosterChange) -> RotationFiles:
    """Return the rotation as the change makes it, with all of its overrides."""
    return files._replace(record=change.after, schedule=compile_schedule(change.after, files.overrides))


def _make(session: Session, state: TeamState, news: RosterNews, more: Sequence[RecordEdit], how: _How) -> int:
    """Tell what the change is, show its plan, and make it."""
    change, files = news.change, state.rotations[news.change.rotation.id]
    over = lost_by(files, _with(files, change), session.now)
    end = farewell(files, change, news.leaver, session.now, over if how.end_overrides else ())
    news = news._replace(promises=end.promises)
    if not how.as_json:
        session.show(f"{roster_text(news, state.people, session.times, min(session.given.width, 80))}\n")
    return make_planned_change(
        session,
        [edits_of(change), *more, *end.edits],
        roster_subject(change),
        dry_run=how.dry_run,
        as_json=how.as_json,
        answer=roster_data(news),
        body=HISTORY if change.rewrites else "",
        when_lost=_LOST,
    )


def _parsed(option: str, said: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(said)
    except ValueError as wrong:
        raise WrongUsage(f"{option}: {wrong}") from None
