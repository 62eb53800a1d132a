"""A team as the changes of who is on call see it: weekly turns from Tuesday 09:00 in New York, in November 2026."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from oncall_cli.model.override import Override
from oncall_cli.model.person import Person
from oncall_cli.model.record import Source
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.setting import Setting
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.walls import WallClock
from tests.practice.records import at, rotation

NEW_YORK = Zone("America/New_York")
NAMES = ("alice", "bob", "carol", "dan", "jo")
WITH_SECONDARY = {"roles": {"primary": {}, "secondary": {"offset": "1"}}}


def person(name: str, **said: Any) -> Person:
    made = Person.model_validate({"name": name.title(), **said})
    made.read_from(name, Source(f"rotations/people/{name}.yaml", {}))
    return made


def setting(
    *rotations: Rotation,
    overrides: Mapping[str, Sequence[Override]] | None = None,
    now: Instant | None = None,
    **people: Mapping[str, Any],
) -> Setting:
    """Return the rotations (one weekly one, if none) and five people, of whom some say more; it is the 18th at noon."""
    made = rotations or (rotation(),)
    known = {name: person(name, **people.get(name, {})) for name in (*NAMES, *people)}
    given = overrides or {}
    files = {one.id: files_of(one, given.get(one.id, ())) for one in made}
    return Setting(TeamState(files, known, NEW_YORK), at("18 12:00") if now is None else now, WallClock(NEW_YORK))


def files_of(record: Rotation, overrides: Sequence[Override]) -> RotationFiles:
    return RotationFiles(record, tuple(overrides), compile_schedule(record, overrides))


def with_overrides(before: Setting, name: str, *overrides: Override) -> Setting:
    """Return the setting with exactly these overrides in a rotation."""
    rotations = {**before.team.rotations, name: files_of(before.files(name).record, overrides)}
    return before._replace(team=before.team._replace(rotations=rotations))


def told(made: Override) -> list[tuple[str, Instant, Instant, str, str | None]]:
    """Return the changes of an override: role, start, end, who, instead of whom."""
    return [(one.role, one.start, one.end, "+".join(one.people) or "nobody", one.instead_of) for one in made.changes]
