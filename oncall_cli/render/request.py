"""Support requests for a person and for a spreadsheet: what each waits for, how long it took, what is asked now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from oncall_cli.lasting import span
from oncall_cli.model.request import RequestStatus
from oncall_cli.model.time import MINUTE, format_instant
from oncall_cli.practice.requests import Limit, Queued, limits_crossed, seconds_spent
from oncall_cli.render.csv import csv_text
from oncall_cli.render.text import one_line
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.request import Request
    from oncall_cli.model.team import Policy

# The columns of an export: new ones are only ever added at the end.
COLUMNS = (
    "id",
    "rotation",
    "received",
    "title",
    "kind",
    "section",
    "requester",
    "channel",
    "status",
    "acknowledged",
    "acknowledged_by",
    "delegated_to",
    "minutes",
    "issue",
    "defer_to",
    "closed",
    "closed_by",
    "solution",
    "links",
)


def request_row(queued: Queued, times: Times) -> list[str]:
    """Return a request's id, what it waits for, when it came, from whom, and its title."""
    request = queued.request
    requester = one_line(request.requester or "")
    return [request.id, state_of(queued, times), times.at(request.received), requester, one_line(request.title)]


def state_of(queued: Queued, times: Times) -> str:
    """Say what a request waits for: ``OVERDUE 2h 5m``, ``acknowledge by 10:20``, ``with alice``."""
    request = queued.request
    if queued.due is not None and queued.is_overdue(times.now):
        return f"OVERDUE {span(times.now - queued.due)}"
    if queued.due is not None:
        same_day = times.day(queued.due) == times.day(times.now)
        return f"acknowledge by {times.time_of_day(queued.due) if same_day else times.at(queued.due)}"
    if request.status is RequestStatus.DELEGATED and request.delegated_to:
        return f"with {request.delegated_to}"
    if request.status is RequestStatus.DEFERRED and request.defer_to:
        return f"for {one_line(request.defer_to)}"
    return str(request.status)


def asked_now(request: Request, policy: Policy) -> list[str]:
    """Return a sentence for each limit that a request has crossed, with the command that answers it."""
    spent = span(seconds_spent(request))
    words = {
        Limit.ISSUE: f"{spent} spent, over {policy.request_issue_after}: make an issue, 'oncall request issue "
        f"{request.id}'",
        Limit.STOP: f"{spent} spent, over {policy.request_stop_after}: stop and bring it to the team, 'oncall request "
        f"defer {request.id} stand-up'",
    }
    return [words[limit] for limit in limits_crossed(request, policy)]


def export_csv(found: Iterable[tuple[str, Request]]) -> str:
    """Return the requests as a table, a row each."""
    return csv_text(COLUMNS, [_row(rotation, request) for rotation, request in found])


def export_data(found: Iterable[tuple[str, Request]]) -> list[dict[str, Any]]:
    """Return the requests with the same columns for a script."""
    return [dict(zip(COLUMNS, _row(rotation, request), strict=True)) for rotation, request in found]


def _row(rotation: str, request: Request) -> Sequence[object]:
    return (
        request.id,
        rotation,
        format_instant(request.received),
        request.title,
        request.kind,
        request.section,
        request.requester,
        request.channel,
        str(request.status),
        _moment(request.acknowledged),
        request.acknowledged_by,
        request.delegated_to,
        seconds_spent(request) // MINUTE,
        request.issue,
        request.defer_to,
        _moment(request.closed),
        request.closed_by,
        request.solution.strip() if request.solution else None,
        " ".join(request.links),
    )


def _moment(instant: Any) -> str | None:
    return None if instant is None else format_instant(instant)
