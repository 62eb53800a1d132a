"""How an instant is written into a file: with the offset that the rotation's wall has then."""

from __future__ import annotations

from datetime import timedelta, timezone

from oncall_cli.model.time import Instant, utc
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.walls import WallClock


def stamp(instant: Instant, zone: Zone) -> str:
    """Spell ``instant`` as the zone's wall shows it, with the offset: ``2026-11-24T09:00:00-05:00``."""
    offset = timezone(timedelta(seconds=WallClock(zone).offset(instant)))
    return utc(instant).astimezone(offset).isoformat(timespec="seconds")
