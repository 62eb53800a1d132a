"""When what a rotation's schedule is made of was committed last."""

from __future__ import annotations

from collections.abc import Iterable

from oncall_cli.checks.mentions import in_override, in_rotation
from oncall_cli.errors import GitInTheWay
from oncall_cli.model.time import Instant
from oncall_cli.repository.git import Git
from oncall_cli.repository.history import last_commit
from oncall_cli.repository.layout import PEOPLE
from oncall_cli.repository.reading import TeamRepository


def last_changes(repository: TeamRepository, rotations: Iterable[str]) -> dict[str, Instant]:
    """Return when each rotation's sources were committed last; one that never was is left out."""
    git = Git(repository.root)
    found = {}
    for rotation in rotations:
        try:
            commit = last_commit(git, _sources(repository, rotation))
        except GitInTheWay:
            # a feed can be made of files that are in no repository, or without git
            return {}
        if commit:
            found[rotation] = Instant(commit.committed)
    return found


def _sources(repository: TeamRepository, rotation: str) -> list[str]:
    """Return the files that decide who is on call, and what they are called; the team's for its time zone."""
    record = repository.rotation(rotation)
    mentions = [*(in_rotation(record) if record else ())]
    for override in repository.overrides(rotation):
        mentions += in_override(override)
    people = sorted({f"rotations/{PEOPLE}/{mention.person}.yaml" for mention in mentions})
    return ["oncall.yaml", f"rotations/{rotation}/rotation.yaml", f"rotations/{rotation}/overrides", *people]
