"""``oncall`` alone: where things stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from oncall_cli.commands.acting import acting_person
from oncall_cli.commands.action import what_to_do
from oncall_cli.commands.request import queued_open
from oncall_cli.commands.session import Session
from oncall_cli.errors import GitInTheWay, NothingFound, Refused
from oncall_cli.practice.answer import answer
from oncall_cli.practice.shifts import left_open
from oncall_cli.practice.standing import Open, my_shift, still_open
from oncall_cli.render.home import Standing, home_data, home_text
from oncall_cli.repository.git import Git
from oncall_cli.repository.upstream import Waiting, unpushed

if TYPE_CHECKING:
    from oncall_cli.schedule.schedule import Schedule


def home(ctx: typer.Context, as_json: bool) -> int:
    """Say where things stand: on call now and next, my next shift, what is open, what is not pushed."""
    session = Session(ctx.obj)
    me = _me(session)
    schedules = session.schedules()
    to_do = what_to_do(session, me)
    standing = Standing(
        team=session.repository.team(),
        answers=[
            answer(record, schedule, session.now, session.other_schedules(record)) for record, schedule in schedules
        ],
        people=session.repository.people(),
        me=me,
        mine=my_shift([schedule for _, schedule in schedules], me, session.now) if me else None,
        open=_open(session),
        unpushed=_unpushed(session),
        problems=len(session.repository.problems),
        to_do=to_do,
        left_open=_left_open(session, [schedule for _, schedule in schedules]),
    )
    if as_json:
        session.answer(home_data(standing))
    else:
        session.show(home_text(standing, session.times, session.given.width, session.given.colour))
    return session.close()


def _me(session: Session) -> str | None:
    """Return who asks, where that can be told; somebody unknown may look as well."""
    try:
        return acting_person(session).id
    except (Refused, GitInTheWay, NothingFound):
        return None


def _open(session: Session) -> Open:
    rotations = session.repository.rotation_ids()
    return still_open(
        session.unfinished("shifts", rotations), session.unfinished("incidents", rotations), queued_open(session)
    )


def _left_open(session: Session, schedules: Iterable[Schedule]) -> frozenset[str]:
    return frozenset(
        shift.id
        for schedule in schedules
        for shift in session.unfinished("shifts", [schedule.rotation])
        if left_open(shift, schedule, session.now)
    )


def _unpushed(session: Session) -> Waiting | None:
    try:
        return unpushed(Git(session.repository.root))
    except GitInTheWay:
        return None
