"""What a report is made of: the records of one rotation, and the time that they are held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import DAY, Instant, day_of, utc
from oncall_cli.practice.assigned import RotationState

if TYPE_CHECKING:
    from datetime import date

    from oncall_cli.model.incident import Incident
    from oncall_cli.model.request import Request
    from oncall_cli.model.team import Team
    from oncall_cli.practice.team_state import RotationFiles, TeamState
    from oncall_cli.schedule.walls import WallClock

# A record stands in the folder of the year in which it began; what began long before a period is not looked for.
_BEFORE, _AFTER = 60 * DAY, 7 * DAY


class Facts(NamedTuple):
    """One rotation's records of the years around a period; ``state`` holds this rotation alone."""

    team: Team
    state: TeamState
    rotation: RotationState
    incidents: tuple[Incident, ...]
    requests: tuple[Request, ...]

    @property
    def files(self) -> RotationFiles:
        """The rotation's own files."""
        return self.state.rotations[self.rotation.id]

    @property
    def clock(self) -> WallClock:
        """The clock on the rotation's wall."""
        return self.rotation.schedule.clock

    def day(self, instant: Instant) -> date:
        """Return the day that the rotation's wall shows."""
        return day_of(self.clock.wall(instant))


class Window(NamedTuple):
    """The time that is told of, half-open; what is still to come of it is judged as of ``seen``."""

    start: Instant
    end: Instant
    seen: Instant

    @classmethod
    def of(cls, start: Instant, end: Instant, now: Instant) -> Window:
        """Return the window as it is judged at ``now``: one that lies in the past, as at its end."""
        return cls(start, end, min(end, now))

    def has(self, instant: Instant | None) -> bool:
        """Tell whether an instant lies in it."""
        return instant is not None and self.start <= instant < self.end


def years_of(first: Instant, end: Instant) -> range:
    """Return the years whose folders can hold records of ``[first, end)``."""
    return range(utc(Instant(first - _BEFORE)).year, utc(Instant(end + _AFTER)).year + 1)
