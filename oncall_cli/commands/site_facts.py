"""What a team's site is made of, read from the repository."""

from __future__ import annotations

from oncall_cli.checks.mentions import strangers
from oncall_cli.commands.plan import team_state
from oncall_cli.commands.session import Session
from oncall_cli.errors import Unreadable
from oncall_cli.practice.site import SiteFacts, day_begins


def site_facts(session: Session) -> SiteFacts:
    """Return all that a site shows, as of the day on the team's wall."""
    repository = session.repository
    team, state = repository.team(), team_state(repository)
    known = frozenset(repository.person_ids())
    for files in state.rotations.values():
        session.strangers += strangers(files.record, files.overrides, known)
    _refuse_half(session)
    return SiteFacts(team, day_begins(session.now, team.timezone), state)


def _refuse_half(session: Session) -> None:
    """Refuse to publish a schedule from files that cannot be read: somebody on call would be missing."""
    for problem in session.repository.problems:
        message = f"no site was written, because an invalid file would leave shifts out: {problem.message}"
        raise Unreadable(message, problem.hint, problem.place)
