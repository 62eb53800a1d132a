"""Times for a person: in the reader's zone, the rotation's in brackets where they differ, and the distance."""

from __future__ import annotations

from datetime import date

from oncall_cli.lasting import distance
from oncall_cli.model.time import DAY, HOUR, MINUTE, Instant, Wall, day_of, wall_of
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.walls import WallClock

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Times:
    """How one reader sees instants: in which zone, and from which now."""

    def __init__(self, zone: Zone, now: Instant, *, asked: bool = False) -> None:
        self.zone = zone
        self.now = now
        self.asked = asked
        self.clock = WallClock(zone)

    def at(self, instant: Instant, theirs: Zone | None = None) -> str:
        """Return ``Tue 24 Nov 15:00``, with the other zone's wall in brackets where it differs."""
        wall = self.clock.wall(instant)
        said = f"{self._day(wall)} {clock_time(wall)}"
        if theirs is None:
            return said
        other = WallClock(theirs).wall(instant)
        if other == wall:
            return said
        day = "" if other // DAY == wall // DAY else f"{self._day(other)} "
        return f"{said} ({day}{clock_time(other)} {theirs})"

    def time_of_day(self, instant: Instant) -> str:
        """Return ``15:00``."""
        return clock_time(self.clock.wall(instant))

    def day(self, instant: Instant) -> str:
        """Return ``Tue 24 Nov``."""
        return self._day(self.clock.wall(instant))

    def iso_day(self, instant: Instant) -> str:
        """Return ``2026-11-24``, as a command takes it."""
        return day_of(self.clock.wall(instant)).isoformat()

    def distance(self, instant: Instant) -> str:
        """Return ``in 3d 22h``, ``2h 5m ago`` or ``now``."""
        return distance(instant, self.now)

    def same_year_until(self) -> Instant:
        """Return until when the year of now, which goes without saying, stays the same."""
        year = day_of(self.clock.wall(self.now)).year
        return self.clock.instant(wall_of(date(year + 1, 1, 1)))

    def until(self, start: Instant, end: Instant) -> str:
        """Return ``Tue 24 Nov 15:00 – 17:00``, naming the second day and year only when they are others."""
        first, last = self.clock.wall(start), self.clock.wall(end)
        if first // DAY == last // DAY:
            return f"{self.at(start)} – {clock_time(last)}"
        return f"{self.at(start)} – {self._day(last, day_of(first).year)} {clock_time(last)}"

    def note(self) -> str:
        """Return the sentence that says in which zone the times are, and as of when if that was asked."""
        if not self.asked:
            return f"Times are in {self.zone}."
        wall = self.clock.wall(self.now)
        # Every other time leaves out the year of this one, so this one tells it.
        return f"As of {self._day(wall, known_year=1)} {clock_time(wall)}; times are in {self.zone}."

    def _day(self, wall: Wall, known_year: int | None = None) -> str:
        """Return ``Tue 24 Nov``, with the year when it is neither known nor the one of now."""
        day = day_of(wall)
        expected = known_year or day_of(self.clock.wall(self.now)).year
        year = "" if day.year == expected else f" {day.year}"
        return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{year}"


def clock_time(wall: Wall) -> str:
    """Return what the wall clock shows, to the minute, or to the second where it matters."""
    seconds = wall % DAY
    shown = f"{seconds // HOUR:02d}:{seconds % HOUR // MINUTE:02d}"
    return f"{shown}:{seconds % MINUTE:02d}" if seconds % MINUTE else shown
