"""``oncall check``: every file, and the schedule eight weeks ahead."""

from __future__ import annotations

import typer

from oncall_cli.commands.options import AsJson, At
from oncall_cli.commands.session import Session
from oncall_cli.errors import OncallError, Severity
from oncall_cli.render.check import check_text
from oncall_cli.render.failure import problem_data
from oncall_cli.repository.everything import checked


def check(ctx: typer.Context, at: At = None, as_json: AsJson = False) -> int:
    """Check every file and the schedule eight weeks ahead.

    The exit code is 1 when there is an error; warnings are told.
    """
    session = Session(ctx.obj)
    found = checked(session.repository.root, session.when(at, session.now))
    problems = found.problems
    if as_json:
        session.answer([problem_data(problem) for problem in problems])
    else:
        session.show(check_text(problems, found.files, session.given.colour))
    errors = any(problem.severity is Severity.ERROR for problem in problems)
    return OncallError.exit_code if errors else 0
