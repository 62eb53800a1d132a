"""A rule of ``oncall check``: a code that keeps its meaning, one line, and how to find what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from oncall_cli.checks.records import TeamRecords
from oncall_cli.errors import Place, Severity


class Finding(NamedTuple):
    """Where a rule is broken, how, and what to do about it."""

    place: Place
    message: str
    hint: str = ""


class Rule(NamedTuple):
    """One named rule."""

    code: str
    severity: Severity
    title: str
    find: Callable[[TeamRecords], Iterator[Finding]]
