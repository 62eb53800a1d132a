"""Several clones write into one log and share it, while processes are killed and the remote comes and goes.

``python -m tests.faults.clones --clones 8 --records 25`` prints what was lost, doubled and left behind.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from tests.repository.clones import Clone, Remote, leftovers

PACKAGE = Path(__file__).parent.parent.parent
PEOPLE = ("alice", "bob", "carol", "dan", "erin", "frank", "grace", "heidi")
SHIFT = "rotations/platform/shifts/2026/2026-11-24-alice-primary.yaml"
NOON = 17 * 3600
ROTATION = """\
name: Platform
handoff: {every: 1 week, at: tuesday 09:00}
roster:
  - from: 2026-01-06
    members: [alice]
"""
BEGUN = """\
person: alice
role: primary
started: 2026-11-24T09:00:00Z
log:
  - at: 2026-11-24T09:00:00Z
    by: alice
    text: On duty
"""


class Storm(NamedTuple):
    """How many write how much and how fast, and how much of it goes wrong."""

    clones: int = 8
    records: int = 25
    seconds: float = 1.0
    kills: float = 0.25
    outages: bool = True
    seed: int = 1


class Aftermath(NamedTuple):
    """What is left when all is calm again."""

    acknowledged: int
    killed: int
    lost: list[str]
    doubled: list[str]
    equal: bool
    left: list[str]
    pushes: int
    failed: list[str]

    @property
    def pushes_a_record(self) -> float:
        """How often a record was pushed on average."""
        return self.pushes / max(1, self.acknowledged)

    def text(self) -> str:
        """Return the figures."""
        return (
            f"{self.acknowledged} records acknowledged, {self.killed} processes killed\n"
            f"lost: {len(self.lost)}, doubled: {len(self.doubled)}, clones equal: {'yes' if self.equal else 'NO'}\n"
            f"left behind: {', '.join(self.left) or 'nothing'}; failed: {len(self.failed)} {self.failed[:2]}\n"
            f"pushes a record: {self.pushes_a_record:.2f}"
        )


def team() -> dict[str, str]:
    """The files of a team in whose one shift all write."""
    people = {
        f"rotations/people/{name}.yaml": f"name: {name.title()}\ngit_emails: [{name}@example.com]\n" for name in PEOPLE
    }
    return {"oncall.yaml": "name: Platform\n", "rotations/platform/rotation.yaml": ROTATION, SHIFT: BEGUN, **people}


class Writer(Thread):
    """One person at a clone, who logs line after line."""

    def __init__(self, clone: Clone, name: str, storm: Storm, trace: Path) -> None:
        super().__init__()
        self.clone = clone
        self.person = name
        self.storm = storm
        self.trace = trace
        self.chance = random.Random(f"{storm.seed} {name}")
        self.acknowledged: list[str] = []
        self.failed: list[str] = []
        self.killed = 0

    def run(self) -> None:
        """Write all lines, each at its second or later."""
        begun = time.monotonic()
        for number in range(self.storm.records):
            Event().wait(max(0.0, begun + number * self.storm.seconds - time.monotonic()))
            text = f"{self.person} {number}"
            kill_after = self.chance.uniform(0.05, 2.0) if self.chance.random() < self.storm.kills else None
            self._log(number, text, kill_after)

    def _log(self, number: int, text: str, kill_after: float | None) -> None:
        hour, rest = divmod(NOON + number * 20 + PEOPLE.index(self.person), 3600)
        now = f"2026-11-24T{hour:02d}:{rest // 60:02d}:{rest % 60:02d}Z"
        started = call(self.clone, self.trace, "log", "--push", text, now=now)
        try:
            _, said = started.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            _, said = started.communicate()
            self.killed += 1
        if "\nUndo: " in said.decode():
            self.acknowledged.append(text)
        elif started.returncode != -signal.SIGKILL:
            self.failed.append(said.decode())


class Weather(Thread):
    """A remote that is away, refuses, or hangs for a while, again and again."""

    def __init__(self, remote: Remote, seed: int) -> None:
        super().__init__()
        self.remote = remote
        self.chance = random.Random(seed)
        self.calm = Event()

    def run(self) -> None:
        """Let one thing after the other go wrong until it is to be calm."""
        while not self.calm.wait(self.chance.uniform(1, 4)):
            self.chance.choice((self._away, self._refusing, self._hanging))(self.chance.uniform(0.5, 3))

    def _away(self, seconds: float) -> None:
        away = self.remote.bare.with_name("away.git")
        self.remote.bare.rename(away)
        self.calm.wait(seconds)
        away.rename(self.remote.bare)

    def _refusing(self, seconds: float) -> None:
        self._with_hook("exit 1", seconds)

    def _hanging(self, seconds: float) -> None:
        self._with_hook("sleep 4", seconds)

    def _with_hook(self, text: str, seconds: float) -> None:
        self.remote.hook("pre-receive", text)
        self.calm.wait(seconds)
        self.remote.hook("pre-receive", "")


def call(clone: Clone, trace: Path, *words: str, now: str) -> subprocess.Popen[bytes]:
    """Start the program in a clone, in a group of its own."""
    variables = {
        "ONCALL_NOW": now,
        "PYTHONPATH": str(PACKAGE),
        "GIT_TRACE": str(trace),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "oncall_cli", *words],
        cwd=clone.root,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def weather_and_writers(folder: Path, storm: Storm) -> Aftermath:
    """Let the storm pass over a remote and its clones in a folder, and look at what is left."""
    remote = Remote(folder, team())
    trace = folder / "trace"
    writers = [Writer(remote.clone(name), name, storm, trace) for name in PEOPLE[: storm.clones]]
    weather = Weather(remote, storm.seed)
    if storm.outages:
        weather.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    weather.calm.set()
    if storm.outages:
        weather.join()
    failed = quiet_syncs([writer.clone for writer in writers], trace)
    return aftermath(remote, writers, trace, failed)


def quiet_syncs(clones: Sequence[Clone], trace: Path) -> list[str]:
    """Share once from each clone, so that all is upstream, and once more, so that all is everywhere."""
    failed = []
    for clone in [*clones, *clones]:
        started = call(clone, trace, "sync", now="2026-11-24T20:00:00Z")
        out, err = started.communicate(timeout=120)
        failed += [(out + err).decode()] if started.returncode else []
    return failed


def aftermath(remote: Remote, writers: Sequence[Writer], trace: Path, failed: list[str]) -> Aftermath:
    """Count what there is of what was acknowledged."""
    text = remote.git("show", f"main:{SHIFT}")
    counted = Counter(line.partition("text: ")[2] for line in text.splitlines() if "text: " in line)
    acknowledged = [one for writer in writers for one in writer.acknowledged]
    tips = {writer.clone.tip() for writer in writers} | {remote.git("rev-parse", "main").strip()}
    files = {writer.clone.read(SHIFT) for writer in writers} | {text}
    unclean = [writer.clone.git("status", "--porcelain").strip() for writer in writers]
    lines = trace.read_text("utf-8", "replace").splitlines()
    return Aftermath(
        len(acknowledged),
        sum(writer.killed for writer in writers),
        [one for one in acknowledged if counted[one] == 0],
        [one for one, times in counted.items() if times > 1],
        len(tips) == len(files) == 1,
        [
            *(f"{writer.person}: {one}" for writer in writers for one in leftovers(writer.clone)),
            *(one for one in unclean if one),
        ],
        sum("built-in: git push " in line for line in lines),
        [*failed, *(one for writer in writers for one in writer.failed)],
    )


def main() -> int:
    """Run a storm by the numbers on the command line, and print what is left."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in Storm()._asdict().items():
        if isinstance(default, bool):
            parser.add_argument(f"--no-{name}", dest=name, action="store_false")
        else:
            parser.add_argument(f"--{name}", type=type(default), default=default)
    storm = Storm(**vars(parser.parse_args()))
    with tempfile.TemporaryDirectory() as folder:
        left = weather_and_writers(Path(folder), storm)
    print(storm)
    print(left.text())
    return bool(left.lost or left.doubled or left.left or left.failed or not left.equal)


if __name__ == "__main__":
    sys.exit(main())
