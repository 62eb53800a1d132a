"""The commands that tell more of an incident: notes, links, impact, severity, roles, and that two are one."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import past_moment
from oncall_cli.commands.incident_choice import choose, split_words
from oncall_cli.commands.incident_work import IncidentWork
from oncall_cli.commands.options import ActAs, AsJson, DryRun, NoPost, PastMoment
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.incident import Impact
from oncall_cli.model.scalar import parse_id
from oncall_cli.model.time import Instant
from oncall_cli.practice.incident_edits import annotate, assign, change_severity, in_time, merge, tell_impact
from oncall_cli.practice.incident_rules import Step
from oncall_cli.practice.pasted import LEFT_OUT, MOST, pasted
from oncall_cli.practice.severity import severity_of
from oncall_cli.render.text import cut, one_line

_SUBJECT = 80

Words = Annotated[
    list[str] | None, typer.Argument(metavar="[ID] [TEXT...]", help="The words; '-' reads standard input.")
]
Named = Annotated[str | None, typer.Option("--incident", "-i", metavar="ID", help="Which incident.")]
Command = Annotated[str | None, typer.Option("--command", metavar="CMD", help="The command that was run.")]
Links = Annotated[list[str] | None, typer.Option("--link", metavar="URL", help="A link; again for each.")]
Level = Annotated[list[str], typer.Argument(metavar="[ID] SEVERITY", help="'sev2', '2', or words of its title.")]
Because = Annotated[str | None, typer.Option("--because", metavar="TEXT", help="What became known.")]
Assigned = Annotated[
    list[str], typer.Argument(metavar="[ID] ROLE PERSON", help="'commander', 'communications', 'scribe', or your own.")
]
Linked = Annotated[list[str], typer.Argument(metavar="[ID] WHAT", help="An address, or another incident.")]
Began = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="Since when it hurts.")]
Ended = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Until when it hurt.")]
Detected = Annotated[str | None, typer.Option("--detected", metavar="WHEN", help="When it was noticed.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="The one that ends.")]
Into = Annotated[str, typer.Argument(metavar="INTO", help="The one that goes on.")]


def note_incident(
    ctx: typer.Context,
    words: Words = None,
    named: Named = None,
    command: Command = None,
    link: Links = None,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Write down what happens: words, what a command printed, a link."""
    session = Session(ctx.obj, acting)
    choice, rest = split_words(session, named, words or [])
    text = said(session, rest)
    if command:
        text = f"$ {command}\n{text}" if text else f"$ {command}"
    if not text and not link:
        raise WrongUsage("there is nothing to note", hint="oncall incident note TEXT, or '-' for standard input")
    work = IncidentWork(session, choice, at)
    kind = "command" if command else "note"
    edit = annotate(work.incident, work.doing, text, kind=kind, links=tuple(link or ()))
    work.make([edit], f"Note on {work.incident.id}", "Noted", dry_run=dry_run, as_json=as_json, told=False)
    return 0


def link_incident(
    ctx: typer.Context,
    what: Linked,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Link an incident to an address, or to another incident."""
    session = Session(ctx.obj, acting)
    work = IncidentWork(session, choose(session, _first(what, 1, "oncall incident link [ID] WHAT")), at)
    target = what[-1]
    if "://" not in target:
        target = choose(session, target).incident.id
    if target == work.incident.id:
        raise Refused("an incident is not linked to itself", hint="oncall incident link [ID] OTHER")
    edit = annotate(work.incident, work.doing, "", links=(target,))
    subject = f"Link {work.incident.id} to {cut(one_line(target), _SUBJECT)}"
    work.make([edit], subject, f"Linked to {one_line(target)}", dry_run=dry_run, as_json=as_json, told=False)
    return 0


def impact_incident(
    ctx: typer.Context,
    words: Words = None,
    named: Named = None,
    began: Began = None,
    ended: Ended = None,
    detected: Detected = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Say since when, until when and how an incident hurt, and when it was noticed."""
    session = Session(ctx.obj, acting)
    choice, rest = split_words(session, named, words or [])
    work = IncidentWork(session, choice)
    new = Impact(started=_past(session, began), ended=_past(session, ended), text=said(session, rest) or None)
    edit = tell_impact(work.incident, work.doing, new, _past(session, detected))
    work.make([edit], f"Tell the impact of {work.incident.id}", "Impact", dry_run=dry_run, as_json=as_json, told=False)
    return 0


def severity_incident(
    ctx: typer.Context,
    level: Level,
    because: Because = None,
    at: PastMoment = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Say that an incident is worse, or less bad, than it seemed."""
    session = Session(ctx.obj, acting)
    work = IncidentWork(session, choose(session, _first(level, 1, "oncall incident severity [ID] SEVERITY")), at)
    severity = severity_of(level[-1], session.repository.team().severities)
    edit = change_severity(work.incident, work.doing, severity, because)
    before = work.incident.severity
    subject = f"Make {work.incident.id} {severity} instead of {before}"
    work.make(
        [edit],
        subject,
        f"{before} is now {severity}",
        dry_run=dry_run,
        as_json=as_json,
        told=not no_post,
    )
    return 0


def assign_incident(
    ctx: typer.Context,
    who: Assigned,
    at: PastMoment = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Give somebody a role in an incident: commander, communications, scribe, or your own."""
    session = Session(ctx.obj, acting)
    work = IncidentWork(session, choose(session, _first(who, 2, "oncall incident assign [ID] ROLE PERSON")), at)
    try:
        role = parse_id(who[-2].lower())
    except ValueError as wrong:
        raise WrongUsage(str(wrong), hint="a role is one word: commander, communications, scribe") from None
    person = session.person(who[-1]).id
    edit = assign(work.incident, work.doing, role, person)
    subject = f"Make {person} {role} of {work.incident.id}"
    work.make([edit], subject, f"{person} is {role}", dry_run=dry_run, as_json=as_json, told=not no_post)
    return 0


def merge_incident(
    ctx: typer.Context,
    other: Other,
    into: Into,
    at: PastMoment = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Let an incident that was opened twice go on as one: its timeline goes along, and it points there."""
    session = Session(ctx.obj, acting)
    old = choose(session, other)
    work = IncidentWork(session, choose(session, into), at)
    in_time(old.incident, work.doing, None if old.incident.resolved is not None else Step.RESOLVE)
    edits = list(merge(old.incident, work.incident, work.doing))
    subject = f"Merge {old.incident.id} into {work.incident.id}"
    work.make(edits, subject, f"Merged {old.incident.id} into this", dry_run=dry_run, as_json=as_json, told=not no_post)
    return 0


def said(session: Session, words: list[str]) -> str:
    """Return the words, or what stands on standard input, as text that a record may hold."""
    given = session.given.typed() if words == ["-"] else " ".join(words).encode("utf-8", "surrogateescape")
    text = pasted(given) if words == ["-"] else pasted(given).strip()
    if text.endswith(LEFT_OUT):
        session.tell(
            f"this was {len(given)} bytes: its first {MOST} are kept, and a word says that the rest was left out"
        )
    return text


def _first(words: list[str], needed: int, usage: str) -> str | None:
    """Return the incident that is named before the words that are needed; None where none is."""
    if not needed <= len(words) <= needed + 1:
        raise WrongUsage("this is too little, or too much", hint=usage)
    return words[0] if len(words) > needed else None


def _past(session: Session, said_time: str | None) -> Instant | None:
    return past_moment(session, said_time) if said_time is not None else None
