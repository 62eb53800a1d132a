"""The program under faults: one warm server of it, and runs that are told what shall go wrong."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from tests.faults.environment import plain_environment
from tests.faults.shim import Control, Fault, Order, build

_HERE = Path(__file__).parent
NOTHING = Order(Fault.COUNT)


class Ended(NamedTuple):
    """How a run of the program ended; a negative code is the signal that killed it."""

    code: int
    seconds: float
    out: str
    err: str

    @property
    def killed(self) -> bool:
        """Whether the fault killed it before it came to its own end."""
        return self.code == -signal.SIGKILL


class Program:
    """``oncall``, its files below a root watched by the shim."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.control = Control(folder / "control", root)
        shim = {"LD_PRELOAD": str(build(folder)), "FAULT_CONTROL": str(self.control.path)}
        self._server = subprocess.Popen(
            [sys.executable, str(_HERE / "server.py")],
            env={**plain_environment(), **_identity(folder), **shim},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> Program:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        self._server.communicate()

    def run(self, folder: Path, arguments: tuple[str, ...], order: Order = NOTHING, **environment: str) -> Ended:
        """Run a command line in a folder, with one fault to come, and wait for all that it started."""
        request = {"arguments": arguments, "folder": str(folder), "environment": environment}
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self.control.arm(order)
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        self.control.disarm()
        return Ended(**answer)


def _identity(folder: Path) -> dict[str, str]:
    """Tell git who the user is, as a machine's settings do."""
    settings = folder / "gitconfig"
    settings.write_text("[user]\n\tname = Carol\n\temail = carol@example.com\n", encoding="utf-8")
    return {"GIT_CONFIG_GLOBAL": str(settings)}
