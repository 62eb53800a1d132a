"""The options that the door gives to every command of a kind, so that no command has to think of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import typer
from typer.core import TyperOption

from oncall_cli.commands.options import ANSWERS_SCRIPTS, WRITES_NOTHING

# The command that makes a commit before there is a remote, and people.
_BEGINS = "init"


def with_common_options(command: Any) -> Any:
    """Give a command that makes a commit ``--push``, and one that answers ``--as`` where it has none of its own."""
    if command.name != _BEGINS:
        _add(command, WRITES_NOTHING, _push)
        if not any("--as" in one.opts for one in command.params):
            _add(command, ANSWERS_SCRIPTS, _reader)
    return command


def acting_as(ctx: typer.Context, _: Any, person: str | None) -> None:
    """Let a person act, and read the times as they are on their wall."""
    if person:
        ctx.obj = ctx.obj._replace(acting=person, named=True)


def _add(command: Any, promise: str, option: Any) -> None:
    """Put an option behind the one by whose help the kind of command is known."""
    found = next((place for place, one in enumerate(command.params) if getattr(one, "help", "") == promise), None)
    if found is not None:
        command.params.insert(found + 1, option(command.params[found].type_descriptor))


def _push(flag: Any) -> TyperOption:
    return TyperOption(
        param_decls=["push", "--push"],
        type_descriptor=flag,
        is_flag=True,
        default=False,
        expose_value=False,
        callback=_wish_push,
        help="Share the commit at once, if the remote answers within seconds.",
    )


def _wish_push(ctx: typer.Context, _: Any, wanted: bool) -> None:
    if wanted:
        ctx.obj = ctx.obj._replace(push=True)


def _reader(flag: Any) -> TyperOption:
    return TyperOption(
        param_decls=["acting", "--as"],
        type_descriptor=replace(flag, annotation=str),
        metavar="PERSON",
        expose_value=False,
        callback=acting_as,
        help="Answer this person, in their zone.",
    )
