"""The records that the rules look at: all that says who is on call, and of what happened as much as is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from oncall_cli.checks.records import RotationRecords, TeamRecords
from oncall_cli.errors import Unreadable
from oncall_cli.model.team import Team
from oncall_cli.model.time import Instant
from oncall_cli.repository.owner_files import OWNER_FILES
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.schedule.compile import compile_schedule

# What happened: the folders of a rotation that grow for ever.
HISTORY = ("shifts", "incidents", "requests", "actions")


def team_records(repository: TeamRepository, now: Instant) -> TeamRecords:
    """Return the valid records that say who is on call, with the schedules, as of ``now``; nothing of the history."""
    team = _team(repository)
    people = repository.people()
    runbooks = {name: page.head for name, page in repository.runbooks().items()}
    repository.templates()
    rotations = [_of_rotation(repository, name) for name in repository.rotation_ids()]
    invalid = frozenset(problem.place.path for problem in repository.problems)
    known = tuple(filter(None, rotations))
    return TeamRecords(now, team, people, known, runbooks, invalid, owners=_owners(repository))


def with_history(records: TeamRecords, repository: TeamRepository, paths: Iterable[str]) -> TeamRecords:
    """Return the records with those of the history that stand at some paths."""
    parts: dict[str, dict[str, list[Any]]] = {}
    for path in paths:
        top, *below = path.split("/")
        if top == "rotations" and len(below) > 2 and below[1] in HISTORY and (page := repository.record_at(path)):
            parts.setdefault(below[0], {}).setdefault(below[1], []).append(page.head)
    rotations = tuple(with_part(each, parts.get(each.rotation.id, {})) for each in records.rotations)
    return records._replace(rotations=rotations)


def with_part(each: RotationRecords, part: Mapping[str, Iterable[Any]]) -> RotationRecords:
    """Return a rotation with some of its history, by kind."""
    found: dict[str, Any] = {kind: tuple(records) for kind, records in part.items()}
    return each._replace(**found)


def _team(repository: TeamRepository) -> Team | None:
    """Return the team; an invalid one is reported like any other file."""
    try:
        return repository.team()
    except Unreadable:
        return None


def _of_rotation(repository: TeamRepository, name: str) -> RotationRecords | None:
    """Read what says who is on call, for the problems in it even where the rotation's own file is invalid."""
    rotation = repository.rotation(name)
    overrides = tuple(repository.overrides(name))
    if rotation is None:
        return None
    return RotationRecords(rotation, compile_schedule(rotation, overrides), overrides)


def _owners(repository: TeamRepository) -> dict[str, str]:
    """Return the files of owners that there are; one that cannot be read is none."""
    found = {}
    for path in OWNER_FILES:
        with suppress(OSError):
            found[path] = (repository.files.read(path) or b"").decode("utf-8", "replace")
    return {path: text for path, text in found.items() if text}
