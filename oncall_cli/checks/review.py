"""What a review looks at: the team as it was at a base, as it is to be, and who made the change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from oncall_cli.checks.records import RotationRecords, TeamRecords
from oncall_cli.errors import Problem
from oncall_cli.model.time import Instant
from oncall_cli.schedule.comparison import HandChange, compare

_ON_GITHUB = re.compile(r"(?:\d+\+)?([^@]+)@users\.noreply\.github\.com")


class Pair(NamedTuple):
    """A rotation that both sides have."""

    before: RotationRecords
    after: RotationRecords

    @property
    def unchanged(self) -> bool:
        """Whether the schedule cannot have changed."""
        return (self.before.rotation, self.before.overrides) == (self.after.rotation, self.after.overrides)

    def has_new_override(self, change: HandChange) -> bool:
        """Whether an override that the base has not got declares a change of hands."""
        known = {override.id for override in self.before.overrides}
        return any(
            one.role == change.role and one.start <= change.start and change.end <= one.end
            for override in self.after.overrides
            if override.id not in known
            for one in override.changes
        )


class Review(NamedTuple):
    """Both sides, the words that name the base, what of it cannot be read, and who made the commits between."""

    base: TeamRecords
    head: TeamRecords
    said: str
    unread: tuple[Problem, ...] = ()
    emails: frozenset[str] = frozenset()

    def pairs(self) -> Iterator[Pair]:
        """Yield the rotations that can be read on both sides."""
        before = {each.rotation.id: each for each in self.base.rotations}
        for after in self.head.rotations:
            if after.rotation.id in before:
                yield Pair(before[after.rotation.id], after)

    def begun(self) -> Iterator[RotationRecords]:
        """Yield the rotations that a team which was there already has newly begun."""
        known = {each.rotation.id for each in self.base.rotations}
        for each in self.head.rotations if self.base.team else ():
            if each.rotation.id not in known and each.rotation.path not in self.base.invalid:
                yield each

    def changes(self, pair: Pair, start: Instant, end: Instant) -> list[HandChange]:
        """Return what changes hands between two instants; who is only renamed keeps it."""
        if pair.unchanged:
            return []
        name, renamed = pair.after.rotation.id, self.renamed()
        found = compare({name: pair.before.schedule}, {name: pair.after.schedule}, start, end, self.head.now)
        told = (one._replace(before=tuple(renamed.get(who, who) for who in one.before)) for one in found.changes)
        return [one for one in told if set(one.before) != set(one.after)]

    def renamed(self) -> dict[str, str]:
        """Return the new ids of people whose file has only another name than before."""
        new = [(who, dict(person)) for who, person in self.head.people.items() if who not in self.base.people]
        return {
            old: next(who for who, said in new if said == dict(person))
            for old, person in self.base.people.items()
            if old not in self.head.people and any(said == dict(person) for _, said in new)
        }

    def made_a_commit(self, person: str) -> bool:
        """Whether a commit between the sides is by somebody, alone or with others."""
        record = self.head.people.get(person)
        if record is None:
            return False
        accounts = {found[1] for email in self.emails if (found := _ON_GITHUB.fullmatch(email))}
        theirs = {email.casefold() for email in record.git_emails}
        return bool(theirs & self.emails) or (record.account or "").casefold() in accounts
