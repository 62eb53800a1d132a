"""What a review looks at: the team as it was at a base, as it is to be, and who made the change."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.checks.records import TeamRecords


class Review(NamedTuple):
    """Both sides, the words that name the base, and the e-mails of those who made the commits between."""

    base: TeamRecords
    head: TeamRecords
    said: str
    emails: frozenset[str] = frozenset()
