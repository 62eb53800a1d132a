"""The calendar for JSON: for each role a list of days, each with who begins and ends when in UTC."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from oncall_cli.model.time import format_instant
from oncall_cli.practice.stretches import Kind, Stretch, within
from oncall_cli.render.days import bounds
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.render.schedule import Listing


def calendar_data(listing: Listing, days: list[date], times: Times) -> list[dict[str, Any]]:
    """Return the days of each role that was asked about."""
    lanes = listing.lanes(bounds(days[0], times)[0])
    return [
        {
            "rotation": listing.rotation.id,
            "role": role,
            "zone": str(times.zone),
            "days": [_day(day, lanes.get(role, []), times) for day in days],
        }
        for role in listing.roles
    ]


def _day(day: date, lane: list[Stretch], times: Times) -> dict[str, Any]:
    held = within(lane, *bounds(day, times))
    return {
        "date": day.isoformat(),
        "shifts": [
            {**_span(each), "people": list(each.people), "override": each.override} for each in held if each.people
        ],
        "gaps": [{**_span(each), "intended": each.kind is Kind.NOBODY} for each in held if not each.people],
    }


def _span(each: Stretch) -> dict[str, Any]:
    return {"start": format_instant(each.start), "end": format_instant(each.end)}
