"""Where a support request stands: what it waits for, how long it has taken, which limits it has crossed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.request import Request, RequestStatus
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import DAY, HOUR, MINUTE, WEEK, Instant

if TYPE_CHECKING:
    from oncall_cli.model.team import Policy
    from oncall_cli.schedule.schedule import Schedule

_LOOK = 5 * WEEK
_SPENT = re.compile(r"\+?(?:(\d{1,3})\s*(?:h|hours?))?\s*(?:(\d{1,4})\s*(?:m|min|minutes?))?", re.IGNORECASE)


class Limit(Enum):
    """What the policy asks of a request that has taken long."""

    ISSUE = "issue"
    STOP = "stop"


class Queued(NamedTuple):
    """A request in the order in which it needs somebody; ``due`` is when it has to be acknowledged at the latest."""

    rotation: str
    request: Request
    due: Instant | None

    def is_overdue(self, now: Instant) -> bool:
        """Whether nobody has acknowledged it in time."""
        return self.due is not None and self.due < now


def is_open(request: Request) -> bool:
    """Whether somebody has still to see to it."""
    return request.status is not RequestStatus.CLOSED


def seconds_spent(request: Request) -> int:
    """Return how long people have worked on it, in seconds."""
    return sum(spent.time.seconds for spent in request.spent)


def acknowledge_by(schedule: Schedule, received: Instant, limit: int) -> Instant:
    """Return by when a request is to be acknowledged: the clock runs while somebody is on call.

    A request that comes at night to people of office hours has its hour in the morning.
    """
    left = limit
    for shift in schedule.shifts(received, Instant(received + _LOOK), (PRIMARY,)):
        length = shift.end - shift.start
        if shift.people and length >= left:
            return Instant(shift.start + left)
        left -= length if shift.people else 0
    return Instant(received + limit)


def queue(requests: Iterable[Request], schedule: Schedule, policy: Policy, now: Instant) -> list[Queued]:
    """Return the requests in the order in which they need somebody."""
    limit = policy.acknowledge_requests.seconds
    found = [
        Queued(
            schedule.rotation,
            request,
            None if request.acknowledged or not is_open(request) else acknowledge_by(schedule, request.received, limit),
        )
        for request in requests
    ]
    return in_order(found, now)


def in_order(queued: Iterable[Queued], now: Instant) -> list[Queued]:
    """Return what is overdue first, then what is to be acknowledged, then the others; the oldest first."""
    return sorted(queued, key=lambda each: (*_rank(each, now), each.request.received, each.request.id))


def limits_crossed(request: Request, policy: Policy) -> list[Limit]:
    """Return what the policy asks now: an issue for what takes long, the whole team for what takes too long."""
    spent, found = seconds_spent(request), []
    if spent > policy.request_issue_after.seconds and request.issue is None and is_open(request):
        found.append(Limit.ISSUE)
    if spent > policy.request_stop_after.seconds and request.status is not RequestStatus.DEFERRED and is_open(request):
        found.append(Limit.STOP)
    return found


def parse_spent(text: str) -> int:
    """Return the minutes that ``+20m``, ``1h 30m`` or ``2 hours`` say; raise ``ValueError`` for other words."""
    found = _SPENT.fullmatch(text.strip())
    minutes = (int(found[1] or 0) * HOUR + int(found[2] or 0) * MINUTE) // MINUTE if found else 0
    if not 0 < minutes <= DAY // MINUTE:
        raise ValueError(f"'{text}' is no time of work: write '+20m' or '1h30m', at most 24 hours")
    return minutes


_LATER = {RequestStatus.CLOSED: 4, RequestStatus.DEFERRED: 3}


def _rank(each: Queued, now: Instant) -> tuple[int, int]:
    if each.due is not None:
        return (0 if each.is_overdue(now) else 1), each.due
    return _LATER.get(each.request.status, 2), 0
