"""What a command knows of how it was called: the time, the place, the person, the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from oncall_cli.lasting import Lasting
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone


def forget(_: Lasting) -> None:
    """Keep nothing of an answer."""


class Invocation(NamedTuple):
    """How the program was called; the door makes it, and nothing below reads a clock or the environment."""

    now: Instant
    """The instant that counts as now: ``ONCALL_NOW``, or the clock once at the door."""

    folder: Path
    """Where the search for the team's repository begins: ``-C``, ``ONCALL_REPO``, or the current folder."""

    acting: str | None
    """The person who acts, when named by ``--as`` or ``ONCALL_PERSON``."""

    asked_zone: Zone | None
    """``ONCALL_TZ``: the zone in which to show times, whoever reads."""

    machine_zone: Zone | None
    """The zone that the machine is set to, when it can be told."""

    width: int
    """Columns of the terminal."""

    colour: bool
    """Whether standard output is a terminal that shows styles."""

    asks: bool
    """Whether a person sits at standard input and can be asked."""

    edits: bool = False
    """Whether an editor can be opened: a person sits at a terminal that shows what it prints."""

    watched: bool = False
    """Whether a person sits before standard error, and can be told how far a long piece of work has come."""

    environment: Mapping[str, str] = MappingProxyType({})
    """The variables that destinations name; their values are secrets, which are never printed."""

    for_script: bool = False
    """Whether the answer is for a script, as ``--json`` says; failures are then JSON as well."""

    named: bool = False
    """Whether the person who acts was named for this command, by ``--as``; one who does not exist is a mistake then."""

    push: bool = False
    """Whether what is committed is to be pushed at once, as ``--push`` says."""

    clock: Callable[[], Instant] = lambda: Instant(0)
    """What the time is when it is asked, for a command that runs on; ``ONCALL_NOW`` stands still."""

    typed: Callable[[], bytes] = bytes
    """What standard input says; read once, however often a command begins anew."""

    noted: Callable[[Lasting], None] = forget
    """Told of each answer that stays right for a while; whoever called may keep it until then."""

    def said(self, words: Sequence[str]) -> str:
        """Return a text that was given as words, or for ``-`` on standard input."""
        return (self.typed().decode("utf-8", "backslashreplace") if words == ["-"] else " ".join(words)).strip()
