"""Findings as the Markdown of a job's summary."""

from __future__ import annotations

from collections.abc import Iterator

from oncall_cli.errors import Problem, Severity
from oncall_cli.render.findings import Findings, most_important_first
from oncall_cli.render.markdown import markdown

# GitHub takes 1 MiB of a step; nobody reads as much.
_MOST = 100
_HEADS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings"}


def check_summary(found: Findings) -> str:
    """Return a heading, the verdict and a list of the findings, the most important first."""
    lines = ["## oncall check", "", f"**{markdown(found.verdict())}**"]
    for severity, head in _HEADS.items():
        problems = most_important_first(found.of(severity))
        if problems:
            lines += ["", f"### {head}", "", *(line for one in problems[:_MOST] for line in _item(found, one))]
        if problems[_MOST:]:
            lines += ["", f"And {len(problems) - _MOST} more: run `oncall check`."]
    if found.problems:
        lines += ["", "`oncall explain CODE` says what a rule means, with examples."]
    return "\n".join(lines)


def _item(found: Findings, problem: Problem) -> Iterator[str]:
    where = f"{found.path(problem)}:{problem.place.line}"
    yield f"- **{problem.code}** {markdown(where)}: {markdown(problem.message)}"
    if problem.hint:
        yield f"  <br>{markdown(problem.hint)}"
