"""The door: the command tree, the one clock, and what a failure looks like from outside."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from oncall_cli import __version__
from oncall_cli.commands.entry import Entry
from oncall_cli.commands.everywhere import acting_as, with_common_options
from oncall_cli.commands.invocation import Invocation, forget
from oncall_cli.commands.table import COMMANDS
from oncall_cli.errors import OncallError, Overtaken, WrongUsage
from oncall_cli.lasting import Lasting
from oncall_cli.model.time import Instant, parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.render.failure import failure_json, failure_text

INTERRUPTED = 130
# The year 9000: schedules are looked at for years ahead, and calendars end with the year 9999.
_TRIES = 5
_MOST_TYPED = 10 * 1024 * 1024 + 1
_LAST_NOW = 221_845_392_000


class LazyGroup(TyperGroup):
    """A group of commands whose modules are imported when they are called, not when they are listed."""

    entries: tuple[Entry, ...] = COMMANDS

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names, in the order of the table."""
        return [entry.name for entry in self.entries if not entry.hidden]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name, importing what it needs now."""
        if cmd_name not in self.commands:
            found = next((entry for entry in self.entries if entry.name == cmd_name), None)
            if found is None:
                return None
            self.commands[cmd_name] = _built(found)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Resolve as usual; the suggestions for a mistyped name come from the whole table."""
        if self.get_command(ctx, args[0]) is None:
            self.commands = self._listed()
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help from the table alone."""
        self.commands = self._listed()
        super().format_help(ctx, formatter)

    def _listed(self) -> dict[str, Any]:
        return {
            entry.name: TyperCommand(entry.name, help=entry.summary, rich_help_panel=entry.panel or None)
            for entry in self.entries
            if not entry.hidden
        }


def _built(entry: Entry) -> Any:
    """Build the command, or the group of commands, that an entry of the table names."""
    if entry.commands:
        group = LazyGroup(name=entry.name, help=entry.summary, no_args_is_help=True)
        group.entries = entry.commands
        return group
    module = import_module(f"oncall_cli.commands.{entry.module}")
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    single.command(entry.name)(getattr(module, entry.function))
    return with_common_options(typer.main.get_command(single))


def _say_version(wanted: bool) -> None:
    if wanted:
        print(f"oncall {__version__}")
        raise typer.Exit


def _root(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Option("-C", metavar="PATH", help="The team's repository, or a folder inside it.")
    ] = None,
    acting: Annotated[
        str | None, typer.Option("--as", metavar="PERSON", help="Act as this person.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Without a command: answer in JSON, for scripts.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version.")
    ] = False,
) -> int | None:
    """On-call practice as code. Alone, it says where things stand."""
    given: Invocation = ctx.obj
    ctx.obj = given._replace(folder=given.folder / folder) if folder else given
    acting_as(ctx, None, acting)
    if ctx.invoked_subcommand is not None:
        return None
    home = import_module("oncall_cli.commands.home")
    return home.home(ctx, as_json)  # type: ignore[no-any-return]


def command_tree() -> Any:
    """Return the root of the command tree."""
    app = typer.Typer(
        cls=LazyGroup,
        invoke_without_command=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    return typer.main.get_command(app)


def run(arguments: list[str], noted: Callable[[Lasting], None] = forget) -> int:
    """Run one command line; return the exit code, having said what went wrong.

    An answer that stays right for a while is ``noted`` as well as printed.
    """
    # A stream that the caller closed is None; what would go there goes nowhere.
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        given = invocation(os.environ)._replace(for_script=_for_script(arguments), noted=noted)
        code = _call(arguments, given)
        sys.stdout.flush()
    except OncallError as failure:
        return _fail(failure, arguments)
    except TyperException as misuse:
        return _fail(_usage_of(misuse), arguments)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader went away, as `head` does; the command line library leaves in its own way then.
        # Point the interpreter's last flush at nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
        return 0
    except OSError as wrong:
        return _fail(_disk_trouble(wrong), arguments)
    return code or 0


def _call(arguments: list[str], given: Invocation) -> int | None:
    """Run the command; when another process was faster, decide it anew on what the files say now."""
    call = partial(command_tree().main, arguments, prog_name="oncall", standalone_mode=False, obj=given)
    try:
        return call()  # type: ignore[no-any-return]
    except Overtaken as overtaken:
        lock = import_module("oncall_cli.repository.lock")
        with lock.turn(Path(overtaken.queue)):
            return _call_in_turn(call)


def _call_in_turn(call: Callable[[], int | None]) -> int | None:
    for _ in range(_TRIES):
        try:
            return call()
        except Overtaken as overtaken:
            last = overtaken
    raise last


def _for_script(arguments: list[str]) -> bool:
    """Tell whether the answer was asked for in JSON, before anything else of the command line is understood."""
    return "--json" in arguments or "--format=json" in arguments or ("--format", "json") in pairwise(arguments)


def _fail(failure: OncallError, arguments: list[str]) -> int:
    render = failure_json if _for_script(arguments) else failure_text
    print(render(failure), file=sys.stderr)
    return failure.exit_code


def _disk_trouble(wrong: OSError) -> OncallError:
    """Turn a file that cannot be used, or an output that takes no more, into our own kind of failure."""
    said = wrong.strerror or str(wrong)
    if wrong.filename:
        return OncallError(f"'{wrong.filename}': {said}", "look at the place, and run it again")
    return OncallError(
        f"the answer cannot be printed: {said}", "what was asked for may be done: look before you repeat it"
    )


def _usage_of(misuse: TyperException) -> OncallError:
    """Turn a command line that cannot be parsed into our own kind of failure."""
    context = getattr(misuse, "ctx", None)
    command = context.command_path if context else "oncall"
    # what parses a value has its own word for a value that is none
    said = misuse.format_message().replace("Value error, ", "")
    return WrongUsage(said, hint=f"see '{command} --help'")


def invocation(environment: Mapping[str, str]) -> Invocation:
    """Read the clock, the environment and the terminal, once."""
    terminal = sys.stdout.isatty()
    plain = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
    return Invocation(
        now=_now(environment.get("ONCALL_NOW")),
        folder=Path(environment.get("ONCALL_REPO") or Path.cwd()),
        acting=environment.get("ONCALL_PERSON") or None,
        asked_zone=_zone_named(environment.get("ONCALL_TZ")),
        machine_zone=_machine_zone(environment.get("TZ")),
        width=shutil.get_terminal_size((80, 24)).columns,
        colour=terminal and not plain,
        asks=sys.stdin is not None and sys.stdin.isatty(),
        edits=terminal and sys.stdin is not None and sys.stdin.isatty(),
        watched=sys.stderr is not None and sys.stderr.isatty() and environment.get("TERM") != "dumb",
        environment=environment,
        clock=partial(_now, environment.get("ONCALL_NOW")),
        typed=cache(_typed),
    )


def _typed() -> bytes:
    if sys.stdin is None:
        return b""
    bytewise = getattr(sys.stdin, "buffer", None)
    return bytewise.read(_MOST_TYPED) if bytewise else sys.stdin.read().encode()


def _now(said: str | None) -> Instant:
    if not said:
        return Instant(int(time.time()))
    try:
        now = parse_instant(said)
    except ValueError as wrong:
        raise WrongUsage(f"ONCALL_NOW: {wrong}") from None
    if not 0 <= now < _LAST_NOW:
        raise WrongUsage(f"ONCALL_NOW: '{said}' is not a time at which somebody is on call", hint="1970 to 8999")
    return now


def _zone_named(said: str | None) -> Zone | None:
    if not said:
        return None
    try:
        return Zone.parse(said)
    except ValueError as wrong:
        raise WrongUsage(f"ONCALL_TZ: {wrong}") from None


def _machine_zone(variable: str | None) -> Zone | None:
    """Return the zone of the machine when it has a name of the IANA list."""
    linked = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    for name in ((variable or "").lstrip(":"), linked):
        try:
            return Zone.parse(name)
        except ValueError:
            continue
    return None
