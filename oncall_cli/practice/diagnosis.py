"""What a look at the machine and the repository finds: well, worth knowing, or wrong with what to do."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from oncall_cli.model.time import DAY, HOUR, MINUTE


class Verdict(StrEnum):
    """How much a finding matters: a note is worth knowing, and what is wrong wants to be mended."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


class Finding(NamedTuple):
    """What was looked at, how it is, and what to do where something is to be done."""

    about: str
    verdict: Verdict
    message: str
    hint: str = ""


def ok(about: str, message: str) -> Finding:
    """Return that something is well."""
    return Finding(about, Verdict.OK, message)


def note(about: str, message: str, hint: str = "") -> Finding:
    """Return something that is worth knowing."""
    return Finding(about, Verdict.NOTE, message, hint)


def wrong(about: str, message: str, hint: str) -> Finding:
    """Return something that wants to be mended."""
    return Finding(about, Verdict.WRONG, message, hint)


def is_ill(findings: Iterable[Finding]) -> bool:
    """Tell whether anything is wrong."""
    return any(finding.verdict is Verdict.WRONG for finding in findings)


def age(seconds: int) -> str:
    """Return ``3 days``, ``1 hour`` or ``20 seconds``."""
    for length, noun in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second")):
        if seconds >= length:
            return counted(seconds // length, noun)
    return "0 seconds"


def counted(number: int, noun: str) -> str:
    """Return ``1 commit`` or ``2 commits``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def version_said(version: Iterable[int]) -> str:
    """Return ``2.39.5``."""
    return ".".join(map(str, version))
