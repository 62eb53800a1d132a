"""What is asked, and all that is not in the repository and has a part in the answer: the key of a kept answer."""

import os
import sys
import time

from oncall_cli import __file__ as _PACKAGE
from oncall_cli import __version__
from oncall_cli.cache.place import Place, place_of

_KEPT = ("who",)
_FOLDER, _PERSON = "-C", "--as"
_FIRST_YEAR, _LAST_YEAR = 1970, 8999
_VARIABLES = ("ONCALL_PERSON", "ONCALL_TZ", "TZ", "PYTHONTZPATH", "COLUMNS", "NO_COLOR", "TERM")


class Question:
    """One command line whose answer may be kept: where, under which key, and asked when."""

    __slots__ = ("key", "now", "place")

    def __init__(self, place: Place, key: tuple[object, ...], now: int) -> None:
        self.place = place
        self.key = key
        self.now = now


def question(arguments: list[str]) -> Question | None:
    """Return the question that a command line is, None where its answer is never kept."""
    try:
        return _question(arguments)
    except (OSError, ValueError):
        # no folder to stand in, no owner, no name of a file: the usual way tells
        return None


def _question(arguments: list[str]) -> Question | None:
    # Windows does not tell when a file was last changed, only what its writers say
    if os.name == "nt" or os.environ.get("ONCALL_NO_CACHE") or sys.stdout is None or sys.stderr is None:
        return None
    start = _folder(arguments)
    now = _now(os.environ.get("ONCALL_NOW"))
    place = place_of(start) if start is not None and now is not None else None
    if place is None or now is None:
        return None
    return Question(place, (*_program(), *_circumstances(), place.root, *arguments), now)


def _folder(arguments: list[str]) -> str | None:
    """Return where the search for the repository begins when the command is one whose answers are kept."""
    folder, words = os.environ.get("ONCALL_REPO") or os.getcwd(), iter(arguments)
    for word in words:
        if word == _FOLDER:
            folder = os.path.join(folder, next(words, ""))
        elif word == _PERSON:
            next(words, "")
        else:
            return folder if word in _KEPT else None
    return None


def _program() -> tuple[object, ...]:
    return __version__, _PACKAGE, sys.version, sys.flags.optimize


def _circumstances() -> tuple[object, ...]:
    """Return what the terminal, the environment and the machine's zone are, as they are."""
    terminal = sys.stdout.isatty()
    return (
        *(os.environ.get(name) for name in _VARIABLES),
        *(tuple(os.get_terminal_size(sys.stdout.fileno())) if terminal else ()),
        os.path.realpath("/etc/localtime"),
    )


def _now(said: str | None) -> int | None:
    """Return the time: the clock, or what ``ONCALL_NOW`` says where it says it as ``2026-11-24T14:00:00Z``."""
    if not said:
        return int(time.time())
    # only tests and demonstrations come here, so that this import costs nobody
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    usual = moment.strftime("%Y-%m-%dT%H:%M:%SZ") == said and _FIRST_YEAR <= moment.year <= _LAST_YEAR
    return int(moment.timestamp()) if usual else None
