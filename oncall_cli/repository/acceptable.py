"""What may be written: nothing that the model would not read again."""

from __future__ import annotations

from oncall_cli.errors import Unreadable
from oncall_cli.repository.parse import problems_in
from oncall_cli.repository.strays import name_problems


def refuse_invalid(path: str, data: bytes | None) -> None:
    """Refuse a file that the model would not accept, by its name or by its content."""
    if data is None:
        return
    for problem in (*name_problems(path), *problems_in(path, data)):
        message = f"'{path}' would be invalid: {problem.message}"
        raise Unreadable(message, problem.hint, problem.place)
