"""``oncall who``: who is responsible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from oncall_cli.commands.options import AsJson, AsOf, At, MaybeRotation
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound
from oncall_cli.lasting import Lasting
from oncall_cli.model.time import Instant
from oncall_cli.practice.answer import Answer, answer, lasting, nobody
from oncall_cli.render.json import answer_json
from oncall_cli.render.who import who_data, who_lasting

if TYPE_CHECKING:
    from oncall_cli.model.person import Person


def who(
    ctx: typer.Context, rotation: MaybeRotation = None, at: At = None, as_of: AsOf = None, as_json: AsJson = False
) -> int:
    """Say who is on call, who is next, and who if they do not answer."""
    session = Session(ctx.obj, as_of=as_of)
    instant = session.when(at, session.now)
    answers, people = answers_at(session, rotation, instant)
    if as_json:
        shown = Lasting(answer_json(who_data(answers, people)), instant, lasting(answers, instant))
    else:
        given = session.given
        shown = who_lasting(answers, people, session.times_at(instant), given.width, given.colour)
    session.show_lasting(shown)
    empty = nobody(answers, asked_for_one=rotation is not None)
    return session.close(NothingFound.exit_code if empty else 0)


def answers_at(session: Session, rotation: str | None, instant: Instant) -> tuple[list[Answer], dict[str, Person]]:
    """Return who answers for the rotations at an instant, and the people whom the answers name."""
    answers = [
        answer(record, schedule, instant, session.other_schedules(record))
        for record, schedule in session.schedules(rotation)
    ]
    return answers, session.people({person for each in answers for person in each.people()})
