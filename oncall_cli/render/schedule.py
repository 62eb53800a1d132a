"""Shifts and gaps over a window: a list for a person, and the promised JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.lasting import span
from oncall_cli.model.time import Instant, format_instant
from oncall_cli.practice.stretches import Stretch, stretches, within
from oncall_cli.render.people import names_of
from oncall_cli.render.text import BOLD, RED, columns, one_line, styled
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.schedule.shift import Gap, Shift


class Listing(NamedTuple):
    """The shifts and gaps of one rotation in a window of instants."""

    rotation: Rotation
    start: Instant
    end: Instant
    shifts: list[Shift]
    gaps: list[Gap]
    roles: tuple[str, ...]
    """The roles that were asked about."""

    def lanes(self, start: Instant) -> dict[str, list[Stretch]]:
        """Return all that is said of each role; a role of which nothing is said from ``start`` is none of them."""
        told = {role: stretches(role, self.shifts, self.gaps) for role in self.roles}
        return {role: lane for role, lane in told.items() if within(lane, start, self.end)}

    def only(self, person: str) -> Listing:
        """Return what the listing holds of one person."""
        return self._replace(shifts=[shift for shift in self.shifts if person in shift.people], gaps=[])


def schedule_text(
    listings: Iterable[Listing],
    people: Mapping[str, Person],
    times: Times,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return each rotation's shifts and gaps in the order of their starts."""
    blocks = []
    for listing in listings:
        rows = _rows(listing, people, times)
        told = "\n".join([_head(listing, colour), *columns(rows, width)])
        blocks.append(told if rows else idle_text(listing, colour))
    return "\n\n".join([*blocks, times.note()])


def idle_text(listing: Listing, colour: bool = False) -> str:
    """Return what is said of a rotation in which nobody is on call, and nobody has to be."""
    return f"{_head(listing, colour)}\n  nobody is on call in this time"


def _head(listing: Listing, colour: bool) -> str:
    return f"{styled(listing.rotation.id, BOLD, colour)}  {one_line(listing.rotation.name)}"


def _rows(listing: Listing, people: Mapping[str, Person], times: Times) -> list[list[str]]:
    """Return a row a shift or gap: when, role, who, and what is special."""
    rows = [
        (
            shift.start,
            [_when(shift, times), shift.role, names_of(shift.people, people), _remark(shift, times)],
        )
        for shift in listing.shifts
    ]
    rows += [(gap.start, [_when(gap, times), gap.role, "nobody", _gap_remark(gap)]) for gap in listing.gaps]
    return [cells for _, cells in sorted(rows, key=lambda row: row[0])]


def _when(stretch: Shift | Gap, times: Times) -> str:
    return f"  {times.until(stretch.start, stretch.end)}"


def _remark(shift: Shift, times: Times) -> str:
    now = "now" if shift.start <= times.now < shift.end else ""
    by = f"by {shift.override}" if shift.override else ""
    return ", ".join(part for part in (now, by) if part)


def _gap_remark(gap: Gap) -> str:
    return "intended" if gap.intended else "NOT COVERED"


def gaps_text(listings: Iterable[Listing], unread: Sequence[str], times: Times, colour: bool = False) -> str:
    """Return the gaps of each rotation that has some, and a verdict on those that could be read."""
    blocks, count = [], 0
    for listing in listings:
        rows = [[_when(gap, times), span(gap.end - gap.start), gap.role, _gap_remark(gap)] for gap in listing.gaps]
        count += sum(not gap.intended for gap in listing.gaps)
        if rows:
            blocks.append("\n".join([styled(listing.rotation.id, BOLD, colour), *columns(rows)]))
    verdict = f"{count} gap{'' if count == 1 else 's'} in what was promised." if count else "No gaps."
    if unread:
        verdict = f"Nothing can be said of {', '.join(unread)}. Elsewhere: {verdict}"
    return "\n\n".join([*blocks, f"{styled(verdict, RED, colour and count > 0)} {times.note()}"])


def listing_data(listing: Listing) -> dict[str, Any]:
    """Return one rotation's schedule as the JSON output promises."""
    return {
        "rotation": listing.rotation.id,
        "from": format_instant(listing.start),
        "to": format_instant(listing.end),
        "shifts": [shift_data(shift) for shift in listing.shifts],
        "gaps": [gap_data(gap) for gap in listing.gaps],
    }


def shift_data(shift: Shift) -> dict[str, Any]:
    """Return one shift for JSON."""
    return {
        "role": shift.role,
        "people": list(shift.people),
        "start": format_instant(shift.start),
        "end": format_instant(shift.end),
        "layer": shift.layer,
        "source": str(shift.source),
        "override": shift.override,
    }


def gap_data(gap: Gap) -> dict[str, Any]:
    """Return one gap for JSON."""
    return {
        "role": gap.role,
        "start": format_instant(gap.start),
        "end": format_instant(gap.end),
        "intended": gap.intended,
    }
