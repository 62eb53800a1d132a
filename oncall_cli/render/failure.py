"""What a failure or a problem in the data looks like: a sentence, a place, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from oncall_cli.errors import OncallError, Problem, Unreadable
from oncall_cli.render.json import to_json
from oncall_cli.render.text import in_sentence, visible


def failure_text(failure: OncallError) -> str:
    """Return the failure for a person."""
    where = f"{failure.place}: " if failure.place else ""
    return _paragraph(f"oncall: {where}{failure.message}", failure.hint)


def failure_json(failure: OncallError, **more: Any) -> str:
    """Return the failure in the envelope of the JSON output."""
    error = {
        "code": failure.code,
        "message": failure.message,
        "hint": failure.hint,
        "path": failure.place.path if failure.place else None,
        "line": failure.place.line if failure.place else None,
        **more,
    }
    return to_json({"version": 1, "error": error})


def problems_text(problems: Iterable[Problem]) -> str:
    """Return the problems for a person, a line each and the hint below it."""
    return "\n".join(
        f"{in_sentence(str(problem.place))}: {problem.severity}: {in_sentence(problem.message)} [{problem.code}]"
        + (f"\n  {in_sentence(problem.hint)}" if problem.hint else "")
        for problem in problems
    )


def _paragraph(message: str, hint: str) -> str:
    """Return what is said and what to do; only the first line stands at the edge, whatever a hook or a file says."""
    said = f"{message.strip()}\n{hint.strip()}" if hint else message.strip()
    return visible("\n  ".join(said.splitlines()))


def problems_json(problems: Sequence[Problem]) -> str:
    """Return the problems as one failure: the first in the envelope's own words, all of them in a list."""
    return failure_json(Unreadable.of(problems[0]), problems=[problem_data(problem) for problem in problems])


def problem_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON output promises it."""
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "path": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message,
        "hint": problem.hint,
    }
