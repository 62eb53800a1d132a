"""The support requests of a period: by section, kind and requester, the time they took, and the acknowledgements."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.practice.metrics import Summary, summary
from oncall_cli.practice.report_incidents import InTime
from oncall_cli.practice.requests import acknowledge_by, is_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from oncall_cli.model.request import Request
    from oncall_cli.model.time import Instant
    from oncall_cli.practice.report_facts import Facts, Window

NONE = "(none)"


class Group(NamedTuple):
    """Requests that have something in common: how many came, and the seconds that were spent on them."""

    name: str
    came: int
    seconds: int


class RequestPart(NamedTuple):
    """The requests that came in a period, three ways; the time spent in it, on whichever; what is left open."""

    received: tuple[Request, ...]
    by_section: tuple[Group, ...]
    by_kind: tuple[Group, ...]
    by_requester: tuple[Group, ...]
    seconds: int
    answers: tuple[InTime, ...]
    """Of each that came, whether it was acknowledged in time."""

    waited: Summary | None
    """From when a request came until somebody acknowledged it, by the clock on the wall."""

    left_open: tuple[Request, ...]

    @property
    def acknowledged(self) -> dict[InTime, int]:
        """How many of those that came were acknowledged in time, late, and so on."""
        return {state: self.answers.count(state) for state in InTime}

    @property
    def late(self) -> tuple[Request, ...]:
        """Those that were acknowledged late, or not yet although their time is over."""
        return tuple(one for one, state in zip(self.received, self.answers, strict=True) if state is InTime.LATE)


def request_part(facts: Facts, window: Window) -> RequestPart:
    """Return what is told of the requests of the window."""
    came = sorted((one for one in facts.requests if window.has(one.received)), key=_age)
    worked = [(one, seconds) for one in facts.requests if (seconds := spent_in(one, window))]
    return RequestPart(
        tuple(came),
        groups(came, worked, lambda one: one.section),
        groups(came, worked, lambda one: one.kind),
        groups(came, worked, lambda one: one.requester),
        sum(seconds for _, seconds in worked),
        tuple(_in_time(facts, one, window) for one in came),
        summary(one.acknowledged - one.received for one in came if one.acknowledged is not None),
        tuple(sorted((one for one in facts.requests if _left_open(one, window)), key=_age)),
    )


def spent_in(request: Request, window: Window) -> int:
    """Return the seconds of work on a request that were written down in the window."""
    return sum(spent.time.seconds for spent in request.spent if window.has(spent.at))


def groups(
    came: Iterable[Request], worked: Iterable[tuple[Request, int]], name_of: Callable[[Request], str | None]
) -> tuple[Group, ...]:
    """Return the groups of one kind, the most time first, then the most requests."""
    counts: dict[str, int] = {}
    seconds: dict[str, int] = {}
    for one in came:
        name = name_of(one) or NONE
        counts[name] = counts.get(name, 0) + 1
    for one, length in worked:
        name = name_of(one) or NONE
        seconds[name] = seconds.get(name, 0) + length
    found = [Group(name, counts.get(name, 0), seconds.get(name, 0)) for name in counts.keys() | seconds.keys()]
    return tuple(sorted(found, key=lambda group: (-group.seconds, -group.came, group.name)))


def _in_time(facts: Facts, request: Request, window: Window) -> InTime:
    """Hold the acknowledgement against the target; closing a request answers it as well."""
    due = acknowledge_by(facts.rotation.schedule, request.received, facts.team.policy.acknowledge_requests.seconds)
    answered = request.acknowledged if request.acknowledged is not None else request.closed
    if answered is not None:
        return InTime.KEPT if answered <= due else InTime.LATE
    if not is_open(request):
        return InTime.UNKNOWN
    return InTime.LATE if due < window.seen else InTime.WAITING


def _age(request: Request) -> tuple[Instant, str]:
    return request.received, request.id


def _left_open(request: Request, window: Window) -> bool:
    return request.received < window.end and (is_open(request) or _closed_after(request, window.end))


def _closed_after(request: Request, end: Instant) -> bool:
    return request.closed is not None and request.closed >= end
