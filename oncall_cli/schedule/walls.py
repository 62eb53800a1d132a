"""What the clock on a zone's wall shows at an instant, and back; whole seconds, integers throughout."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from oncall_cli.model.time import DAY, Instant, Wall

if TYPE_CHECKING:
    from oncall_cli.model.zone import Zone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The years that datetime knows, less a day at each end for the offset.
_FIRST = (datetime(1, 1, 2, tzinfo=UTC) - _EPOCH) // timedelta(seconds=1)
_LAST = (datetime(9999, 12, 30, tzinfo=UTC) - _EPOCH) // timedelta(seconds=1)
# The year 2500: until then, from 1970 on, every system makes times of timestamps.
_PLAIN = 16_725_225_600
# A zone's changes are looked for, and kept, by blocks of 2**25 seconds: a little more than a year.
_BLOCK = 25


class Stretch(NamedTuple):
    """A time, in UTC seconds, of one offset from UTC, and up to which wall it answers.

    Where it shows the same walls as the next stretch, it answers for their first time, the next for the
    last; where walls are missing between them, the next answers for the first time and it for the last.
    """

    start: Instant
    end: Instant
    offset: int
    first_below: Wall
    last_below: Wall


class WallClock:
    """The clock on the wall of one zone; its changes are found once for every year that is asked about.

    Past the years of ``datetime`` (1 to 9999) the wall keeps the offset of the last day inside.
    """

    __slots__ = ("_name",)

    def __init__(self, zone: Zone) -> None:
        self._name = zone.name

    def offset(self, instant: Instant) -> int:
        """Return how many seconds the wall is ahead of UTC at ``instant``."""
        return next(one.offset for one in _block(self._name, instant >> _BLOCK) if instant < one.end)

    def wall(self, instant: Instant) -> Wall:
        """Return what the wall shows at ``instant``, in seconds of wall time."""
        return Wall(instant + self.offset(instant))

    def instant(self, wall: Wall, last: bool = False) -> Instant:
        """Return when the wall shows ``wall``: the first (or the last) time, in UTC seconds.

        A time that the wall never shows is the instant at which the clock jumps over it.
        """
        return self.instants((wall,), last=last)[0]

    def instants(self, walls: Sequence[Wall], *, last: bool = False) -> list[Instant]:
        """Return ``instant`` of each of the ascending ``walls``, all those of one stretch at a time."""
        found: list[Instant] = []
        blocks = range((walls[0] - DAY) >> _BLOCK, ((walls[-1] + DAY) >> _BLOCK) + 1) if walls else ()
        for number in blocks:  # no wall is a whole day away from UTC
            for stretch in _block(self._name, number):
                limit = stretch.last_below if last else stretch.first_below
                until = len(walls) if walls[-1] < limit else bisect_left(walls, limit)
                if until > len(found):
                    found += _shown(walls[len(found) : until], stretch)
        return found

    def jumps(self, start: Instant, end: Instant) -> list[Instant]:
        """Return when, from ``start`` to ``end``, the clock is put forward: each is that of several walls."""
        return [
            stretch.end
            for number in range(start >> _BLOCK, (end >> _BLOCK) + 1)
            for stretch in _block(self._name, number)
            if stretch.last_below > stretch.first_below and start <= stretch.end <= end
        ]


def _shown(walls: Sequence[Wall], stretch: Stretch) -> Sequence[Instant]:
    """Return when the stretch shows the walls; those missing before or after it are its start or end."""
    low, high = stretch.start + stretch.offset, stretch.end + stretch.offset
    if low <= walls[0] and walls[-1] < high:
        return _shifted(walls, stretch.offset)
    first, last = bisect_left(walls, low), bisect_left(walls, high)
    inside = _shifted(walls[first:last], stretch.offset)
    return [*[stretch.start] * first, *inside, *[stretch.end] * (len(walls) - last)]


def _shifted(walls: Sequence[Wall], offset: int) -> Sequence[Instant]:
    """Return the instants of ``walls`` under one offset; a range stays a range, which costs nothing."""
    if isinstance(walls, range):
        return range(walls.start - offset, walls.stop - offset, walls.step)  # type: ignore[return-value]
    return [Instant(wall - offset) for wall in walls]


@cache
def _block(zone: str, number: int) -> list[Stretch]:
    """Return the stretches of a zone within one block.

    The zone is asked once a day: no zone changes its clock and changes it back within a day.
    """
    known = ZoneInfo(zone)
    begin, end = number << _BLOCK, (number + 1) << _BLOCK
    changes = [(begin, _offset(known, begin))]
    for sample in (*range(begin + DAY, end, DAY), end):
        while _offset(known, sample) != changes[-1][1]:
            change = _change(known, max(changes[-1][0], sample - DAY), sample)
            changes.append((change, _offset(known, change)))
    if changes[-1][0] < end:
        changes.append((end, changes[-1][1]))
    return [
        Stretch(Instant(start), Instant(stop), offset, Wall(stop + offset), Wall(stop + after))
        for (start, offset), (stop, after) in pairwise(changes)
    ]


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """Return the first second, up to ``after``, whose offset is not that of ``before``."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, instant: int) -> int:
    if 0 <= instant < _PLAIN:
        # the same in a third of the time
        moment = datetime.fromtimestamp(instant, zone)
    else:
        moment = (_EPOCH + timedelta(seconds=min(max(instant, _FIRST), _LAST))).astimezone(zone)
    ahead = moment.utcoffset() or timedelta()
    return ahead.days * DAY + ahead.seconds
