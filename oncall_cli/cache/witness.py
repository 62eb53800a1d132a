"""What an answer rests on, seen as it is made: the interpreter itself tells each file and folder that is opened.

So no room of the house has to tell, and none can forget to.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from zoneinfo import TZPATH

from oncall_cli.cache.grounds import Contents, Marks, Unkept, content, is_young, marks_of

# What is opened, and who lists folders, to load the program; that is marked by its modules.
_PROGRAM = (".py", ".pyc", ".so", ".pyd", ".dylib")
_BYTECODE = "__pycache__"
_LOADER = "importlib._bootstrap_external"
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
# Whoever asks another process or machine rests on what cannot be seen from here.
_BEYOND = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.")
_NOTED = ("open", "os.scandir", "os.listdir")
_ZONES = f"zoneinfo{os.sep}"
_MOST_YOUNG = 256


class Witness:
    """Sees what is read while it watches; afterwards tells it as marks and contents, or that it cannot be kept."""

    def __init__(self, root: str | None) -> None:
        self.marks: Marks = {}
        self.contents: Contents = {}
        self.unkept = False
        self._folders: set[str] = set()
        self._inside = root.rstrip(os.sep) + os.sep if root else "\0"
        self._watches = False

    def watch(self) -> None:
        """See what is read from now on."""
        self._watches = True
        _AT_WORK.append(self)

    def rest(self) -> None:
        """See no more; add what was looked at without being opened, and what the program itself is."""
        self._watches = False
        _AT_WORK.remove(self)
        self._try(self._look_around)

    def seen(self, event: str, details: tuple[Any, ...], whose: str | None) -> None:
        """Note what an event of the interpreter's tells; what is done for that is no event of the answer's."""
        if not self._watches:
            return
        self._watches = False
        if event == "open":
            self._try(self._opened, *details)
        elif event in ("os.scandir", "os.listdir") and whose != _LOADER:
            self._try(self._listed, details[0])
        elif event.startswith(_BEYOND):
            self.unkept = True
        self._watches = not self.unkept

    def _try(self, note: Callable[..., None], *details: Any) -> None:
        try:
            note(*details)
        except (Unkept, OSError):
            self.unkept = True

    def _opened(self, path: object, _: object, flags: int) -> None:
        if isinstance(path, int):
            return
        if not isinstance(path, str):
            raise Unkept(path)
        if _BYTECODE in path or path.endswith(_PROGRAM):
            return
        if flags & _WRITES:
            raise Unkept(path)
        self._note(path)

    def _listed(self, path: object) -> None:
        if not isinstance(path, str):
            raise Unkept(path)
        self._folders.add(path)
        self._note(path)

    def _note(self, path: str) -> None:
        """Note a file or folder; in the repository the folders above it as well, elsewhere where its links lead."""
        path = os.path.abspath(path)
        inside = path.startswith(self._inside)
        self._mark(path)
        if not inside:
            self._mark(os.path.realpath(path))
        while inside:
            if os.path.islink(path):
                raise Unkept(path)
            path = os.path.dirname(path)
            inside = path.startswith(self._inside) and path not in self.marks
            if inside:
                self._mark(path)

    def _mark(self, path: str) -> None:
        """Mark a file as it is before it is read: what is changed in between is not as marked."""
        if path in self.marks:
            return
        [self.marks[path]] = marks_of([path])
        if is_young(self.marks[path], time.time()):
            self.contents[path] = content(path)
            if len(self.contents) > _MOST_YOUNG:
                raise Unkept(path)

    def _look_around(self) -> None:
        """Note what has a part in the answer without having been opened, and forget what is noted twice."""
        # what is not there cannot come without a change of the folder above
        gone = [path for path, known in self.marks.items() if known is None and self.marks.get(os.path.dirname(path))]
        for path in gone:
            del self.marks[path]
        for folder in self._folders:
            _refuse_links(folder)
        for zone in {path.rpartition(_ZONES)[2] for path in self.marks if _ZONES in path}:
            for folder in TZPATH:
                self._note(os.path.join(folder, zone))
        for path in _program():
            self._mark(path)


# The interpreter never forgets whom it is to tell, so that one is told for all.
_AT_WORK: list[Witness] = []


def _tell(event: str, details: tuple[Any, ...]) -> None:
    for witness in _AT_WORK if event in _NOTED or event.startswith(_BEYOND) else ():
        witness.seen(event, details, sys._getframe(1).f_globals.get("__name__"))


sys.addaudithook(_tell)


def _program() -> list[str]:
    """Return the files of the modules that are ours, and of the packages that were installed for them."""
    loaded = {name: getattr(module, "__file__", None) or "" for name, module in list(sys.modules.items())}
    ours = [path for name, path in loaded.items() if name.partition(".")[0] == "oncall_cli"]
    others = [path for name, path in loaded.items() if "." not in name and "-packages" in path]
    return sorted(filter(None, {*ours, *others}))


def _refuse_links(folder: str) -> None:
    """Refuse a folder whose names may mean something else while it stays the same."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        if any(entry.is_symlink() for entry in entries):
            raise Unkept(folder)
