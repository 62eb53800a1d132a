"""What a team's site is made of, read from the repository."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from oncall_cli.commands.load import pages_of
from oncall_cli.commands.plan import team_state
from oncall_cli.commands.reporting import report_on, rotation_state, unread
from oncall_cli.commands.session import Session
from oncall_cli.model.time import Instant, utc
from oncall_cli.practice.load import LoadReport, Question, load_report, parts
from oncall_cli.practice.report_period import PeriodKind, period_at
from oncall_cli.practice.site import IncidentPage, RunbookPage, SiteFacts, day_begins, days_after

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.practice.report import Report
    from oncall_cli.practice.team_state import TeamState

LOAD_DAYS = 90


def site_facts(session: Session, *, schedule_only: bool = False) -> SiteFacts:
    """Return all that a site shows, as of the day on the team's wall; or only who is on call when."""
    repository = session.repository
    team, state = repository.team(), team_state(repository)
    facts = SiteFacts(team, day_begins(session.now, team.timezone), state)
    if not schedule_only:
        facts = _with_records(session, facts)
    return facts._replace(unread=unread(session))


def _with_records(session: Session, facts: SiteFacts) -> SiteFacts:
    repository, state = session.repository, facts.state
    return facts._replace(
        incidents=tuple(page for name in state.rotations for page in _incidents(session, name, facts.day)),
        runbooks={name: RunbookPage(*page) for name, page in repository.runbooks().items()},
        loads=tuple(_loads(session, facts)),
        reports=tuple(_reports(session, state, facts.day)),
    )


def _incidents(session: Session, rotation: str, day: Instant) -> Iterator[IncidentPage]:
    """Yield the incidents of this year and the last, and those that are not over, each with its review."""
    year = utc(day).year
    recent = session.repository.incidents(rotation, (year - 1, year, year + 1))
    found = {incident.id: incident for incident in (*session.repository.open_incidents(rotation), *recent)}
    for _, incident in sorted(found.items()):
        yield IncidentPage(rotation, incident, _review(session, incident))


def _review(session: Session, incident: Incident) -> str | None:
    """Return the text of a review, where it is a page of the repository that can be read."""
    path = incident.review.path if incident.review else None
    if path is None or not path.endswith(".md") or {"", ".", ".."} & set(path.split("/")):
        return None
    try:
        data = session.repository.files.read(path)
    except OSError:
        return None
    return None if data is None else data.decode("utf-8", "replace")


def _loads(session: Session, facts: SiteFacts) -> Iterable[LoadReport]:
    """Yield what everybody bore in the last days and will bear in the next, together and by rotation."""
    day, zone = facts.day, facts.team.timezone
    behind = Question(days_after(day, -LOAD_DAYS, zone), day, None, {})
    ahead = Question(day, days_after(day, LOAD_DAYS, zone), None, {})
    pages = {name: pages_of(session, name, behind) for name in facts.state.rotations}
    if len(pages) > 1:
        yield load_report(None, facts.state, behind, sum(pages.values(), Counter()))
        yield load_report(None, facts.state, ahead, Counter())
    for name, part in parts(facts.state).items():
        yield load_report(name, part, behind, pages[name])
        yield load_report(name, part, ahead, Counter())


def _reports(session: Session, state: TeamState, day: Instant) -> Iterator[Report]:
    """Yield the report of the last week and the last month that are over, of each rotation that had begun."""
    for name, part in parts(state).items():
        begun = part.rotations[name].schedule.first_turn()
        for kind in (PeriodKind.WEEK, PeriodKind.MONTH):
            period = period_at(rotation_state(part, name), kind, day, None)
            if begun is not None and begun < period.end:
                yield report_on(session, part, name, period, day)
