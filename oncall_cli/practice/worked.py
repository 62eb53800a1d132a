"""Which requests and incidents somebody worked on while a shift lasted, by what their records say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from oncall_cli.model.incident import Incident, IncidentStatus
from oncall_cli.model.request import Request
from oncall_cli.model.time import Instant
from oncall_cli.practice.requests import is_open

_NO_SECTION = "no section"


class Section(NamedTuple):
    """The requests of one section: how many, the seconds that they took during the shift, how many are open."""

    name: str
    requests: int
    seconds: int
    open: int


class Worked(NamedTuple):
    """What was worked on between two instants."""

    start: Instant
    end: Instant
    requests: tuple[Request, ...] = ()
    incidents: tuple[Incident, ...] = ()

    def sections(self) -> list[Section]:
        """Return the requests by section, however it is capitalised; the one that took the most time first."""
        together: dict[str, list[Request]] = {}
        for request in self.requests:
            together.setdefault((request.section or _NO_SECTION).casefold(), []).append(request)
        found = [self._section(each) for each in together.values()]
        return sorted(found, key=lambda each: (-each.seconds, -each.requests, each.name))

    def _section(self, of_name: list[Request]) -> Section:
        name = of_name[0].section or _NO_SECTION
        seconds = sum(
            spent.time.seconds for each in of_name for spent in each.spent if self.start <= spent.at <= self.end
        )
        return Section(name, len(of_name), seconds, sum(is_open(each) for each in of_name))


def worked(requests: Iterable[Request], incidents: Iterable[Incident], start: Instant, end: Instant) -> Worked:
    """Return what something happened to from ``start`` to ``end``."""

    def within(moments: Iterable[Instant | None]) -> bool:
        return any(moment is not None and start <= moment <= end for moment in moments)

    return Worked(
        start,
        end,
        tuple(each for each in requests if within(_of_request(each))),
        tuple(each for each in incidents if within(_of_incident(each))),
    )


def open_incidents(incidents: Iterable[Incident]) -> list[Incident]:
    """Return those that are not resolved."""
    return [each for each in incidents if each.status is not IncidentStatus.RESOLVED]


def _of_request(request: Request) -> list[Instant | None]:
    worked_at = [spent.at for spent in request.spent] + [noted.at for noted in request.notes]
    sent = [message.at for message in request.messages]
    return [request.received, request.acknowledged, request.closed, *worked_at, *sent]


def _of_incident(incident: Incident) -> list[Instant | None]:
    stages = (incident.detected, incident.acknowledged, incident.mitigated, incident.resolved, incident.created)
    told = [entry.at for entry in incident.timeline] + [message.at for message in incident.messages]
    return [incident.impact.started, incident.impact.ended, *stages, *told]
