"""``oncall check --base``: the rules that look at both sides of a review, beside those that look at one."""

from __future__ import annotations

from pathlib import Path

from oncall_cli.checks.review import Review
from oncall_cli.errors import Problem
from oncall_cli.model.time import Instant
from oncall_cli.repository.everything import Checked, Progress, inspected, verdict
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.git import Git
from oncall_cli.repository.history import emails_between
from oncall_cli.repository.inspection import Inspection
from oncall_cli.repository.sides import Sides, sides
from oncall_cli.repository.team_records import team_records, with_history


def reviewed(
    root: Path, now: Instant, asked: str, progress: Progress | None = None, *, remembers: bool = True
) -> tuple[Checked, tuple[str, ...]]:
    """Hold the head of a review to the rules, also against its base; and return what to tell of the sides."""
    both = sides(root, asked)
    inspection = inspected(root, both.head.files, now, progress, remembers=remembers)
    return verdict(inspection, _review(root, both, inspection, now)), both.compared.notes


def _review(root: Path, both: Sides, head: Inspection, now: Instant) -> Review:
    base, compared = both.base, both.compared
    # what happened is compared where it differs; of the rest each side says the same
    differing = both.differing()
    before = with_history(team_records(base, now), base, differing)
    after = with_history(head.records, head.repository, differing)
    emails = emails_between(Git(root), compared.base.sha, compared.head.sha if compared.head else "HEAD")
    return Review(before, after, compared.base.said, tuple(_unread(both, head, frozenset(differing))), emails)


def _unread(both: Sides, head: Inspection, differing: frozenset[str]) -> list[Problem]:
    """Return what of the base cannot be read; one from before there was a team says nothing, and nothing is wrong."""
    if TEAM_FILE not in both.base.files.list(""):
        return []
    told = both.base.problems
    known = {problem.place.path for problem in told}
    same = [each for each in head.repository.problems if each.place.path not in known | differing]
    return told + [each for each in same if both.base.has(each.place.path)]
