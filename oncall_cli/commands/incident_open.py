"""``oncall incident open``: something broke; one line, and what is to be done now."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, past_moment, rotation_of_work
from oncall_cli.commands.at_work import AtWork
from oncall_cli.commands.change import make_change
from oncall_cli.commands.escalating import page
from oncall_cli.commands.incident_choice import open_choices
from oncall_cli.commands.incident_tell import said
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation, NoPost, PastMoment
from oncall_cli.commands.posting import post
from oncall_cli.commands.runbook import found_for
from oncall_cli.commands.session import Session, one_of
from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.incident import Incident
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.shift import EntryKind
from oncall_cli.model.team import Event
from oncall_cli.model.time import Instant
from oncall_cli.practice.alike import same_today
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.incident_edits import COMMANDER
from oncall_cli.practice.ladder import Rung, at_once, delays, ladder
from oncall_cli.practice.new_incident import NewIncident, incident_edit
from oncall_cli.practice.severity import severity_of
from oncall_cli.practice.stages import next_message
from oncall_cli.render.incident import Opened, incident_post, opened_data, opened_text
from oncall_cli.render.text import cut, one_line
from oncall_cli.repository.reading import TeamRepository

_SUBJECT = 80

Title = Annotated[list[str] | None, typer.Argument(metavar="TITLE...", help="What is wrong.")]
Severity = Annotated[str | None, typer.Option("--sev", "-s", metavar="SEVERITY", help="'1', 'sev1', words of a title.")]
Service = Annotated[list[str] | None, typer.Option("--service", metavar="NAME", help="What is hit; again for each.")]
Runbook = Annotated[str | None, typer.Option("--runbook", metavar="ID", help="The runbook that says what to do.")]
Detected = Annotated[str | None, typer.Option("--detected", metavar="WHEN", help="When it was noticed.")]
ImpactFrom = Annotated[str | None, typer.Option("--impact-from", metavar="WHEN", help="Since when it hurts.")]
Alert = Annotated[str | None, typer.Option("--alert", metavar="TEXT", help="The alert's words; '-': standard input.")]
Ack = Annotated[bool, typer.Option("--ack", help="Acknowledge it at once: you have it.")]


def open_incident(
    ctx: typer.Context,
    title: Title = None,
    severity: Severity = None,
    rotation: InRotation = None,
    service: Service = None,
    runbook: Runbook = None,
    alert: Alert = None,
    detected: Detected = None,
    impact_from: ImpactFrom = None,
    ack: Ack = False,
    at: PastMoment = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Open an incident, and see who is on call, which runbook fits, and what its severity demands."""
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    words = said(session, [alert]) if alert else None
    new = NewIncident(
        _title(session, title or [], words),
        severity_of(severity, session.repository.team().severities),
        opened := past_moment(session, at),
        past_moment(session, detected) if detected else opened,
        past_moment(session, impact_from) if impact_from else None,
        words,
        services=tuple(service or ()),
        runbook=one_of(runbook, session.repository.runbooks(), "runbook") if runbook else None,
        acknowledged=ack,
    )
    if new.detected > opened:
        raise Refused("it would be opened before it was noticed", hint="give an earlier --detected, or a later --at")
    opening = Opening(session, rotation_of_work(session, rotation, person), new, person)
    return opening.make(no_post=no_post, dry_run=dry_run, as_json=as_json)


class Opening(AtWork):
    """An incident that is being opened: the ladder of its rotation, and its severity."""

    log_kind = EntryKind.INCIDENT

    def __init__(self, session: Session, state: RotationState, new: NewIncident, person: str) -> None:
        super().__init__(session, state.id, person, new.opened)
        self.state = state
        others = session.other_schedules(state.rotation)
        self.level = session.repository.team().severities[new.severity]
        self.respond = self.level.respond.seconds if self.level.respond else None
        self.rungs = ladder(state.rotation, state.schedule, others, new.opened)
        self.first = at_once(state.rotation, self.rungs, self.respond)
        commander = person if new.acknowledged else next(iter(self.on_call), None)
        self.new = new._replace(responders={COMMANDER: commander} if commander else {}, level=self.first)

    @property
    def on_call(self) -> tuple[str, ...]:
        """Who is on call as primary."""
        return tuple(self.state.schedule.at(PRIMARY, self.moment).people)

    def make(self, *, no_post: bool, dry_run: bool, as_json: bool) -> int:
        """Make the commit, say what is to be done, and tell those who are told at once."""
        session, new, read = self.session, self.new, self.session.repository
        folders = read.incident_folders(self.rotation)
        name, edit = incident_edit(new, self.rotation, self.state.zone, list(folders), self.person, session.now)
        title = one_line(new.title)
        edits = [edit, *self.logged(name, f"Opened as {new.severity}: {title}")]
        subject = f"Open the incident {name}: {cut(title, _SUBJECT)}"
        opened = self._opened(name, list(folders))
        made = make_change(session, edits, subject, dry_run=dry_run, as_json=as_json)
        people = session.people({*opened.on_call, *(one for rung, _ in opened.ladder for one in rung.people)})
        text = opened_text(opened, people, session.times, session.given.width)
        made.show({**opened_data(opened), "path": edit.path}, text)
        if not (dry_run or no_post) and (record := TeamRepository(read.root).incident(self.rotation, name)):
            self._tell(record)
        return 0

    def _opened(self, name: str, known: list[str]) -> Opened:
        new, due = self.new, delays(self.state.rotation, self.rungs, self.respond)
        return Opened(
            name,
            self.rotation,
            new.severity,
            self.level,
            new.opened,
            Instant(new.detected + self.respond) if self.respond is not None else None,
            new.acknowledged,
            self.on_call,
            list(zip(self.rungs, due, strict=True))[self.first :],
            new.runbook,
            suggested_runbook(self.session, f"{new.alert or ''}\n{new.title}"),
            next_message(Incident(title=new.title, severity=new.severity), self.session.repository.templates()),
            tuple(each.id for each in self._alike(name, known)),
            not open_choices(self.session),
        )

    def _alike(self, name: str, known: list[str]) -> list[Incident]:
        """Return the incidents of today, and those still open, that tell the same; no other file is read."""
        read = self.session.repository
        today = [one for one in known if one[:10] == name[:10]]
        found = {one.id: one for one in read.open_incidents(self.rotation)}
        found |= {one: record for one in today if (record := read.incident(self.rotation, one))}
        return same_today(found.values(), self.new.title, self.new.alert, self.new.opened)

    def _tell(self, record: Incident) -> None:
        """Post it where everybody reads, and reach those whom the ladder names first, but for who opened it."""
        said_there = incident_post("opened", record, self.state.rotation.name)
        post(self.session, self.state.rotation, Event.INCIDENT, said_there)
        first: list[Rung] = self.rungs[: self.first]
        others = [person for rung in first for person in rung.people if person != self.person]
        page(self.session, self.state.rotation, Event.INCIDENT, others, said_there)


def suggested_runbook(session: Session, text: str) -> tuple[str, str] | None:
    """Return the id and the title of the runbook that fits the words best."""
    best = next(iter(found_for(session, text)), None)
    return (best.id, session.repository.runbooks()[best.id].head.title) if best else None


def _title(session: Session, words: list[str], alert: str | None) -> str:
    """Return the title: the words given, or the first line of the alert."""
    title = " ".join(" ".join(words).split()) or (alert or "").strip().partition("\n")[0]
    if not title:
        raise WrongUsage("there is nothing to open: the title is empty", hint='oncall incident open "TITLE" --sev 1')
    return said(session, [title])[:200]
