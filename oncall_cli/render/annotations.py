"""Findings as GitHub's workflow commands: a note at each line of a pull request.

GitHub shows ten errors and ten warnings of a step and drops the others in silence, so only as many are written.
"""

from __future__ import annotations

from oncall_cli.checks.table import TITLES
from oncall_cli.errors import Problem, Severity
from oncall_cli.render.findings import Findings, counted, most_important_first
from oncall_cli.render.text import visible

MOST = 10


def github_annotations(found: Findings) -> str:
    """Return a command for each finding, the most important first, and a line of verdict."""
    lines, left = [], 0
    for severity in Severity:
        problems = most_important_first(found.of(severity))
        lines += [_command(found, problem) for problem in problems[:MOST]]
        left += len(problems[MOST:])
    more = f"; {counted(left, 'finding')} without a note here: see the summary of the job" if left else ""
    return "\n".join([*lines, f"{found.verdict()}{more}"])


def _command(found: Findings, problem: Problem) -> str:
    said = {
        "file": found.path(problem),
        "line": str(problem.place.line),
        "col": str(problem.place.column),
        "title": f"{problem.code} {TITLES[problem.code]}",
    }
    properties = ",".join(f"{name}={_property(visible(value))}" for name, value in said.items())
    hint = f"\n{problem.hint}" if problem.hint else ""
    return f"::{problem.severity} {properties}::{_data(visible(problem.message + hint))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
