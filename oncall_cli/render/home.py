"""Where things stand, on one screen: who is on call, my next shift, what is open, what is not pushed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.model.time import format_instant
from oncall_cli.render.action import actions_data, to_do_rows
from oncall_cli.render.people import name_of, names_of
from oncall_cli.render.records import incident_row
from oncall_cli.render.request import request_row
from oncall_cli.render.text import BOLD, RED, columns, one_line, styled, wrapped
from oncall_cli.render.times import Times
from oncall_cli.render.who import who_data

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.person import Person
    from oncall_cli.model.team import Team
    from oncall_cli.practice.actions import ToDo
    from oncall_cli.practice.answer import Answer
    from oncall_cli.practice.requests import Queued
    from oncall_cli.practice.standing import MyShift, Open
    from oncall_cli.repository.upstream import Waiting


class Standing(NamedTuple):
    """Everything that the first screen tells; ``unpushed`` is None where no remote branch is followed."""

    team: Team
    answers: Sequence[Answer]
    people: Mapping[str, Person]
    me: str | None
    mine: MyShift | None
    open: Open
    unpushed: Waiting | None
    problems: int
    to_do: ToDo
    left_open: frozenset[str] = frozenset()
    """The shifts under way whose person is no longer on call."""


def home_text(standing: Standing, times: Times, width: int = 80, colour: bool = False) -> str:
    """Return the screen for a person."""
    parts = [
        [styled(one_line(standing.team.name), BOLD, colour)],
        _on_call(standing, times, width),
        _mine(standing, times, width),
        _open(standing, times, width),
        _to_do(standing, colour),
        [times.note() + " More: 'oncall who', 'oncall --help'."],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _on_call(standing: Standing, times: Times, width: int) -> list[str]:
    rows = []
    for each in standing.answers:
        for holding in each.holdings:
            until = f"until {times.at(holding.end)}" if holding.end is not None else ""
            following = names_of(holding.next_people, standing.people)
            later = None if holding.next_start == holding.end else holding.next_start
            since = f" from {times.at(later)}" if later is not None else ""
            then = f", then {following}{since}" if until and holding.next_people else ""
            rows.append([each.rotation.id, holding.role, names_of(holding.people, standing.people), until + then])
    return columns(rows, width)


def _mine(standing: Standing, times: Times, width: int) -> list[str]:
    if standing.me is None:
        return []
    name = name_of(standing.me, standing.people)
    if standing.mine is None:
        return [f"{name}: no shift of yours within a year."]
    rotation, shift = standing.mine
    place = f"{shift.role} of {rotation}"
    if shift.start <= times.now:
        when = f"you are {place} until {times.at(shift.end)}, {times.distance(shift.end)}"
    else:
        when = f"your next shift, {times.distance(shift.start)}: {place}, {times.until(shift.start, shift.end)}"
    return wrapped(f"{name}: {when}.", width)


def _open(standing: Standing, times: Times, width: int) -> list[str]:
    rows = []
    for shift in standing.open.shifts:
        since = f"since {times.at(shift.started)}" if shift.started is not None else ""
        over = ", no longer on call: 'oncall end'" if shift.id in standing.left_open else ""
        who, rotation = name_of(shift.person, standing.people), shift.path.split("/")[1]
        rows.append(["shift under way", f"{who} as {shift.role} of {rotation} {since}{over}"])
    rows += [["open incident", _incident(each, times)] for each in standing.open.incidents]
    rows += [["open request", _request(each, times)] for each in standing.open.requests]
    return columns([*rows, *to_do_rows(standing.to_do)], width)


def _incident(incident: Incident, times: Times) -> str:
    name, severity, status, since, title = incident_row(incident, times)
    return f"{name}, {severity} {status}: {title}{f' (since {since})' if since else ''}"


def _request(queued: Queued, times: Times) -> str:
    name, state, came, requester, title = request_row(queued, times)
    return f"{name}, {state}: {title} ({', '.join(filter(None, (requester, came)))})"


def _to_do(standing: Standing, colour: bool) -> list[str]:
    lines = []
    if standing.unpushed:
        for number, how in zip(standing.unpushed, ("oncall sync", "git push"), strict=True):
            lines += [f"{number} commit{'s' if number > 1 else ''} not pushed: {how}"] if number else []
    if standing.problems:
        found = f"{standing.problems} problem{'s' if standing.problems > 1 else ''} in the files"
        lines.append(f"{styled(found, RED, colour)}: oncall check")
    return lines


def home_data(standing: Standing) -> dict[str, Any]:
    """Return the same for a script."""
    mine = standing.mine
    return {
        "team": standing.team.name,
        "who": who_data(standing.answers, standing.people),
        "me": standing.me,
        "my_shift": mine
        and {
            "rotation": mine.rotation,
            "role": mine.shift.role,
            "start": format_instant(mine.shift.start),
            "end": format_instant(mine.shift.end),
        },
        "open": {
            "shifts": [shift.id for shift in standing.open.shifts],
            "left_open": sorted(standing.left_open),
            "incidents": [incident.id for incident in standing.open.incidents],
            "requests": [queued.request.id for queued in standing.open.requests],
        },
        "reviews": [incident.id for incident in (*standing.to_do.late_reviews, *standing.to_do.missing_reviews)],
        "actions": actions_data(standing.to_do.actions, standing.to_do.today),
        "unpushed": None if standing.unpushed is None else sum(standing.unpushed),
        "problems": standing.problems,
    }
