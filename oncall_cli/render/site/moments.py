"""Instants on a page: in a zone of ours, and marked so that the browser can show them in the reader's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from oncall_cli.model.time import DAY, Instant, format_instant
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.zone import Zone

BETWEEN = Markup(" – ")
NOTHING = Markup()


class Moments:
    """How the pages of one day say instants: in the team's zone unless another is named."""

    def __init__(self, zone: Zone, day: Instant) -> None:
        self.zone = zone
        self.day = day

    def at(self, instant: Instant, zone: Zone | None = None) -> Markup:
        """Return ``Tue 24 Nov 09:00``."""
        return self._element(instant, zone, self._times(zone).at(instant))

    def day_of(self, instant: Instant, zone: Zone | None = None) -> Markup:
        """Return ``Tue 24 Nov``."""
        return self._element(instant, zone, self._times(zone).day(instant), Markup(' data-form="day"'))

    def between(self, start: Instant, end: Instant, zone: Zone | None = None) -> Markup:
        """Return ``Tue 24 Nov 09:00 – 17:00``, the second day only where it is another."""
        return self.at(start, zone) + BETWEEN + self.end(start, end, zone)

    def end(self, start: Instant, end: Instant, zone: Zone | None = None) -> Markup:
        """Return when what began at ``start`` ends: the time alone on the same day."""
        times = self._times(zone)
        same = times.clock.wall(start) // DAY == times.clock.wall(end) // DAY
        said = times.time_of_day(end) if same else times.at(end)
        return self._element(end, zone, said, Markup(' data-from="{}"').format(format_instant(start)))

    def _times(self, zone: Zone | None) -> Times:
        return Times(zone or self.zone, self.day)

    def _element(self, instant: Instant, zone: Zone | None, said: str, more: Markup = NOTHING) -> Markup:
        theirs = Markup(' data-zone="{}"').format(zone.name) if zone is not None and zone != self.zone else NOTHING
        return Markup('<time datetime="{}"{}{}>{}</time>').format(format_instant(instant), theirs, more, said)
