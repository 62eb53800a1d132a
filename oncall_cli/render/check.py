"""What ``oncall check`` found: the problems, and a verdict on one line."""

from __future__ import annotations

from collections.abc import Collection

from oncall_cli.errors import Problem, Severity
from oncall_cli.render.failure import problems_text
from oncall_cli.render.text import GREEN, RED, YELLOW, styled


def check_text(problems: Collection[Problem], files: int, colour: bool = False) -> str:
    """Return the problems for a person, and last the verdict: ``12 files, 2 errors, 1 warning``."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    found = [_count(number, noun) for number, noun in ((errors, "error"), (warnings, "warning")) if number]
    verdict = ", ".join([_count(files, "file"), *(found or ["no problems"])])
    style = RED if errors else YELLOW if warnings else GREEN
    return "\n".join([*([problems_text(problems)] if problems else []), styled(verdict, style, colour)])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
