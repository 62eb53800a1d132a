"""Rotations and overrides for tests, from the text that a file would hold; instants from their spelling."""

from __future__ import annotations

from typing import Any

from oncall_cli.model.override import Override
from oncall_cli.model.record import Source
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.time import Instant, instant_of, parse_instant, utc
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.schedule import Schedule

WEEKLY = {"every": "1 week", "at": "monday 09:00"}
DAILY = {"every": "1 day", "at": "09:00"}


def rotation(**fields: Any) -> Rotation:
    """Return a rotation in Chicago that hands off on Mondays at nine; ``members`` make its only roster version."""
    text: dict[str, Any] = {"name": "Platform", "timezone": "America/Chicago"}
    if "layers" not in fields:
        text |= {"handoff": WEEKLY, "roster": [version("2026-01-05", *fields.pop("members", ("ana", "ben", "cy")))]}
    record = Rotation.model_validate(text | fields)
    record.read_from("platform", Source("rotations/platform/rotation.yaml", {}))
    return record


def version(since: str, *members: str | list[str]) -> dict[str, Any]:
    """Return a roster version."""
    return {"from": since, "members": list(members)}


def override(name: str, *changes: dict[str, Any], created: str | None = None) -> Override:
    """Return an override file of that name."""
    text: dict[str, Any] = {"changes": list(changes)} | ({"created": created} if created else {})
    record = Override.model_validate(text)
    record.read_from(name, Source(f"rotations/platform/overrides/{name}.yaml", {}))
    return record


def change(start: str, end: str, person: str | list[str], **fields: str) -> dict[str, Any]:
    """Return one change of an override."""
    return {"start": start, "end": end, "person": person} | fields


def schedule(*overrides: Override, **fields: Any) -> Schedule:
    """Return the schedule of ``rotation(**fields)`` under the overrides."""
    return compile_schedule(rotation(**fields), overrides)


def told(made: Schedule, start: str, end: str, role: str = "primary") -> list[str]:
    """Return the shifts of a role as lines such as ``ana 2026-03-02T09:00-06:00 2026-03-09T09:00-05:00``."""
    shifts = made.shifts(parse_instant(start), parse_instant(end), [role])
    return [f"{'+'.join(one.people)} {local(made, one.start)} {local(made, one.end)}" for one in shifts]


def local(made: Schedule, instant: Instant) -> str:
    """Spell an instant with the offset that the rotation's own zone has then."""
    from zoneinfo import ZoneInfo

    return utc(instant).astimezone(ZoneInfo(made.zone.name)).isoformat(timespec="minutes")


__all__ = ["DAILY", "WEEKLY", "Instant", "change", "instant_of", "local", "override", "parse_instant", "rotation"]
