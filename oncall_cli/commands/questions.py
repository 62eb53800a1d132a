"""What a command was not given: asked of whoever sits at the terminal, else told by a default."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import typer

from oncall_cli.errors import WrongUsage
from oncall_cli.render.text import in_sentence

T = TypeVar("T")


class Questions(NamedTuple):
    """Asks a person for what was not given; takes the default where nobody can be asked."""

    asks: bool
    command: str

    def __call__(
        self,
        question: str,
        option: str,
        given: str | None,
        default: str,
        parse: Callable[[str], T],
        *,
        needed: bool = True,
    ) -> T:
        """Return the value that was given, answered or told; raise ``WrongUsage`` for one that makes no sense."""
        while given is None and self.asks:
            empty = None if needed else ""
            answer = typer.prompt(question, default=default or empty, show_default=bool(default), err=True)
            try:
                return parse(answer.strip())
            except ValueError as wrong:
                print(f"  {in_sentence(str(wrong))}", file=sys.stderr)
        try:
            return parse(default if given is None else given)
        except ValueError as wrong:
            raise WrongUsage(f"{option}: {wrong}", hint=f"give {option}, or ask '{self.command} --help'") from None
