"""A change of who is on call: its plan is shown before it is made, and it is not made for a dry run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from oncall_cli.checks.mentions import strangers
from oncall_cli.commands.change import Planned, commit_planned, planned
from oncall_cli.commands.session import Session
from oncall_cli.errors import Problem, Unreadable
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.lost import refuse_lost
from oncall_cli.practice.plan import Plan, plan
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.render.plan import PlanText
from oncall_cli.render.plan_data import plan_data
from oncall_cli.repository.files import Overlay
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.schedule.compile import compile_schedule

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.model.zone import Zone

_LOST = "ask those who agreed on it, then take it back with 'oncall override remove'"
NOTHING: Mapping[str, Any] = MappingProxyType({})


def make_planned_change(
    session: Session,
    edits: Sequence[RecordEdit],
    subject: str,
    *,
    dry_run: bool,
    as_json: bool,
    answer: Mapping[str, Any] = NOTHING,
    text: str = "",
    body: str = "",
    when_lost: str = _LOST,
) -> int:
    """Show what the edits do to the schedule, then make one commit of them unless it is a dry run."""
    files = planned(session, edits)
    return commit_foreseen(
        session,
        files,
        subject,
        dry_run=dry_run,
        as_json=as_json,
        answer=answer,
        text=text,
        body=body,
        when_lost=when_lost,
    )


def commit_foreseen(
    session: Session,
    files: Planned,
    subject: str,
    *,
    dry_run: bool,
    as_json: bool,
    answer: Mapping[str, Any] = NOTHING,
    text: str = "",
    body: str = "",
    when_lost: str = _LOST,
) -> int:
    """Show what new bytes of files do to the schedule, then make one commit of them unless it is a dry run.

    Refused, with ``when_lost`` as what to do, is what leaves an agreement of two people without effect.
    """
    before, after = states_of(session, files)
    foreseen = shown_plan(session, before, after, as_json=as_json)
    refuse_lost(foreseen.lost, when_lost)
    outcome = commit_planned(session, files, subject, body=body, dry_run=dry_run, as_json=as_json)
    outcome.show({**answer, "plan": plan_data(foreseen)}, text)
    return 0


def shown_plan(session: Session, before: TeamState, after: TeamState, *, as_json: bool) -> Plan:
    """Show a person what becomes of the schedule between two states of the team, and return it."""
    foreseen = plan(before, after, session.now)
    if not as_json:
        home = session.repository.team().timezone
        shown = PlanText(after.people, home, session.times, session.given.width, session.given.colour)
        session.show(f"{shown.of(foreseen)}\n")
    return foreseen


def states_of(session: Session, files: Planned) -> tuple[TeamState, TeamState]:
    """Return the team before and after a change of files; refuse one that makes a record invalid."""
    repository = session.repository
    later = TeamRepository(repository.root, Overlay(repository.files, files.after))
    before = team_state(repository)
    after = team_state(later, before)
    known = {*repository.problems, *_strangers(repository, before)}
    for problem in (*later.problems, *_strangers(later, after)):
        # What was wrong already is told as ever; it does not keep anybody from changing something else.
        if problem not in known:
            raise Unreadable(f"the change is refused: {problem.message}", problem.hint, problem.place)
    return before, after


def team_state(
    repository: TeamRepository,
    earlier: TeamState | None = None,
    only: Collection[str] | None = None,
    zone: Zone | None = None,
) -> TeamState:
    """Return all rotations, or only some, and the people; what is as it was earlier keeps its schedule.

    With a ``zone`` the team's own file is not needed.
    """
    names = repository.rotation_ids() if only is None else only
    records = {name: record for name in names if (record := repository.rotation(name))}
    rotations = {
        name: _rotation_files(repository, record, earlier.rotations.get(name) if earlier else None)
        for name, record in records.items()
    }
    return TeamState(rotations, repository.people(), zone or repository.team().timezone)


def _rotation_files(repository: TeamRepository, record: Rotation, earlier: RotationFiles | None) -> RotationFiles:
    overrides = repository.overrides(record.id)
    if earlier and earlier.record == record and list(earlier.overrides) == overrides:
        return earlier
    return RotationFiles(record, overrides, compile_schedule(record, overrides))


def _strangers(repository: TeamRepository, state: TeamState) -> list[Problem]:
    """Return a problem for each place that puts somebody on call who has no file."""
    known = repository.person_ids()
    return [
        problem for files in state.rotations.values() for problem in strangers(files.record, files.overrides, known)
    ]
