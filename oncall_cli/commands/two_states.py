"""The two states of a team that a review compares, and what of them cannot be compared."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.commands.plan import team_state
from oncall_cli.errors import Problem, Unreadable
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.alterations import alterations
from oncall_cli.practice.difference import Difference, Side
from oncall_cli.practice.lanes import lanes
from oncall_cli.practice.plan import Plan, plan
from oncall_cli.practice.record_changes import Fate, RecordPair, record_changes
from oncall_cli.practice.renames import renames, with_names
from oncall_cli.practice.team_state import TeamState
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.layout import claim
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.sides import Sides

_MOST_NOTES = 20


class TwoStates(NamedTuple):
    """A team before and after, only with the rotations that both sides can tell of."""

    before: TeamState
    after: TeamState
    renamed: dict[str, str]
    untold: tuple[str, ...]


def two_states(found: Sides) -> TwoStates:
    """Read both sides; where a side has no valid 'oncall.yaml', the other one's zone stands in."""
    base_zone, head_zone = _zone(found.base), _zone(found.head)
    home = head_zone or base_zone
    if home is None:
        raise found.head.failure(TEAM_FILE) or Unreadable("neither side has a team's file")
    before = team_state(found.base, zone=base_zone or home)
    renamed = renames(before.people, found.head.people())
    before = with_names(before, renamed)
    after = team_state(found.head, before, zone=home)
    untold = sorted(
        {
            name
            for repository, state in ((found.base, before), (found.head, after))
            for name in repository.rotation_ids()
            if name not in state.rotations
        }
    )
    return TwoStates(_but(before, untold), _but(after, untold), renamed, tuple(untold))


def difference(found: Sides, states: TwoStates, now: Instant) -> Difference:
    """Return what becomes of the schedule and of every record whose file differs."""
    before, after = states.before, states.after
    foreseen = plan(before, after, now)
    told = {
        name: [each.text for each in alterations(before.rotations.get(name), files) if each.about[0] != "override"]
        for name, files in after.rotations.items()
    }
    pairs = [pair for path in found.differing() if (pair := _pair(found, path))]
    compared = found.compared
    head = Side(compared.head.said, compared.head.sha) if compared.head else Side("the work tree", None)
    return Difference(
        Side(compared.base.said, compared.base.sha),
        head,
        foreseen,
        lanes(before, after, foreseen.comparison.changes, now),
        tuple(record_changes(pairs, after.zone, told, states.renamed)),
        tuple(_notes(found, states)),
        _zones(foreseen, states),
    )


def _zone(repository: TeamRepository) -> Zone | None:
    try:
        return repository.team().timezone
    except Unreadable:
        return None


def _but(state: TeamState, names: list[str]) -> TeamState:
    return state._replace(rotations={name: each for name, each in state.rotations.items() if name not in names})


def _pair(found: Sides, path: str) -> RecordPair | None:
    """Return what a file says on both sides; None for one that nobody reads."""
    claimed, name = claim(path), path.rpartition("/")[2]
    if claimed is None and name.startswith("."):
        return None
    there = [side.has(path) for side in (found.base, found.head)]
    pages = [side.record_at(path) for side in (found.base, found.head)]
    fate = Fate.CHANGED if all(there) else Fate.ADDED if there[1] else Fate.REMOVED
    readable = claimed is None or all(page is not None for has, page in zip(there, pages, strict=True) if has)
    before, after = (page.head if page else None for page in pages)
    bodies = tuple(page.body if page else "" for page in pages)
    return RecordPair(
        claimed.kind.name if claimed else "file",
        claimed.id if claimed else path,
        path,
        before,
        after,
        (bodies[0], bodies[1]),
        readable,
        fate,
    )


def _notes(found: Sides, states: TwoStates) -> list[str]:
    """Say what was not compared, and why."""
    notes = list(found.compared.notes)
    said = found.compared.base.said
    if not found.base.has(TEAM_FILE):
        notes.append(f"the team has no '{TEAM_FILE}' yet at '{said}': all of it is new")
    notes += [f"nothing is said of the shifts of '{name}': its file is invalid on one side" for name in states.untold]
    for where, repository in ((f"at '{said}'", found.base), ("as it is to be", found.head)):
        problems = [each for each in repository.problems if each.place.path != TEAM_FILE or repository.has(TEAM_FILE)]
        notes += [f"{_place(problem)} is invalid {where}: {problem.message}" for problem in problems[:_MOST_NOTES]]
        if len(problems) > _MOST_NOTES:
            notes.append(f"{len(problems) - _MOST_NOTES} more problems {where}")
    return notes


def _place(problem: Problem) -> str:
    return f"'{problem.place.path}' (line {problem.place.line})"


def _zones(foreseen: Plan, states: TwoStates) -> frozenset[Zone]:
    """Return the zones of the rotations of which the plan tells times."""
    found = foreseen.comparison
    gaps = {each.rotation for each in (*foreseen.opened(), *foreseen.closed())}
    names = gaps | {each.rotation for each in found.changes}
    sides = (states.after.rotations, states.before.rotations)
    known = [next(side[name] for side in sides if name in side) for name in names]
    return frozenset(files.schedule.zone for files in known)
