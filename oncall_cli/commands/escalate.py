"""``oncall escalate`` and ``oncall watch``: who is next when nobody answers, or when nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import typer

from oncall_cli.commands.acting import acting_person, the_only
from oncall_cli.commands.acting import states as all_states
from oncall_cli.commands.at_work import AtWork
from oncall_cli.commands.change import make_change
from oncall_cli.commands.escalating import not_told_by_others, page
from oncall_cli.commands.incident_choice import Choice, choose, open_choices
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation, NoPost
from oncall_cli.commands.posting import post
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.incident import Incident, IncidentStatus
from oncall_cli.model.person import Person
from oncall_cli.model.shift import EntryKind
from oncall_cli.model.team import Event
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.escalation import Step, due_steps, next_step, steps
from oncall_cli.practice.incident_edits import escalated
from oncall_cli.practice.ladder import ladder
from oncall_cli.render.escalation import escalation_post, ladder_data, ladder_text, step_words
from oncall_cli.render.text import one_line
from oncall_cli.render.who import rung_name
from oncall_cli.repository.commit import Committed

Which = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="A part of its id; default: the only open one.", show_default=False),
]
Named = Annotated[str | None, typer.Option("--incident", "-i", metavar="ID", help="Which incident.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Take the next step without asking.")]
Once = Annotated[bool, typer.Option("--once", help="Look once, for cron or CI.")]


class Climb(AtWork):
    """One incident and the ladder of its rotation, with the people of now."""

    log_kind = EntryKind.INCIDENT

    def __init__(self, session: Session, choice: Choice, person: str) -> None:
        super().__init__(session, choice.rotation, person, session.now)
        self.incident: Incident = choice.incident
        rotation, level = self.state.rotation, session.repository.team().severities.get(choice.incident.severity)
        others = session.other_schedules(rotation)
        rungs = ladder(rotation, self.state.schedule, others, session.now)
        self.steps = steps(rotation, rungs, choice.incident, level.respond.seconds if level and level.respond else None)

    @property
    def people(self) -> dict[str, Person]:
        """Everybody whom the ladder names."""
        return self.session.people({person for step in self.steps for person in step.rung.people})

    def edits(self, taken: Sequence[Step]) -> list[RecordEdit]:
        """Return what telling these levels writes."""
        words = {step.level: step_words(step, self.people) for step in taken}
        said = "; ".join(words.values())
        record = escalated(self.incident, self.doing, words)
        return [record, *self.logged(self.incident, f"{said}: {one_line(self.incident.title)}")]

    def ours_of(self, taken: list[Step], made: Committed) -> list[Step]:
        """Return the levels that no other clone tells, and say which one does."""
        ours = not_told_by_others(self.session, made, self.state.id, self.incident.id, taken)
        for step in taken:
            if step not in ours:
                self.session.tell(f"level {step.level} of {self.incident.id} was told by another clone a moment ago")
        return ours

    def tell(self, taken: Sequence[Step]) -> None:
        """Post where everybody reads, and reach the people of these levels."""
        if not taken:
            return
        rotation = self.state.rotation
        said = escalation_post(self.incident, taken, self.people, rotation.name)
        post(self.session, rotation, Event.ESCALATION, said)
        people = [person for step in taken for person in step.rung.people]
        page(self.session, rotation, Event.ESCALATION, people, said)


class Due(NamedTuple):
    """An incident and the levels that are to be told now."""

    climb: Climb
    steps: list[Step]


def escalate(
    ctx: typer.Context,
    which: Which = None,
    named: Named = None,
    rotation: InRotation = None,
    yes: Yes = False,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Show who is next when nobody answers or nothing fits, and take that step."""
    session = Session(ctx.obj, acting)
    wanted = named or which
    if wanted is None and (rotation or not open_choices(session)):
        return _ladder_only(session, rotation, as_json)
    climb = Climb(session, choose(session, wanted, open_choices(session, rotation)), acting_person(session).id)
    if climb.incident.status is IncidentStatus.RESOLVED:
        raise Refused(
            f"'{climb.incident.id}' is resolved", hint="oncall incident reopen", place=climb.incident.place("status")
        )
    after = next_step(climb.steps, climb.incident)
    if not as_json:
        head = f"{climb.incident.id}  {climb.incident.severity} {climb.incident.status}"
        people, times = climb.people, session.times
        session.show(ladder_text(head, climb.steps, after, people, times, session.given.width))
    if after is None:
        raise Refused("everybody on the ladder has been told", hint="call them again: 'oncall who' has the numbers")
    if not (yes or dry_run) and not _agreed(session, after, climb):
        if as_json:
            session.answer({"id": climb.incident.id, "ladder": ladder_data(climb.steps, after)})
        else:
            session.tell("Nothing was done. Take the step marked '>' with --yes.")
        return session.close()
    return _take(climb, [after], no_post=no_post, dry_run=dry_run, as_json=as_json)


def watch(
    ctx: typer.Context,
    once: Once = False,
    rotation: InRotation = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Tell the next level about incidents that nobody acknowledged in time, once each."""
    if not once:
        raise WrongUsage("watching goes on in cron or CI, not here", hint="run 'oncall watch --once' every minute")
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    waiting = [each for each in open_choices(session, rotation).values() if each.incident.status == "open"]
    climbs = [Climb(session, each, person) for each in waiting]
    due = [Due(climb, found) for climb in climbs if (found := due_steps(climb.steps, climb.incident, session.now))]
    if not due:
        if as_json:
            session.answer({"escalated": []})
        else:
            session.show("Nobody is to be told.")
        return session.close()
    made = make_change(
        session,
        [edit for climb, found in due for edit in climb.edits(found)],
        f"Escalate {', '.join(climb.incident.id for climb, _ in due)}",
        dry_run=dry_run,
        as_json=as_json,
    )
    lines = [f"{climb.incident.id}: {step_words(step, climb.people)}." for climb, found in due for step in found]
    told = [{"id": climb.incident.id, "levels": [step.level for step in found]} for climb, found in due]
    made.show({"escalated": told}, "\n".join(lines))
    if not (dry_run or no_post):
        for climb, found in due:
            climb.tell(climb.ours_of(found, made.committed))
    return 0


def _take(climb: Climb, taken: list[Step], *, no_post: bool, dry_run: bool, as_json: bool) -> int:
    words = step_words(taken[0], climb.people)
    subject = f"Escalate {climb.incident.id} to {rung_name(taken[0].rung, climb.people)}"
    made = make_change(climb.session, climb.edits(taken), subject, dry_run=dry_run, as_json=as_json)
    data = {"id": climb.incident.id, "level": taken[0].level, "ladder": ladder_data(climb.steps, taken[0])}
    made.show(data, f"\n{words}.")
    if not (dry_run or no_post):
        climb.tell(climb.ours_of(taken, made.committed))
    return 0


def _agreed(session: Session, after: Step, climb: Climb) -> bool:
    """Ask whoever sits at the terminal; where nobody does, nothing is done without ``--yes``."""
    if not session.given.asks or session.given.for_script:
        return False
    return typer.confirm(f"Escalate to {rung_name(after.rung, climb.people)}?", err=True)


def _ladder_only(session: Session, rotation: str | None, as_json: bool) -> int:
    """Show the ladder of a rotation where no incident is open: whom one would call."""
    known = [state for state in all_states(session) if rotation in (None, state.id)]
    session.rotations(rotation)
    state = known[0] if len(known) == 1 else the_only(known, acting_person(session).id, "oncall escalate -r ROTATION")
    rungs = ladder(state.rotation, state.schedule, session.other_schedules(state.rotation), session.now)
    found = [Step(number, rung, None, None) for number, rung in enumerate(rungs, 1)]
    if as_json:
        session.answer({"rotation": state.id, "ladder": ladder_data(found, None)})
    else:
        people = session.people({person for rung in rungs for person in rung.people})
        head = f"{state.id}: no incident is open"
        session.show(ladder_text(head, found, None, people, session.times, session.given.width))
        session.tell('On the record: oncall incident open "TITLE" --sev 1')
    return session.close()
