"""Which time a report tells of: a shift, a week, a sprint, a month or any other, and the ones before it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import DAY, WEEK, Instant, Wall, day_of, wall_of
from oncall_cli.schedule.handoffs import FIRST_MONDAY

if TYPE_CHECKING:
    from oncall_cli.model.shift import ShiftRecord
    from oncall_cli.practice.assigned import RotationState

EARLIER = 4
LONGEST = 2 * 366 * DAY
_FIRST = 366 * DAY


class PeriodKind(StrEnum):
    """What bounds the time of a report."""

    SHIFT = "shift"
    WEEK = "week"
    SPRINT = "sprint"
    MONTH = "month"
    DATES = "dates"


class Period(NamedTuple):
    """A time to report on, half-open, and how it came about; ``shift`` is the id of the shift that bounds it."""

    kind: PeriodKind
    start: Instant
    end: Instant
    shift: str | None = None


Spans = list[tuple[Instant, Instant]]


def week_of(state: RotationState, instant: Instant) -> tuple[Instant, Instant]:
    """Return the calendar week, from Monday's midnight on the rotation's wall."""
    wall = state.schedule.clock.wall(instant)
    monday = wall - (wall - FIRST_MONDAY) % WEEK
    return _shown(state, monday, monday + WEEK)


def month_of(state: RotationState, instant: Instant) -> tuple[Instant, Instant]:
    """Return the calendar month on the rotation's wall."""
    first = state.day(instant).replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return _shown(state, wall_of(first), wall_of(after))


def sprint_of(state: RotationState, instant: Instant) -> tuple[Instant, Instant]:
    """Return the turn of the primary's handoff, which is a sprint where shifts follow the sprints."""
    layers = [layer.name for layer in state.rotation.all_layers() if layer.role == PRIMARY]
    layer = layers[0] if layers else state.schedule.layers()[0]
    turns = state.schedule.turns(layer, instant, Instant(instant + 1))
    if not turns:
        raise Refused("no turn had begun yet", hint="ask about a later time: --at WHEN, or --from and --to")
    return turns[0].start, turns[0].end


_OF = {PeriodKind.WEEK: week_of, PeriodKind.MONTH: month_of, PeriodKind.SPRINT: sprint_of}


def period_at(state: RotationState, kind: PeriodKind, now: Instant, asked: Instant | None) -> Period:
    """Return the week, month or sprint that has the instant asked about; else the last that is over."""
    if asked is not None and asked > now + LONGEST:
        raise _to_come()
    at = _OF[kind](state, now if asked is None else asked)
    if asked is None:
        at = _OF[kind](state, Instant(at[0] - 1))
    return Period(kind, *at)


def period_of_shift(shift: ShiftRecord) -> Period:
    """Return the time of a shift: the schedule's, else from when it began until it ended."""
    start = shift.scheduled.start if shift.scheduled else shift.started
    end = shift.scheduled.end if shift.scheduled else shift.ended
    if start is None or end is None or end <= start:
        message = f"the record of the shift '{shift.id}' does not tell from when until when it lasts"
        raise Refused(message, hint="give it 'scheduled', with a 'start' and an 'end'")
    return Period(PeriodKind.SHIFT, start, end, shift.id)


def sound(period: Period, now: Instant) -> Period:
    """Return the period; raise for one that is empty, endless, or still to come."""
    if period.end <= period.start:
        raise WrongUsage("the period ends before it begins", hint="give a later --to")
    if period.end - period.start > LONGEST:
        raise WrongUsage("a report tells of two years at most", hint="give a later --from, or an earlier --to")
    if period.start >= now:
        raise _to_come()
    if period.start < _FIRST:
        raise WrongUsage("nothing can be told of a time before 1971", hint="give a later --from")
    return period


def _to_come() -> WrongUsage:
    return WrongUsage("the period is still to come: nothing can be told of it", hint="ask about an earlier time")


def earlier(state: RotationState, period: Period) -> list[tuple[Instant, Instant]]:
    """Return up to four periods before this one, the newest first, none from before the rotation's first turn."""
    first = state.schedule.first_turn()
    found: Spans = []
    current = (period.start, period.end)
    for number in range(1, EARLIER + 1):
        if first is None or current[0] <= first:
            break
        try:
            current = _before(state, period, current, number)
        except Refused:  # the sprints begin later than another layer
            break
        if current[1] <= first:
            break
        found.append(current)
    return found


def _before(
    state: RotationState, period: Period, current: tuple[Instant, Instant], number: int
) -> tuple[Instant, Instant]:
    if of := _OF.get(period.kind):
        return of(state, Instant(current[0] - 1))
    clock = state.schedule.clock
    start, end = clock.wall(period.start), clock.wall(period.end)
    # What is shorter than a week is held against the same hours of the weeks before: a Sunday is no Monday.
    step = max(end - start, WEEK)
    return _shown(state, start - number * step, end - number * step)


def _shown(state: RotationState, start: int, end: int) -> tuple[Instant, Instant]:
    clock = state.schedule.clock
    return clock.instant(Wall(start)), clock.instant(Wall(end))


def days_of(state: RotationState, start: Instant, end: Instant) -> list[tuple[date, Instant, Instant]]:
    """Return the days of the rotation's wall that have a time in ``[start, end)``, each cut to it."""
    first, last = state.day(start), state.day(Instant(end - 1))
    midnights = [wall_of(date.fromordinal(number)) for number in range(first.toordinal(), last.toordinal() + 2)]
    shown = state.schedule.clock.instants(midnights)
    return [
        (day_of(wall), max(begin, start), min(until, end))
        for wall, begin, until in zip(midnights[:-1], shown[:-1], shown[1:], strict=True)
        # a zone that crossed the date line has a day without a second
        if max(begin, start) < min(until, end)
    ]
