"""The findings of ``oncall check``, as every format of them needs them, and their verdict on one line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from oncall_cli.errors import Problem, Severity


class Findings(NamedTuple):
    """What was found, in how many files, and what is needed to show it.

    ``prefix`` leads from the top of the git repository to the team's root: ``""`` or ``oncall/``.
    """

    problems: Sequence[Problem]
    files: int
    ignored: int = 0
    prefix: str = ""
    colour: bool = False

    def of(self, severity: Severity) -> list[Problem]:
        """Return the errors, or the warnings."""
        return [problem for problem in self.problems if problem.severity is severity]

    def verdict(self) -> str:
        """Return ``12 files, 2 errors, 1 warning``."""
        counts = [(len(self.of(Severity.ERROR)), "error"), (len(self.of(Severity.WARNING)), "warning")]
        found = [counted(number, noun) for number, noun in counts if number]
        ignored = [f"{self.ignored} ignored"] if self.ignored else []
        return ", ".join([counted(self.files, "file"), *(found or ["no problems"]), *ignored])

    def path(self, problem: Problem) -> str:
        """Return the path from the top of the git repository, as a git host wants it."""
        return self.prefix + problem.place.path


def most_important_first(problems: Collection[Problem]) -> list[Problem]:
    """Return errors before warnings, and of those what keeps others from being found first."""
    return sorted(problems, key=lambda one: (one.severity is Severity.WARNING, one.code[1:], one.place))


def counted(number: int, noun: str) -> str:
    """Return ``1 file``, ``2 files``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
