"""``oncall incident review``: the document that looks back, and its way to the meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from oncall_cli.commands.acting import acting_person
from oncall_cli.commands.action import due_day
from oncall_cli.commands.change import make_change
from oncall_cli.commands.incident_choice import Choice, choose_of_all
from oncall_cli.commands.options import ActAs, AsJson, DryRun
from oncall_cli.commands.records import pick
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound, Place, Unreadable, WrongUsage
from oncall_cli.model.incident import ReviewState
from oncall_cli.model.time import day_of
from oncall_cli.practice import review
from oncall_cli.practice.blocks import Renewed, renewed
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.review import ReviewPlan
from oncall_cli.render.review import fresh_parts, review_document, review_names
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.model.document import Template
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.repository.reading import Page

_KIND = "review/"
_USUAL = ("review/postmortem", "review/coe")

Name = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="Which incident. [default: the only one to review]", show_default=False),
]
FromTemplate = Annotated[
    str | None, typer.Option("--template", metavar="NAME", help="A template of templates/review. [default: postmortem]")
]
Owner = Annotated[
    str | None, typer.Option("--owner", metavar="PERSON", help="Who sees it through. [default: the commander]")
]
Due = Annotated[str | None, typer.Option("--due", metavar="DATE", help="Until when. [default: by the policy]")]
State = Annotated[
    str | None,
    typer.Option("--state", metavar="STATE", help="Only say how far it is: draft, in review, presented, done."),
]


def review_incident(
    ctx: typer.Context,
    incident: Name = None,
    template: FromTemplate = None,
    owner: Owner = None,
    due: Due = None,
    state: State = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Write the review of an incident, or renew what is written from its record; say how far it is."""
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    found = choose_of_all(session, incident, lambda one: _to_review(session, one), "incident to review")
    if state is not None:
        return _bring_to(session, found.incident, state, dry_run=dry_run, as_json=as_json)
    rotation = session.repository.rotation(found.rotation)
    if rotation is None:
        raise session.invalid(f"rotations/{found.rotation}/")
    plan = _plan(session, found.incident, rotation, session.person(owner).id if owner else person, owner, due)
    reason = review.needs_review(found.incident, session.repository.team())
    if reason is None:
        session.tell("the policy asks for no review of it; it is a good one all the same")
    written = _written(session, found, rotation, plan, reason, template)
    before = session.repository.files.read(plan.path)
    document = _document(plan.path, before, written)
    edits = [edit for edit in (review.plan_edit(found.incident, plan),) if edit]
    if document.text.encode() != before:
        edits.append(RecordEdit(plan.path, text=document.text))
    data = {"incident": found.incident.id, "path": plan.path, "owner": plan.owner, "due": plan.due.isoformat()}
    for name in document.kept:
        session.tell(f"'{name}' was changed by hand and stays as it is")
    if not edits:
        return _nothing_new(session, {**data, "renewed": []}, as_json=as_json)
    subject = f"{'Renew' if before else 'Begin'} the review of {found.incident.id}"
    made = make_change(session, edits, subject, dry_run=dry_run, as_json=as_json)
    ready = f" Ready for others: oncall incident review {found.incident.id} --state in-review"
    made.show(
        {**data, "renewed": list(document.renewed)},
        f"{plan.path}\n{plan.owner} sees it through until {plan.due}."
        + (ready if plan.state is ReviewState.DRAFT else ""),
    )
    return 0


def _to_review(session: Session, incident: Incident) -> bool:
    """Tell whether a review is still to be written: none is there though one is asked for, or it is a draft."""
    if incident.review:
        return incident.review.state is ReviewState.DRAFT
    return review.lacks_review(incident, session.repository.team()) is not None


def _bring_to(session: Session, incident: Incident, said: str, *, dry_run: bool, as_json: bool) -> int:
    try:
        state = review.parse_state(said)
    except ValueError as wrong:
        raise WrongUsage(str(wrong)) from None
    edit = review.state_edit(incident, state)
    subject = f"The review of {incident.id} is {state}"
    made = make_change(session, [edit], subject, dry_run=dry_run, as_json=as_json)
    left = sum(action.state == "open" for action in incident.actions)
    more = f" {left} action item{'' if left == 1 else 's'} still open: oncall action list" if left else ""
    made.show({"incident": incident.id, "state": str(state)}, f"The review of {incident.id} is {state}.{more}")
    return 0


def _plan(
    session: Session, incident: Incident, rotation: Rotation, person: str, owner: str | None, due: str | None
) -> ReviewPlan:
    """Return what the record says of the review, or will: asked for, said before, or by the policy."""
    said = incident.review
    known = session.repository.person_ids()
    commander = incident.responders.get("commander")
    usual = commander if commander in known else person
    assert rotation.timezone is not None
    over = day_of(WallClock(rotation.timezone).wall(review.over_at(incident, session.now)))
    days = session.repository.team().policy.review_business_days
    return ReviewPlan(
        review.document_path(incident),
        person if owner else (said and said.owner) or usual or person,
        due_day(session, due) or (said and said.due) or review.due_day(over, days, rotation.holidays),
        said.state if said else ReviewState.DRAFT,
    )


def _written(
    session: Session, found: Choice, rotation: Rotation, plan: ReviewPlan, reason: str | None, asked: str | None
) -> str:
    """Return the document as the template writes it now."""
    head, body = _template(session, asked)
    raw = session.repository.raw(found.incident.path)
    names = review_names(found.incident, raw, plan, reason, session.repository.team(), rotation)
    return review_document(head, body, names, rotation)


def _document(path: str, before: bytes | None, written: str) -> Renewed:
    """Return what the file will say: all of it new, or what people left of it, with its untouched parts renewed."""
    if before is None:
        return Renewed(written, (), ())
    try:
        return renewed(before.decode("utf-8"), fresh_parts(written))
    except UnicodeDecodeError:
        hint = "save it as UTF-8; what you wrote stays"
        raise Unreadable(f"'{path}' is not UTF-8 text", hint, Place(path)) from None


def _template(session: Session, asked: str | None) -> Page[Template]:
    known: Mapping[str, Page[Template]] = {
        name.removeprefix(_KIND): page
        for name, page in session.repository.templates().items()
        if name.startswith(_KIND)
    }
    if not known:
        raise NothingFound("there is no template for a review", hint="add one as templates/review/postmortem.md")
    if asked is not None:
        return pick(known, asked.removeprefix(_KIND), "template of a review")
    usual = next((name.removeprefix(_KIND) for name in _USUAL if name.removeprefix(_KIND) in known), min(known))
    return known[usual]


def _nothing_new(session: Session, data: Mapping[str, object], *, as_json: bool) -> int:
    if as_json:
        session.answer(data)
    else:
        session.show(f"{data['path']}\nNothing is new.")
    return session.close()
