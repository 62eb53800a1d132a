"""The explanations of the rules, as they come with the program."""

from __future__ import annotations

from importlib.resources import files

from oncall_cli.checks.explanation import Explanation, explanation

_FOLDER = "explained"


def explanation_of(code: str) -> Explanation:
    """Return the explanation of a rule that is in the table."""
    return explanation((files("oncall_cli.checks") / _FOLDER / f"{code}.md").read_text(encoding="utf-8"))
