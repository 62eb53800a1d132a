"""What a new team's repository begins with: files that teach their own format and pass ``oncall check``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from oncall_cli.practice.beginning import NewPerson, NewTeam
from oncall_cli.repository.new_team_pages import PAGES
from oncall_cli.repository.spelling import scalar


def new_team_files(team: NewTeam) -> dict[str, str]:
    """Return the files of a new team by their paths."""
    title = team.rotation.replace("-", " ").capitalize()
    words = {
        "team": scalar(team.name),
        "heading": team.name,
        "timezone": str(team.timezone),
        "rotation": team.rotation,
        "title": scalar(title),
        "since": team.since.isoformat(),
        "members": ", ".join(scalar(person.id, flow=True) for person in team.members),
        "first": team.members[0].id,
    }
    people = {f"rotations/people/{person.id}.yaml": _person(person) for person in team.members}
    pages = {_filled(path, words): _filled(text, words) for path, text in PAGES.items()}
    return {**pages, **people}


def _person(person: NewPerson) -> str:
    """Return a person's file; what is not known yet stands in it as a comment."""
    known = _KNOWN if person.email else _UNKNOWN
    email = scalar(person.email or f"{person.id}@example.com", flow=True)
    return f"name: {scalar(person.name)}\n{known.format(email=email, id=person.id)}{_LIFE}"


_KNOWN = """\
git_emails: [{email}]  # by these `oncall start` knows who you are
# account: {id}  # on GitHub or GitLab, for CODEOWNERS
contact:
  email: {email}
  # phone: "+1-555-0100"
  # chat: "@{id}"
"""

_UNKNOWN = """\
# git_emails: [{email}]  # by these `oncall start` knows who you are
# account: {id}  # on GitHub or GitLab, for CODEOWNERS
# contact:
#   email: {email}
#   phone: "+1-555-0100"
#   chat: "@{id}"
"""

_LIFE = """\

# Only if it differs from the team's:
# timezone: Europe/Berlin

# Whole days in this person's zone; `until` is the first day back. `oncall check` warns when a
# shift falls into it.
# time_off:
#   - {from: 2030-07-01, until: 2030-07-15, note: Summer}
"""


def _filled(text: str, words: Mapping[str, str]) -> str:
    """Put the words in; only ``@word@`` is replaced, so that templates keep their braces."""
    return re.sub("@([a-z]+)@", lambda found: words[found[1]], text)
