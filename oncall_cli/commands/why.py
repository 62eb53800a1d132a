"""``oncall why``: what an answer rests on."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, AsOf, At
from oncall_cli.commands.session import Session, one_of
from oncall_cli.errors import GitInTheWay, NothingFound, Place
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import Instant
from oncall_cli.render.why import Reason, why_data, why_text
from oncall_cli.repository.git import Git
from oncall_cli.repository.history import Commit, line_commit
from oncall_cli.repository.revisions import is_shallow

Name = Annotated[str, typer.Argument(metavar="ROTATION", help="Which rotation.")]
RoleOf = Annotated[str, typer.Option("--role", metavar="ROLE", help="Which role.")]


def why(
    ctx: typer.Context,
    rotation: Name,
    at: At = None,
    role: RoleOf = PRIMARY,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    """Explain why somebody is on call: rule, roster version, override, commit."""
    session = Session(ctx.obj, as_of=as_of)
    instant = session.when(at, session.now)
    reasons = _reasons(session, rotation, role, instant)
    if not reasons and not session.unread:
        raise NothingFound(f"nothing says who is {role} of '{rotation}' at {session.times.at(instant)}")
    for reason in reasons:
        people = {**session.present.people(), **session.repository.people()}
        if as_json:
            session.answer(why_data(reason, people))
        else:
            session.show(why_text(reason, people, session.times_at(instant), session.given.width))
    return session.close(0 if reasons else NothingFound.exit_code)


def _reasons(session: Session, rotation: str, role: str, instant: Instant) -> list[Reason]:
    """Return why the role is held at an instant, with the commit of each place that has a say."""
    found = []
    for record, schedule in session.schedules(rotation):
        explanation = schedule.explain(one_of(role, schedule.roles, "role"), instant)
        if explanation is not None:
            overrides = {override.id: override for override in session.repository.overrides(record.id)}
            reason = Reason(record, explanation, overrides, {})
            found.append(reason._replace(commits=_commits(session, reason.places())))
    return found


def _commits(session: Session, places: list[Place]) -> dict[Place, Commit | None]:
    """Return the commit of each place; outside a git repository there is none to tell."""
    git = Git(session.repository.root)
    at = session.past.sha if session.past else None
    try:
        found = {place: line_commit(git, place.path, place.line, at) for place in places}
        if None in found.values() and is_shallow(git):
            session.tell("this clone is shallow and does not have every commit: git fetch --unshallow")
        return found
    except GitInTheWay as reason:
        session.tell(f"no commits are told: {reason.message}")
        return {}
