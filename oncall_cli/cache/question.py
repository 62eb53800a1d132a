"""What is asked, and all that is not in the repository and has a part in the answer: the key of a kept answer."""

import os
import sys
import time

from oncall_cli import __file__ as _PACKAGE
from oncall_cli import __version__
from oncall_cli.cache.place import place_of

_KEPT = ("who",)
_ABOUT_THE_PROGRAM = "shape"
_HELP = ("--help", "-h")
_FOLDER, _PERSON = "-C", "--as"
_USUAL = "2026-11-24T14:00:00Z"
_FIRST_YEAR, _LAST_YEAR = 1970, 8999
_VARIABLES = ("ONCALL_PERSON", "ONCALL_TZ", "TZ", "PYTHONTZPATH", "COLUMNS", "NO_COLOR", "TERM")
# What makes the help look otherwise, beyond the above.
_LOOKS = ("ONCALL_NOW", "FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "TERMINAL_WIDTH", "COLORTERM", "LINES", "LANG")
_STYLE = ("_TYPER_", "TYPER_", "TTY_", "JUPYTER_")


class Question:
    """One command line whose answer may be kept: in which folder, under which key, and asked when.

    Without a ``root`` it is about the program itself.
    """

    __slots__ = ("folder", "key", "now", "root")

    def __init__(self, folder: str, root: str | None, key: tuple[object, ...], now: int) -> None:
        self.folder = folder
        self.root = root
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
    if is_about_the_program(arguments):
        return _about_the_program(arguments)
    start = _folder(arguments)
    now = _now(os.environ.get("ONCALL_NOW"))
    place = place_of(start) if start is not None and now is not None else None
    if place is None or now is None:
        return None
    key = (*_program(), *_circumstances(), os.path.realpath("/etc/localtime"), place.root, *arguments)
    return Question(os.path.join(place.folder, "answers"), place.root, key, now)


def is_about_the_program(arguments: list[str]) -> bool:
    """Tell a command line whose answer the program alone decides: words, and then the wish for help."""
    *words, last = arguments or [""]
    return arguments[:1] == [_ABOUT_THE_PROGRAM] or (last in _HELP and not any(word.startswith("-") for word in words))


def _about_the_program(arguments: list[str]) -> Question | None:
    """Return the question that only the program and the terminal have a part in; it is kept for the user."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME", ""), ".cache")
    if not os.path.isabs(home):
        return None
    looks = [f"{name}={said}" for name, said in sorted(os.environ.items()) if name in _LOOKS or name.startswith(_STYLE)]
    return Question(os.path.join(home, "oncall"), None, (*_program(), *_circumstances(), *looks, *arguments), 0)


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
    """Return what the terminal and the environment are, as they are."""
    return (
        *map(os.environ.get, _VARIABLES),
        sys.stdout.encoding,
        sys.stdout.isatty(),
        *map(_columns, range(3)),
    )


def _columns(stream: int) -> int | None:
    try:
        return os.get_terminal_size(stream).columns
    except OSError:
        return None


def _now(said: str | None) -> int | None:
    """Return the time: the clock, or what ``ONCALL_NOW`` says in the usual way."""
    if not said:
        return int(time.time())
    if len(said) != len(_USUAL):
        return None
    try:
        date, time_of_day = said.removesuffix("Z").split("T")
        year, month, day = map(int, date.split("-"))
        hour, minute, second = map(int, time_of_day.split(":"))
    except ValueError:
        return None
    # a year that begins in March has its odd day at the end
    years, months = year - (month < 3), (month + 9) % 12
    days = 365 * years + years // 4 - years // 100 + years // 400 + (153 * months + 2) // 5 + day - 719_469
    found = days * 86_400 + hour * 3_600 + minute * 60 + second
    # what is written otherwise, or no date at all, is left to the usual way
    usual = _FIRST_YEAR <= year <= _LAST_YEAR and time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(found)) == said
    return found if usual else None
