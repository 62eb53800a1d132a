"""``oncall remind``: tell people about shifts that begin soon, or that changed since they were told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.acting import of_rotation
from oncall_cli.commands.options import AsJson, MaybeRotation
from oncall_cli.commands.posting import reach, send_again
from oncall_cli.commands.session import Session
from oncall_cli.errors import OncallError, Refused, WrongUsage
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.team import Event
from oncall_cli.model.time import Duration
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.posting import Post
from oncall_cli.practice.reminders import Reminder, Told, reminders, told_after
from oncall_cli.render.post import reminder_data, reminder_post
from oncall_cli.render.times import Times
from oncall_cli.repository.kept_state import TOLD, read_state, state_file, write_state

Before = Annotated[
    str | None,
    typer.Option("--before", metavar="DURATION", help="How long before a shift. [default: the team's policy]"),
]
State = Annotated[
    Path | None,
    typer.Option("--state", metavar="FILE", help="Where it is kept who was told what, as for a cache of CI."),
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Print what would be told; tell nobody.")]


def remind(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    before: Before = None,
    state: State = None,
    dry_run: Dry = False,
    as_json: AsJson = False,
) -> int:
    """Tell people about a shift that begins soon, or that changed since they were told, once each.

    For cron or CI. What could not be posted before is sent again; the exit code is 1 while something is left.
    """
    session = Session(ctx.obj)
    path = state or state_file(session.repository.root, TOLD)
    if path is None:
        raise Refused("there is no git repository to remember in who was told what", hint="name a file: --state FILE")
    known = {each.id: each for each in of_rotation(session, _states(session), rotation)}
    told = [one for kept in read_state(path) if (one := Told.read(kept))]
    due = reminders(known.values(), told, session.now, _before(session, before))
    posts = {reminder: _post(session, known[reminder.about.rotation], reminder) for reminder in due}
    if as_json:
        session.answer([reminder_data(reminder) for reminder in due])
    else:
        session.show("\n\n".join(f"{post.title}\n  {post.body}" for post in posts.values()) or "nobody is to be told")
    if dry_run:
        return session.close()
    sent = send_again(session)
    reached = _tell(session, {name: each.rotation for name, each in known.items()}, posts, told, path)
    return session.close(0 if sent and reached else OncallError.exit_code)


def _states(session: Session) -> list[RotationState]:
    return [RotationState(record, schedule, ()) for record, schedule in session.schedules()]


def _before(session: Session, said: str | None) -> int:
    if said is None:
        return session.repository.team().policy.remind_before.seconds
    try:
        return Duration.parse(said).seconds
    except ValueError as wrong:
        raise WrongUsage(f"--before: {wrong}") from None


def _post(session: Session, state: RotationState, reminder: Reminder) -> Post:
    """Return the words, with the times on the person's own clock."""
    people = session.people({reminder.person, *reminder.instead})
    person = people.get(reminder.person)
    zone = (person.timezone if person else None) or session.repository.team().timezone
    return reminder_post(reminder, state.rotation.name, people, Times(zone, session.now), state.zone)


def _tell(
    session: Session, rotations: Mapping[str, Rotation], posts: Mapping[Reminder, Post], told: list[Told], path: Path
) -> bool:
    """Tell each person; remember it at once, so that nobody is told twice if the program is interrupted."""
    everybody = True
    for reminder, said in posts.items():
        person = session.repository.person(reminder.person)
        if reach(session, person, rotations[reminder.about.rotation], Event.REMINDER, said):
            told = told_after(told, [reminder], session.now)
            write_state(path, [list(one) for one in told])
        else:
            session.tell(f"'{reminder.person}' was not told")
            everybody = False
    return everybody
