"""What the commands that work on an incident share, and the steps of its life."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from oncall_cli.commands.acting import acting_person, past_moment
from oncall_cli.commands.at_work import AtWork
from oncall_cli.commands.change import make_change
from oncall_cli.commands.incident_choice import Choice, choose_for
from oncall_cli.commands.options import ActAs, AsJson, DryRun, NoPost, PastMoment
from oncall_cli.commands.posting import post
from oncall_cli.commands.session import Session, one_of
from oncall_cli.model.incident import Incident
from oncall_cli.model.shift import EntryKind
from oncall_cli.model.team import Event
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.incident_edits import COMMANDER, DONE, move, takes_command
from oncall_cli.practice.incident_rules import Step, skipped
from oncall_cli.render.incident import incident_post
from oncall_cli.render.incident_asks import asked_after
from oncall_cli.render.text import one_line
from oncall_cli.repository.reading import TeamRepository

Which = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="A part of its id; default: the only open one.", show_default=False),
]
Message = Annotated[str | None, typer.Option("-m", "--message", metavar="TEXT", help="What happened.")]
Runbook = Annotated[str | None, typer.Option("--runbook", metavar="ID", help="The runbook that says what to do.")]


class IncidentWork(AtWork):
    """One incident, who works on it, and where it is told."""

    log_kind = EntryKind.INCIDENT

    def __init__(self, session: Session, choice: Choice, at: str | None = None) -> None:
        person = acting_person(session).id
        super().__init__(session, choice.rotation, person, past_moment(session, at))
        self.incident: Incident = choice.incident

    def make(
        self, edits: list[RecordEdit], subject: str, said: str, *, dry_run: bool, as_json: bool, told: bool
    ) -> Incident:
        """Make the commit with a line in the log of the shift, say it, post it, and return what the file says now."""
        title = one_line(self.incident.title)
        everything = [*edits, *self.logged(self.incident, f"{said}: {title}")]
        made = make_change(self.session, everything, subject, dry_run=dry_run, as_json=as_json)
        made.show({"id": self.incident.id, "path": self.incident.path}, f"{said}: {title}.")
        if dry_run:
            return self.incident
        # Read again from what was written; nothing of the rest has to be.
        fresh = TeamRepository(self.session.repository.root).incident(self.rotation, self.incident.id)
        now = fresh or self.incident
        if told:
            post(self.session, self.state.rotation, Event.INCIDENT, incident_post(said, now, self.state.rotation.name))
        return now


class Given(NamedTuple):
    """The options that the steps of an incident's life share."""

    at: str | None
    acting: str | None
    text: str | None
    runbook: str | None
    no_post: bool
    dry_run: bool
    as_json: bool


def take_step(ctx: typer.Context, wanted: str | None, step: Step, given: Given) -> int:
    """Take a step of an incident's life, and say what it asks for."""
    session = Session(ctx.obj, given.acting)
    work = IncidentWork(session, choose_for(session, wanted, step), given.at)
    if given.runbook is not None:
        one_of(given.runbook, session.repository.runbooks(), "runbook")
    before, missing = work.incident, skipped(work.incident, step)
    edit = move(before, step, work.doing, given.text, given.runbook)
    commands = step is Step.ACKNOWLEDGE and takes_command(before, work.person)
    subject = f"{step.title()} {before.id}"
    now = work.make([edit], subject, DONE[step], dry_run=given.dry_run, as_json=given.as_json, told=not given.no_post)
    if not given.dry_run:
        if commands:
            was = before.responders.get(COMMANDER)
            session.tell(f"{work.person} commands it now{f', instead of {was}' if was else ''}.")
        for sentence in asked_after(now, step, missing, session.repository.team(), session.repository.templates()):
            session.tell(sentence)
    return 0


def ack_incident(
    ctx: typer.Context,
    incident: Which = None,
    message: Message = None,
    runbook: Runbook = None,
    at: PastMoment = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Acknowledge an incident: you have it, and command it until you hand it over."""
    given = Given(at, acting, message, runbook, no_post, dry_run, as_json)
    return take_step(ctx, incident, Step.ACKNOWLEDGE, given)


def mitigate_incident(
    ctx: typer.Context,
    incident: Which = None,
    message: Message = None,
    runbook: Runbook = None,
    at: PastMoment = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Say that an incident hurts nobody any more."""
    given = Given(at, acting, message, runbook, no_post, dry_run, as_json)
    return take_step(ctx, incident, Step.MITIGATE, given)


def resolve_incident(
    ctx: typer.Context,
    incident: Which = None,
    message: Message = None,
    runbook: Runbook = None,
    at: PastMoment = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Say that an incident is solved, and hear what is still to be written."""
    given = Given(at, acting, message, runbook, no_post, dry_run, as_json)
    return take_step(ctx, incident, Step.RESOLVE, given)


def reopen_incident(
    ctx: typer.Context,
    incident: Which = None,
    message: Message = None,
    at: PastMoment = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Say that an incident is back: it is not mitigated and not resolved any more."""
    given = Given(at, acting, message, None, no_post, dry_run, as_json)
    return take_step(ctx, incident, Step.REOPEN, given)
