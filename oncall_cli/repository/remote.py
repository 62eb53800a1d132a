"""Fetch and push, within the time there is; what becomes of them is a value, for nobody's record depends on it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import NamedTuple

from oncall_cli.repository.git import Git
from oncall_cli.repository.network import Deadline, Ended, call
from oncall_cli.repository.upstream import Upstream

# Reasons that the next attempt may not meet: somebody else was faster.
_RACED = (
    "fetch first",
    "non-fast-forward",
    "stale info",
    "cannot lock ref",
    "failed to update ref",
    "incorrect old",
    "already exists",
)

_ABSENT = "couldn't find remote ref"


class Fetched(NamedTuple):
    """The upstream's tip; or why it is not known."""

    tip: str | None
    why: str = ""
    absent: bool = False
    """Whether the remote can be reached and has no such branch."""


class Push(Enum):
    """What became of a push."""

    DONE = "done"
    RACED = "raced"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Pushed(NamedTuple):
    """What became of a push, and in which words the remote refused it."""

    how: Push
    why: str = ""


class Remote:
    """One upstream branch, talked to under the lock of ``syncing``, which git's processes keep open too."""

    def __init__(self, git: Git, upstream: Upstream, common_dir: Path, deadline: Deadline, holding: int) -> None:
        self._git = git
        self._upstream = upstream
        self._common_dir = common_dir
        self._deadline = deadline
        self._holding = holding

    def fetch(self) -> Fetched:
        """Fetch the upstream's tip into its private ref."""
        up = self._upstream
        # Nobody but the holder of our lock writes this ref: a lock on it is that of a dead process.
        (self._common_dir / f"{up.seen}.lock").unlink(missing_ok=True)
        quiet = ("--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-auto-gc")
        # without a filter, so that a partial clone has all that is to be merged when the network is done with
        alone = ("--no-recurse-submodules", "--refmap=", "--no-filter")
        ended = self._call("fetch", *quiet, *alone, "--", up.remote, f"+{up.branch}:{up.seen}")
        if ended.status == 0:
            return Fetched(self._git.tell("rev-parse", "--verify", f"{up.seen}^{{commit}}").strip())
        if ended.status is None:
            return Fetched(None, self._no_answer())
        if _ABSENT in ended.err:
            return Fetched(None, f"'{up.remote}' has no such branch", absent=True)
        return Fetched(None, f"'{up.remote}' cannot be reached: {ended.because}")

    def push(self, commit: str) -> Pushed:
        """Make a commit the upstream's tip, if it goes on from there; never by force."""
        up = self._upstream
        quiet = ("--porcelain", "--no-follow-tags", "--recurse-submodules=no")
        ended = self._call("push", *quiet, "--", up.remote, f"{commit}:{up.branch}")
        if ended.status == 0:
            return Pushed(Push.DONE)
        if ended.status is None:
            return Pushed(Push.UNKNOWN, self._no_answer())
        said = next((line for line in ended.out.splitlines() if line.startswith("!")), "")
        reason = said.rpartition("\t")[2]
        if any(part in reason for part in _RACED):
            return Pushed(Push.RACED, f"others were faster: {reason}")
        if not said:
            return Pushed(Push.UNKNOWN, f"'{up.remote}' cannot be reached: {ended.because}")
        told = [line.removeprefix("remote:").strip() for line in ended.err.splitlines() if line.startswith("remote:")]
        words = " / ".join(line for line in told if line)
        return Pushed(Push.REFUSED, f"'{up.remote}' refused: {reason}{f' ({words})' if words else ''}")

    def _call(self, *words: str) -> Ended:
        return call(self._git.folder, self._deadline, self._holding, *words)

    def _no_answer(self) -> str:
        return f"'{self._upstream.remote}' did not answer within {self._deadline.seconds:g} s"
