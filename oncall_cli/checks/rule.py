"""A rule of ``oncall check``: a code that keeps its meaning, one line, and how to find what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.errors import Place, Severity

if TYPE_CHECKING:
    from oncall_cli.checks.records import RotationRecords, SomeFiles, TeamRecords
    from oncall_cli.checks.review import Review

SHAPE = "E1"


class Finding(NamedTuple):
    """Where a rule is broken, how, and what to do about it."""

    place: Place
    message: str
    hint: str = ""


class Rule(NamedTuple):
    """One named rule.

    ``find`` looks at one state of the team, ``in_history`` at what happened in one rotation, a part of it at a time,
    ``in_files`` at the bytes of some files; ``compare`` looks at two states (it needs ``--base``). A rule with none is
    held elsewhere: where files are read, or where the findings of the others are gathered.
    """

    code: str
    severity: Severity
    title: str
    find: Callable[[TeamRecords], Iterator[Finding]] | None = None
    compare: Callable[[Review], Iterator[Finding]] | None = None
    in_history: Callable[[TeamRecords, RotationRecords], Iterator[Finding]] | None = None
    in_files: Callable[[TeamRecords, SomeFiles], Iterator[Finding]] | None = None

    @property
    def needs_base(self) -> bool:
        """Whether the rule compares with an earlier state."""
        return self.compare is not None

    @property
    def settable(self) -> bool:
        """Whether a team may switch it off or ignore it: not what a file must be to be read at all."""
        return not self.code.startswith(SHAPE)
