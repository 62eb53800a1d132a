"""``oncall agenda``: what a meeting has to talk about."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.action import open_items
from oncall_cli.commands.options import AsJson, InRotation
from oncall_cli.commands.records import record_data
from oncall_cli.commands.request import queued_open
from oncall_cli.commands.session import Session, one_of
from oncall_cli.model.time import day_of
from oncall_cli.practice.agenda import agenda as agenda_of
from oncall_cli.practice.agenda import for_meeting
from oncall_cli.practice.requests import Queued
from oncall_cli.render.action import actions_data
from oncall_cli.render.agenda import agenda_markdown
from oncall_cli.schedule.walls import WallClock

Meeting = Annotated[
    str | None, typer.Argument(metavar="[MEETING]", help="Only what waits for this meeting.", show_default=False)
]


def agenda(ctx: typer.Context, meeting: Meeting = None, rotation: InRotation = None, as_json: AsJson = False) -> int:
    """Print what a meeting has to talk about: deferred requests, reviews, what is overdue."""
    session = Session(ctx.obj)
    names = session.rotations(rotation)
    incidents = session.unfinished("incidents", names)
    team = session.repository.team()
    today = day_of(WallClock(team.timezone).wall(session.now))
    whole = agenda_of(queued_open(session, rotation), incidents, open_items(session, names), team, session.now, today)
    found = (
        for_meeting(whole, one_of(meeting, whole.deferred, "meeting with something to talk about"))
        if meeting
        else whole
    )
    if as_json:
        session.answer(
            {
                "deferred": {name: _ids(each) for name, each in found.deferred.items()},
                "overdue": _ids(found.overdue),
                "too_long": _ids(found.too_long),
                "reviews": [record_data(session, one) for one in found.reviews],
                "late_reviews": [one.id for one in found.late_reviews],
                "missing_reviews": [one.id for one in found.missing_reviews],
                "actions": actions_data(found.actions, today),
            }
        )
    else:
        session.show(agenda_markdown(found, team, session.times))
    return session.close()


def _ids(found: list[Queued]) -> list[str]:
    return [each.request.id for each in found]
