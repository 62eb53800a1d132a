"""The shim as Python sees it: built by the machine's compiler, ordered about and read through one shared file."""

from __future__ import annotations

import mmap
import shutil
import struct
import subprocess
import sys
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("shim.c")

# `struct control` of shim.c: the order, the folder, the calls.
_ORDER = struct.Struct("8I")
_ROOT = 1024
_CALL = 192
_MOST_CALLS = 8192
_CALLS_AT = _ORDER.size + _ROOT
_SIZE = _CALLS_AT + _CALL * _MOST_CALLS
_COUNT_AT = 5 * 4
_WRITES = 2


class Fault(IntEnum):
    """What the shim does at a call."""

    COUNT = 0
    KILL = 1
    KILL_AFTER = 2
    TEAR = 3
    FAIL = 4
    KILL_PROGRAM = 5
    KILL_ONE = 6


class Order(NamedTuple):
    """One fault: what happens, at which call, and for a failing call with which error and whether for good."""

    fault: Fault
    at: int = 0
    error: int = 0
    sticky: bool = False


class Call(NamedTuple):
    """A call that changes files: who made it, what it did to which path, and whether it writes bytes."""

    text: str
    writes: bool


def missing() -> str:
    """Return why the shim cannot be built here, nothing where it can."""
    if not sys.platform.startswith("linux"):
        return "calls are caught by LD_PRELOAD, which this system has not got"
    return "" if _compiler() else "there is no C compiler"


def _compiler() -> str | None:
    return shutil.which("cc") or shutil.which("gcc")


def build(folder: Path) -> Path:
    """Compile the shim into a folder."""
    library = folder / "shim.so"
    words = [str(_compiler()), "-shared", "-fPIC", "-O1", "-U_FORTIFY_SOURCE", "-o", library, SOURCE, "-ldl"]
    subprocess.run(words, check=True)
    return library


class Control:
    """The file through which the shim gets its order and tells what was called."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        path.write_bytes(bytes(_SIZE))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _SIZE)
        name = str(root.resolve()).encode()
        self._map[_ORDER.size : _ORDER.size + len(name)] = name

    def arm(self, order: Order) -> None:
        """Begin to count, from nothing, with a fault to come."""
        armed = (1, order.fault, order.error, order.at, order.sticky, 0, 0, 0)
        self._map[: _ORDER.size] = _ORDER.pack(*armed)

    def disarm(self) -> None:
        """Let every call pass uncounted."""
        self._map[:4] = bytes(4)

    def count(self) -> int:
        """Return how many calls there were."""
        return int(struct.unpack_from("I", self._map, _COUNT_AT)[0])

    def call(self, number: int) -> Call:
        """Return the call of a number, which counts from one."""
        kind, text = struct.unpack_from(f"B{_CALL - 1}s", self._map, _CALLS_AT + _CALL * (number - 1))
        return Call(text.partition(b"\0")[0].decode("utf-8", "replace"), bool(kind & _WRITES))
