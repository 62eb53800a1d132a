"""Runs the program again and again, each time in a fresh fork of one that has imported everything.

    FAULT_CONTROL=... LD_PRELOAD=.../shim.so python tests/faults/server.py

One request on a line of standard input, one answer on a line of standard output. The program runs as the first of
a process group of its own, and is answered for when it and all that it started have ended.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from typing import IO, Any

from oncall_cli.commands.entry import Entry
from oncall_cli.commands.table import COMMANDS

_PR_SET_CHILD_SUBREAPER = 36
_LONGEST = 60


def import_everything() -> None:
    """Pay for the imports once; what is left of a run is what the program does."""
    import_module("oncall_cli.app")
    for module in sorted({entry.module for entry in _entries(COMMANDS) if entry.module}):
        import_module(f"oncall_cli.commands.{module}")
    gc.freeze()


def _entries(table: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in table:
        yield entry
        yield from _entries(entry.commands)


def serve() -> None:
    """Answer requests until there are no more."""
    # What the program leaves running becomes our child, so that its end is waited for as well.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Run one command line; tell how it ended, what it printed and how long it took."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.perf_counter()
        child = os.fork()
        if child == 0:
            _become_the_program(request, out, err)
        code, seconds = _wait_for_all(child, begin)
        return {"code": code, "seconds": seconds, "out": _text(out), "err": _text(err)}


def _become_the_program(request: dict[str, Any], out: IO[bytes], err: IO[bytes]) -> None:
    code = 70
    try:
        os.setpgid(0, 0)
        signal.alarm(_LONGEST)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.environ.update(request["environment"])
        os.chdir(request["folder"])
        code = import_module("oncall_cli.app").run(request["arguments"])
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _wait_for_all(child: int, begin: float) -> tuple[int, float]:
    code, seconds = 0, 0.0
    while True:
        try:
            ended, status = os.wait()
        except ChildProcessError:
            return code, seconds
        if ended == child:
            code, seconds = os.waitstatus_to_exitcode(status), time.perf_counter() - begin


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


if __name__ == "__main__":
    import_everything()
    serve()
