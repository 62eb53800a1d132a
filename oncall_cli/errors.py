"""What can go wrong, as values (``Problem``) and as exceptions with an exit code (``OncallError``)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Self


class Severity(StrEnum):
    """How much a problem matters: an error fails ``oncall check``, a warning is told."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """Where in the team's repository something stands; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """Something wrong in the data: what, where, and what to do about it."""

    code: str
    place: Place
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


class OncallError(Exception):
    """The program cannot do what was asked; says why, what to do, and with which exit code it ends."""

    exit_code = 1
    code = "refused"

    def __init__(self, message: str, hint: str = "", place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.place = place


class Refused(OncallError):
    """The request is understood and would do harm, or does not apply now."""


class Overtaken(Refused):
    """Another process changed a file between the reading and the writing; the command may be decided anew."""

    queue: str = ""
    """The folder in which those who were overtaken wait for their turn."""


class WrongUsage(OncallError):
    """The words on the command line cannot be understood."""

    exit_code = 2
    code = "usage"


class NothingFound(OncallError):
    """Nobody is on call, or what was named does not exist."""

    exit_code = 3
    code = "not_found"


class GitInTheWay(OncallError):
    """Git's own state forbids the change: no repository, a merge under way, a hook, a rejected push."""

    exit_code = 4
    code = "git"


class Unreadable(OncallError):
    """A file cannot be read, or is invalid."""

    exit_code = 5
    code = "invalid"

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Return the failure of a command that a problem in the data stops."""
        return cls(problem.message, problem.hint, problem.place)
