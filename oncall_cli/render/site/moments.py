"""Instants on a page: in a zone of ours, and marked so that the browser can show them in the reader's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from oncall_cli.model.time import DAY, Instant, format_instant
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.zone import Zone

_BETWEEN = Markup(" – ")
_NOTHING = Markup()
_DAY_ALONE = Markup(" data-day")
_END = Markup(" data-end")


class Moments:
    """How the pages of one day say instants where no script says them for the reader: in the team's zone."""

    def __init__(self, zone: Zone, day: Instant) -> None:
        self._times = Times(zone, day)

    def at(self, instant: Instant) -> Markup:
        """Return ``Tue 24 Nov 09:00``."""
        return _element(instant, self._times.at(instant))

    def day_of(self, instant: Instant) -> Markup:
        """Return ``Tue 24 Nov``."""
        return _element(instant, self._times.day(instant), _DAY_ALONE)

    def between(self, start: Instant, end: Instant) -> Markup:
        """Return ``Tue 24 Nov 09:00 – 17:00``, the second day only where it is another."""
        return self.at(start) + _BETWEEN + self.end(start, end)

    def end(self, start: Instant, end: Instant) -> Markup:
        """Return when that ends whose beginning stands right before it: the time alone on the same day."""
        times = self._times
        same = times.clock.wall(start) // DAY == times.clock.wall(end) // DAY
        return _element(end, times.time_of_day(end) if same else times.at(end), _END)


def _element(instant: Instant, said: str, more: Markup = _NOTHING) -> Markup:
    spelled = format_instant(instant).replace(":00Z", "Z")
    return Markup(f'<time datetime="{spelled}"{more}>{said}</time>')
