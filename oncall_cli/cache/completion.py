"""What the last word of a command line may become: a command, an option, one of a choice, or the name of a record.

The shape of a command is asked of the house once and kept as what it said; the names are those of the team's files.
"""

import os
import sys
from _collections_abc import Callable

from oncall_cli.cache.names import NOUNS, names
from oncall_cli.cache.place import root_of

_FOLDER = "-C"


class Shape:
    """What may follow the words of a command: its commands and options with a line of help, and its arguments."""

    def __init__(self, said: str) -> None:
        self.commands: dict[str, str] = {}
        self.options: dict[str, tuple[str, str]] = {}
        self.arguments: list[str] = []
        for line in said.splitlines():
            kind, name, takes, about = line.split("\t")
            if kind == "command":
                self.commands[name] = about
            elif kind == "option":
                self.options[name] = takes, about
            else:
                self.arguments.append(takes)

    def argument(self, place: int) -> str:
        """Return what the argument at a place takes; the last one may be there several times."""
        return self.arguments[min(place, len(self.arguments) - 1)] if self.arguments else ""


class Line:
    """A command line as far as it is written: the command it has come to, and what the next word is."""

    def __init__(self, words: list[str], said_of: Callable[[list[str]], str]) -> None:
        self.path: list[str] = []
        self.shape = Shape(said_of(self.path))
        self.option = ""
        self.place = 0
        self.folder = os.environ.get("ONCALL_REPO") or "."
        for word in words:
            self._read(word, said_of)

    def _read(self, word: str, said_of: Callable[[list[str]], str]) -> None:
        if self.option:
            self.folder = os.path.join(self.folder, word) if self.option == _FOLDER else self.folder
            self.option = ""
        elif word.startswith("-"):
            self.option = word if self.shape.options.get(word, ("", ""))[0] else ""
        elif word in self.shape.commands:
            self.path.append(word)
            self.shape = Shape(said_of(self.path))
        else:
            self.place += 1

    def next(self, begun: str) -> list[tuple[str, str]]:
        """Return the words, each with a line of help, that the next one may be."""
        if not self.option and begun.startswith("-"):
            return [(name, about) for name, (_, about) in self.shape.options.items()]
        if not self.option and self.shape.commands:
            return [*self.shape.commands.items()]
        takes = self.shape.options[self.option][0] if self.option else self.shape.argument(self.place)
        return [(word, "") for each in takes.split() for word in self._values(each, begun)]

    def _values(self, takes: str, begun: str) -> list[str]:
        if takes not in NOUNS:
            return takes.split("|") if "|" in takes else []
        root = root_of(self.folder)
        return names(root, takes, begun) if root else []


def complete(words: list[str], said_of: Callable[[list[str]], str]) -> int:
    """Print what the last of the words may become, each with a tab and a line of help, and return the exit code."""
    *before, begun = words or [""]
    for word, about in Line(before, said_of).next(begun):
        if word.startswith(begun):
            print(f"{word}\t{about}")
    sys.stdout.flush()
    return 0
