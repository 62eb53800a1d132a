"""Git over the network: in a group of processes of its own, with an end to its time, never asking anybody."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from oncall_cli.repository.git import Git
from oncall_cli.repository.git_process import started

# what would wait for a person: a password on the terminal, in a window, or in a browser
_ASK_NOBODY = {"GIT_ASKPASS": "", "SSH_ASKPASS_REQUIRE": "never", "GCM_INTERACTIVE": "never"}
_SSH = "ssh -o BatchMode=yes -o ConnectTimeout={0} -o ServerAliveInterval={0} -o ServerAliveCountMax=2"
_WHO_SAYS = ("fatal: ", "error: ", "remote: ", "ssh: ")
_CREDENTIALS = re.compile(r"://[^/@\s]*@")
_TO_TIDY_UP = 0.3
_LEAST = 0.05


class Deadline:
    """The time by which something is to be over; waiting ends with it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """How many seconds are left, never less than none."""
        return max(0.0, self._end - time.monotonic())


class Ended(NamedTuple):
    """How a call ended, and what it said; no status when its time was up."""

    status: int | None
    out: str
    err: str

    @property
    def because(self) -> str:
        """Git's own words for what went wrong, in one line, without what a URL may say before its host."""
        lines = [line.strip() for line in self.err.splitlines()]
        told = [line for line in lines if line and not line.lower().startswith("warning")]
        words = told[0] if told else "git said nothing"
        for who in _WHO_SAYS:
            words = words.removeprefix(who)
        return _CREDENTIALS.sub("://", words)


def call(folder: Path, deadline: Deadline, holding: int, *words: str) -> Ended:
    """Call git, and end it with all its children when the time is up.

    The children keep ``holding``, the file of a lock, open: should we die, nobody starts where they go on.
    """
    git = _start(folder, deadline, holding, words)
    try:
        out, err = git.communicate(timeout=max(deadline.left, _LEAST))
        return Ended(git.returncode, _text(out), _text(err))
    except subprocess.TimeoutExpired:
        out, err = _end(git)
        return Ended(None, _text(out), _text(err))
    except BaseException:
        _end(git)
        raise


def _start(folder: Path, deadline: Deadline, holding: int, words: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return started(
        folder,
        *words,
        also={**_variables(folder, deadline), **_ASK_NOBODY},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=os.name != "nt",
        pass_fds=(holding,) if os.name != "nt" else (),
    )


def _variables(folder: Path, deadline: Deadline) -> dict[str, str]:
    """Return what the user may say otherwise: how long a silent connection is waited for."""
    patience = str(max(1, round(deadline.seconds)))
    ssh = {} if Git(folder).setting("core.sshCommand") else {"GIT_SSH_COMMAND": _SSH.format(patience)}
    ours = {"GIT_HTTP_LOW_SPEED_LIMIT": "1", "GIT_HTTP_LOW_SPEED_TIME": patience, **ssh}
    return {name: value for name, value in ours.items() if name not in os.environ}


def _end(git: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """End the whole group: git first gets the time to take its locks away."""
    for how, seconds in ((signal.SIGTERM, _TO_TIDY_UP), (getattr(signal, "SIGKILL", signal.SIGTERM), _TO_TIDY_UP)):
        _signal(git, how)
        try:
            return git.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            continue
    return b"", b""


def _signal(git: subprocess.Popen[bytes], how: signal.Signals) -> None:
    if os.name == "nt":
        git.kill()
        return
    try:
        os.killpg(git.pid, how)
    except ProcessLookupError:
        return


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
