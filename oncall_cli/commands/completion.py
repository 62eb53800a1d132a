"""``oncall completion``: let a shell complete commands, options and the names of records."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from oncall_cli.errors import NothingFound
from oncall_cli.model.suggest import suggestion
from oncall_cli.render.completion import SCRIPTS, shape_text


class Shell(StrEnum):
    """The shells that can ask."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


Words = Annotated[list[str] | None, typer.Argument(metavar="[COMMAND]...", help="The words of a command.")]


def completion(shell: Annotated[Shell, typer.Argument(help="The shell to print it for.")]) -> None:
    """Print a script that lets a shell complete commands, options and the names of records.

    bash: add to ~/.bashrc: eval "$(oncall completion bash)". zsh: eval "$(oncall completion zsh)" in ~/.zshrc, after
    compinit. fish: oncall completion fish > ~/.config/fish/completions/oncall.fish.
    """
    print(SCRIPTS[shell], end="")


def shape(ctx: typer.Context, words: Words = None) -> None:
    """Print what may follow a command, for the completion of words: a line each, with tabs between."""
    root: Any = ctx.find_root()
    command = root.command
    for word in words or []:
        known = command.list_commands(ctx) if hasattr(command, "list_commands") else []
        if word not in known:
            raise NothingFound(f"there is no command '{word}'", hint=suggestion(word, known, "command"))
        command = command.get_command(ctx, word)
    print(shape_text(command, command.get_params(ctx), words or []))
