"""All that a team's repository says, read for ``oncall check``, and all that is wrong with it."""

from __future__ import annotations

from oncall_cli.checks.records import RotationRecords, TeamRecords
from oncall_cli.checks.table import broken_rules
from oncall_cli.errors import Problem, Unreadable
from oncall_cli.model.team import Team
from oncall_cli.model.time import Instant
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.schedule.compile import compile_schedule


def all_records(repository: TeamRepository, now: Instant) -> TeamRecords:
    """Read every record and return those that are valid, with the schedules, as of ``now``."""
    team = _team(repository)
    people = repository.people()
    runbooks = {name: page.head for name, page in repository.runbooks().items()}
    repository.templates()
    rotations = [_of_rotation(repository, name) for name in repository.rotation_ids()]
    invalid = frozenset(problem.place.path for problem in repository.problems)
    return TeamRecords(now, team, people, tuple(filter(None, rotations)), runbooks, invalid)


def all_problems(repository: TeamRepository, now: Instant) -> list[Problem]:
    """Return everything that is wrong, in the files themselves and by the rules, by place."""
    records = all_records(repository, now)
    found = {*repository.problems, *repository.unexpected(), *broken_rules(records)}
    return sorted(found, key=lambda problem: (problem.place, problem.code))


def _team(repository: TeamRepository) -> Team | None:
    """Return the team; an invalid one is reported like any other file."""
    try:
        return repository.team()
    except Unreadable:
        return None


def _of_rotation(repository: TeamRepository, name: str) -> RotationRecords | None:
    """Read all that belongs to a rotation, for the problems in it even where its own file is invalid."""
    rotation = repository.rotation(name)
    overrides = tuple(repository.overrides(name))
    shifts = tuple(repository.shifts(name))
    incidents = tuple(repository.incidents(name))
    requests = tuple(repository.requests(name))
    if rotation is None:
        return None
    schedule = compile_schedule(rotation, overrides)
    return RotationRecords(rotation, schedule, overrides, shifts, incidents, requests)
