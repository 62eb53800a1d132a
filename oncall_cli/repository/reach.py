"""Whether a remote answers, within seconds; only asked when somebody wants to know."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from oncall_cli.repository.git import Git
from oncall_cli.repository.git_process import started

_SECONDS = 5.0
_MOST = 200


def unreachable(git: Git, remote: str, seconds: float = _SECONDS) -> str | None:
    """Return why a remote cannot be reached; None when it answers."""
    # a session of its own: nothing in it can ask at our terminal, and all of it can be ended at once
    with started(
        git.folder,
        *("ls-remote", "--heads", "--quiet", "--", remote),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"no answer within {seconds:g} seconds"
    words = said.decode("utf-8", "replace").split("\n")
    return None if process.returncode == 0 else (words[0].strip() or "git does not say why")[:_MOST]


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
