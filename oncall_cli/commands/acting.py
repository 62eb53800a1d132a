"""Who gives the command, when it says that something happened, and the rotations as practice sees them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from oncall_cli.commands.session import Session
from oncall_cli.errors import OncallError, Refused, WrongUsage
from oncall_cli.model.person import Person
from oncall_cli.model.time import Instant, utc
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.briefing import shares
from oncall_cli.practice.identity import must_be_active, person_of_email
from oncall_cli.practice.shifts import running_of
from oncall_cli.practice.when_asked import WhenAsked
from oncall_cli.practice.worked import Worked, worked
from oncall_cli.repository.git import user_email
from oncall_cli.repository.running import running_shifts


def acting_person(session: Session) -> Person:
    """Return who acts: the person named, else the one of git's e-mail; from now on they are the reader too."""
    named = session.given.acting
    person = session.person(named) if named else _by_email(session, user_email(session.repository.root))
    must_be_active(person)
    session.given = session.given._replace(acting=person.id)
    return person


def likely_reader(session: Session) -> None:
    """Let whoever acts by git's settings read the times in their zone; nobody need be known there.

    Who is named has to exist.
    """
    if session.given.named:
        acting_person(session)
    else:
        with suppress(OncallError):
            acting_person(session)


def _by_email(session: Session, email: str | None) -> Person:
    """Return whose e-mail it is; where nobody's is known, an unreadable file may be the reason."""
    people = session.repository.people()
    try:
        return people[person_of_email(email, people)]
    except Refused:
        if failure := session.repository.failure("rotations/people/"):
            raise failure from None
        raise


def past_moment(session: Session, said: str | None) -> Instant:
    """Return the moment that the words mean, which has been; without words it is now."""
    moment = session.when(said, session.now, past=True)
    if moment > session.now:
        raise Refused(
            f"{session.times.at(moment)} is still to come, {session.times.distance(moment)}",
            hint="give --at a time in the past, or leave it out",
        )
    return moment


def not_before(session: Session, moment: Instant, started: Instant | None) -> None:
    """Refuse a moment before a shift began."""
    if started is not None and moment < started:
        raise Refused(
            f"{session.times.at(moment)} is before the shift began: {session.times.at(started)}",
            hint="give --at a later time",
        )


def states(session: Session, *, all_years: bool = False, wanted: str | None = None) -> list[RotationState]:
    """Return the rotation wanted, or every one that can be read, with its shifts of the years around now, or of all.

    The shifts of a rotation are read when somebody looks at them.
    """
    read, years = session.repository, None if all_years else years_around(session.now)
    return [
        RotationState(
            record,
            schedule,
            WhenAsked(partial(read.shifts, record.id, years)),
            tuple(override.id for override in read.overrides(record.id)),
        )
        for record, schedule in session.schedules(wanted)
    ]


def with_running(session: Session, known: Sequence[RotationState], person: str) -> list[RotationState]:
    """Return those of the rotations in which a shift of the person runs, else all; what is over stays unread."""
    if len(known) == 1:
        return list(known)
    read, years = session.repository, years_around(session.now)
    found = [state for state in known if any(shift.person == person for shift in running_shifts(read, state.id, years))]
    return found or list(known)


def years_around(moment: Instant) -> tuple[int, int, int]:
    """Return the years whose records matter to somebody who is on call then."""
    year = utc(moment).year
    return year - 1, year, year + 1


def worked_on(session: Session, state: RotationState, start: Instant, end: Instant) -> Worked:
    """Return the requests and incidents of a rotation that something happened to between two instants."""
    # a request of last year may have been closed in this one
    years = range(utc(start).year - 1, utc(end).year + 1)
    read = session.repository
    return worked(read.requests(state.id, years), read.incidents(state.id, years), start, end)


def of_rotation(session: Session, known: Sequence[RotationState], wanted: str | None) -> list[RotationState]:
    """Return the states to act on: of the rotation named, or all; refuse one whose file is invalid."""
    names = session.rotations(wanted)
    chosen = [state for state in known if state.id in names]
    if wanted is not None and not chosen:
        raise session.invalid(f"rotations/{wanted}/")
    return chosen


def rotation_of_work(session: Session, wanted: str | None, person: str) -> RotationState:
    """Return where a new record belongs: the rotation named, that of a running shift, or the only one they share."""
    known = of_rotation(session, states(session), wanted)
    running = [state for state in known if running_of(state.shifts, person)]
    shared = [state for state in known if shares(state, person)]
    found = next((some for some in (running, shared, known) if len(some) == 1), None)
    if found is None:
        names = ", ".join(state.id for state in running or shared or known)
        raise WrongUsage(f"this does not say in which rotation: there are {names}", hint="say which with -r ROTATION")
    return found[0]


def the_only(known: Sequence[RotationState], person: str, command: str) -> RotationState:
    """Return the rotation in which a person acts: the only one there is, or the only one that they share."""
    own = known if len(known) == 1 else [state for state in known if shares(state, person)] or known
    if len(own) != 1:
        raise WrongUsage(
            f"this does not say in which rotation: there are {', '.join(state.id for state in own)}",
            hint=f"name it: {command}",
        )
    return own[0]
