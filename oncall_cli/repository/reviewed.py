"""``oncall check --base``: the rules that look at both sides of a review, beside those that look at one."""

from __future__ import annotations

from pathlib import Path

from oncall_cli.checks.review import Review
from oncall_cli.model.time import Instant
from oncall_cli.repository.contents import KeptFiles
from oncall_cli.repository.everything import Checked, all_records, verdict
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.git import Git
from oncall_cli.repository.history import emails_between
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.sides import Sides, sides


def reviewed(root: Path, now: Instant, asked: str) -> tuple[Checked, tuple[str, ...]]:
    """Hold the head of a review to the rules, also against its base; and return what to tell of the sides."""
    both = sides(root, asked)
    kept = KeptFiles(both.head.files)
    head = TeamRepository(root, kept, both.memo)
    return verdict(head, kept, now, _review(root, both, head, kept, now)), both.compared.notes


def _review(root: Path, both: Sides, head: TeamRepository, kept: KeptFiles, now: Instant) -> Review:
    base, compared = both.base, both.compared
    before = all_records(base, now)
    # a base from before there was a team says nothing, and nothing is wrong with that
    unread = tuple(base.problems) if TEAM_FILE in base.files.list("") else ()
    emails = emails_between(Git(root), compared.base.sha, compared.head.sha if compared.head else "HEAD")
    return Review(before, all_records(head, now, kept), compared.base.said, unread, emails)
