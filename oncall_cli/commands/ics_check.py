"""``oncall ics --check``: a calendar from elsewhere, held against the schedule."""

from __future__ import annotations

from collections.abc import Sequence

from oncall_cli.commands.session import Session, one_of
from oncall_cli.errors import NothingFound, WrongUsage
from oncall_cli.model.time import MINUTE, WEEK, Instant
from oncall_cli.practice.calendar_check import MARGIN, OURS, check_events
from oncall_cli.practice.feeds import About
from oncall_cli.practice.outside_calendar import OutsideCalendar, read_calendar
from oncall_cli.practice.recognised import Recognition
from oncall_cli.render.calendar_check import Told, check_data, check_text
from oncall_cli.render.ics import changed_of, sequence_of
from oncall_cli.repository.calendar_source import calendar_at
from oncall_cli.repository.last_change import last_changes

_AHEAD = 8 * WEEK
_LONGEST = 120.0


def check_calendar(
    session: Session, place: str, about: About, said: tuple[str | None, str | None], seconds: float, *, as_json: bool
) -> int:
    """Say what the calendar has that the schedule has not, and the reverse; exit code 1 when they differ."""
    if not 0 < seconds <= _LONGEST:
        raise WrongUsage(f"'{seconds:g}' is no time to wait", f"--seconds takes more than 0 and at most {_LONGEST:g}")
    start = session.when(said[0], Instant(session.now - session.now % MINUTE))
    end = session.when(said[1], Instant(start + _AHEAD))
    if end <= start:
        raise WrongUsage("the window ends before it begins", hint="give a later --to")
    asked, rotations = session.rotations(about.rotation), session.schedules()
    known = [each for each in rotations if each[0].id in asked]
    if not known:
        raise NothingFound("there is no rotation to compare with", hint="see 'oncall check'")
    if about.role:
        one_of(about.role, {role for _, schedule in known for role in schedule.roles}, "role")
    if about.person:
        session.person(about.person)
    zone = session.repository.team().timezone
    around = Instant(start - MARGIN), Instant(end + MARGIN)
    calendar = calendar_at(place, seconds, lambda data: read_calendar(data, *around, zone))
    people = session.repository.people()
    verdict = check_events(calendar.events, rotations, Recognition(people), (start, end), about)
    stale = _stale(session, calendar, [schedule.rotation for _, schedule in known]) if calendar.ours else {}
    told = Told(verdict, start, end, calendar.unread, stale)
    if as_json:
        session.answer(check_data(told))
    else:
        session.show(check_text(told, people, session.times, session.given.width))
    return session.close(0 if verdict.agrees else 1)


def _stale(session: Session, calendar: OutsideCalendar, rotations: Sequence[str]) -> dict[str, Instant]:
    """Return the rotations whose files were committed after our own feed was made of them, and as of when it was."""
    changed = last_changes(session.repository, rotations)
    newest: dict[str, int] = {}
    for event in calendar.events:
        rotation = event.uid.partition(".")[0]
        if event.uid.endswith(OURS) and rotation in changed:
            newest[rotation] = max(newest.get(rotation, 0), event.sequence)
    return {name: changed_of(told) for name, told in newest.items() if told < sequence_of(changed[name])}
