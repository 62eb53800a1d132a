"""What ``oncall check`` found: the problems, and a verdict on one line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import NamedTuple

from oncall_cli.errors import Problem, Severity
from oncall_cli.render.failure import problem_data, problems_text
from oncall_cli.render.json import answer_json
from oncall_cli.render.text import GREEN, RED, YELLOW, styled


class Format(StrEnum):
    """For whom the findings are written."""

    TEXT = "text"
    GITHUB = "github"
    SUMMARY = "summary"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JSON = "json"


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


def check_output(found: Findings, wanted: Format) -> str:
    """Return the findings in a format; those of machines are imported when they are asked for."""
    if wanted is Format.TEXT:
        return _text(found)
    if wanted is Format.JSON:
        return answer_json([problem_data(problem) for problem in found.problems])
    if wanted is Format.GITHUB:
        from oncall_cli.render.annotations import github_annotations

        return github_annotations(found)
    if wanted is Format.SUMMARY:
        from oncall_cli.render.check_summary import check_summary

        return check_summary(found)
    if wanted is Format.GITLAB:
        from oncall_cli.render.gitlab import code_quality

        return code_quality(found)
    from oncall_cli.render.sarif import sarif

    return sarif(found)


def most_important_first(problems: Collection[Problem]) -> list[Problem]:
    """Return errors before warnings, and of those what keeps others from being found first."""
    return sorted(problems, key=lambda one: (one.severity is Severity.WARNING, one.code[1:], one.place))


def counted(number: int, noun: str) -> str:
    """Return ``1 file``, ``2 files``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _text(found: Findings) -> str:
    """Return the problems for a person, and last the verdict."""
    style = RED if found.of(Severity.ERROR) else YELLOW if found.problems else GREEN
    problems = [problems_text(found.problems)] if found.problems else []
    return "\n".join([*problems, styled(found.verdict(), style, found.colour)])
