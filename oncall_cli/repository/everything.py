"""All that a team's repository says, read for ``oncall check``, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from oncall_cli.checks.ignores import held
from oncall_cli.checks.records import RotationRecords, TeamRecords
from oncall_cli.checks.review import Review
from oncall_cli.checks.table import CODES, broken_rules, looked_for
from oncall_cli.errors import Problem, Unreadable
from oncall_cli.model.team import Team
from oncall_cli.model.time import Instant
from oncall_cli.repository.canonical import is_canonical
from oncall_cli.repository.contents import KeptFiles
from oncall_cli.repository.files import WorkTree
from oncall_cli.repository.ignores import ignores
from oncall_cli.repository.owner_files import OWNER_FILES
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.schedule.compile import compile_schedule


class Checked(NamedTuple):
    """What is wrong, by place; how many files were read, and how many findings the team wants ignored."""

    problems: list[Problem]
    files: int
    ignored: int = 0


def checked(root: Path, now: Instant) -> Checked:
    """Hold the files of the work tree to the rules, and the schedule from ``now`` on."""
    kept = KeptFiles(WorkTree(root))
    return verdict(TeamRepository(root, kept), kept, now)


def all_problems(repository: TeamRepository, now: Instant) -> list[Problem]:
    """Return everything that is wrong in one state of a team's files, but for what is ignored, by place."""
    return verdict(repository, KeptFiles(repository.files), now).problems


def verdict(repository: TeamRepository, kept: KeptFiles, now: Instant, review: Review | None = None) -> Checked:
    """Return everything that is wrong, in the files themselves and by the rules, but for what is ignored."""
    records = review.head if review else all_records(repository, now, kept)
    found = list(dict.fromkeys((*repository.problems, *repository.unexpected(), *broken_rules(records, review))))
    left = held(found, ignores(records.contents), CODES, looked_for(records.team, compared=review is not None))
    problems = sorted(left.problems, key=lambda problem: (problem.place, problem.code))
    return Checked(problems, len(repository.paths_read), left.ignored)


def all_records(repository: TeamRepository, now: Instant, kept: KeptFiles | None = None) -> TeamRecords:
    """Read every record and return those that are valid, with the schedules, as of ``now``."""
    team = _team(repository)
    people = repository.people()
    runbooks = {name: page.head for name, page in repository.runbooks().items()}
    repository.templates()
    rotations = [_of_rotation(repository, name) for name in repository.rotation_ids()]
    invalid = frozenset(problem.place.path for problem in repository.problems)
    records = TeamRecords(now, team, people, tuple(filter(None, rotations)), runbooks, invalid)
    if kept is None:
        return records
    contents = kept.everything()
    valid = [path for path in repository.paths_read if path not in invalid and path in contents]
    uneven = _uneven(contents, valid) if "W506" in looked_for(team, compared=False) else frozenset()
    return records._replace(contents=contents, owners=_owners(repository), uneven=uneven)


def _uneven(contents: Mapping[str, bytes], valid: list[str]) -> frozenset[str]:
    """Return the valid records that the formatter would change."""
    return frozenset(path for path in valid if not is_canonical(path, contents[path]))


def _owners(repository: TeamRepository) -> dict[str, str]:
    """Return the files of owners that there are; one that cannot be read is none."""
    found = {}
    for path in OWNER_FILES:
        with suppress(OSError):
            found[path] = (repository.files.read(path) or b"").decode("utf-8", "replace")
    return {path: text for path, text in found.items() if text}


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
    actions = tuple(repository.actions(name))
    if rotation is None:
        return None
    schedule = compile_schedule(rotation, overrides)
    return RotationRecords(rotation, schedule, overrides, shifts, incidents, requests, actions)
