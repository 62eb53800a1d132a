"""What is remembered of finished records never shows: every answer is that of reading them all."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from oncall_cli.repository import memory
from tests.benchmarks.team import NOW, Size, team_files
from tests.conftest import MakeTeam, Run, TeamFolder

TEAM = {**dict(team_files(Size(rotations=2, years=2, records=40)))}
ASKED: tuple[tuple[str, ...], ...] = ((), ("agenda",), ("request", "list"), ("--json",), ("agenda", "--json"))
RECORDS = [path for path in TEAM if path.count("/") == 4]
CHANGES = (
    ("status: resolved", "status: mitigated"),
    ("status: closed", "status: deferred"),
    ("status: closed", "status: dosed"),
    ("status: resolved", "status: RESOLVED"),
    ("ended: ", "# ended: "),
    ("severity: sev3", "severity: sev1"),
    ("runbook: ", "review: {state: in review, due: 2026-01-02}\nrunbook: "),
    ("runbook: ", "actions:\n  - title: Look again\n    due: 2026-02-03\nrunbook: "),
)


@pytest.fixture(autouse=True)
def a_fine_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember what was written a moment ago, on a disk that counts in hundredths of a second."""
    monkeypatch.setattr(memory, "_COARSE", 10_000_000)


def edit(root: Path, chance: random.Random) -> None:
    """Change a record in place, without a word about it to git, or put back what it was."""
    path = chance.choice(RECORDS)
    old, new = chance.choice(CHANGES)
    text = TEAM[path].replace(old, new) if chance.random() < 0.8 else TEAM[path]
    (root / path).write_text(text, encoding="utf-8")


def edit_with_the_old_time(root: Path, chance: random.Random) -> None:
    """Change a record to another of the same size, and set its time back."""
    path = chance.choice([path for path in RECORDS if "status: closed" in TEAM[path]])
    before = (root / path).stat() if (root / path).exists() else None
    (root / path).write_text(TEAM[path].replace("status: closed", "status: opened"), encoding="utf-8")
    if before:
        os.utime(root / path, ns=(before.st_atime_ns, before.st_mtime_ns))


def remove(root: Path, chance: random.Random) -> None:
    """Take a record away."""
    (root / chance.choice(RECORDS)).unlink(missing_ok=True)


def move_over(root: Path, chance: random.Random) -> None:
    """Let one record take the place of another of the same kind."""
    one, other = chance.sample([path for path in RECORDS if "/requests/" in path], 2)
    if (root / one).exists():
        os.replace(root / one, root / other)


def set_policy(root: Path, chance: random.Random) -> None:
    """Ask for reviews otherwise than before."""
    said = chance.choice(("", "policy: {review_after: 1 minute}\n", "policy: {review_after: 3 hours}\n"))
    (root / "oncall.yaml").write_text(TEAM["oncall.yaml"] + said, encoding="utf-8")


def spoil_memory(root: Path, chance: random.Random) -> None:
    """Damage what is remembered, or forget it."""
    file = root / ".git" / "oncall" / "finished.json"
    if file.exists():
        said = file.read_text("utf-8")
        file.write_text(chance.choice(("", "[]", "{}", said[: len(said) // 2], "[1, 2]", '["x", {}]')), "utf-8")


STEPS: tuple[Callable[[Path, random.Random], None], ...] = (
    *(edit, edit, edit, edit_with_the_old_time, remove, move_over, set_policy, spoil_memory),
)


@pytest.mark.parametrize("seed", range(4))
def test_the_answer_is_that_of_reading_everything(team: MakeTeam, run: Run, seed: int) -> None:
    """Through edits in place, of the same size and with the old time, renames, deletions, other rules, damage."""
    made, chance = team(TEAM, email="p0@example.com"), random.Random(seed)
    for _ in range(8):
        time.sleep(0.02)
        for asked in ASKED:
            assert run(*asked, now=NOW) == run(*asked, now=NOW, ONCALL_NO_CACHE="1"), asked
        for step in chance.choices(STEPS, k=chance.randint(1, 3)):
            step(made.root, chance)


def opened(run: Run, monkeypatch: pytest.MonkeyPatch, made: TeamFolder) -> set[str]:
    """Return the records that `oncall request list` opens."""
    from oncall_cli.repository.files import WorkTree

    seen: set[str] = set()
    read = WorkTree.read

    def told(files: WorkTree, path: str) -> bytes | None:
        seen.add(path)
        return read(files, path)

    with monkeypatch.context() as patched:
        patched.setattr(WorkTree, "read", told)
        run("request", "list", now=NOW)
    assert made.root.exists()
    return {path for path in seen if "/requests/" in path}


def test_the_finished_ones_are_not_opened(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what was open is, and all of a folder in which anything has changed."""
    made = team(TEAM, email="p0@example.com")
    requests = {path for path in RECORDS if "/requests/" in path}
    waiting = {path for path in requests if "status: closed" not in TEAM[path]}
    assert waiting
    time.sleep(0.02)
    assert opened(run, monkeypatch, made) == requests
    assert opened(run, monkeypatch, made) == waiting
    changed = sorted(requests - waiting)[0]
    made.write({changed: TEAM[changed].replace("status: closed", "status: deferred")})
    beside = {path for path in requests if path.rpartition("/")[0] == changed.rpartition("/")[0]}
    assert opened(run, monkeypatch, made) == waiting | beside


def test_what_was_written_just_now_is_not_remembered(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be written again within the same tick of the disk's clock."""
    monkeypatch.setattr(memory, "_COARSE", 10**12)
    made = team(TEAM, email="p0@example.com")
    assert opened(run, monkeypatch, made) == opened(run, monkeypatch, made)


def test_a_disk_that_may_not_be_written_gives_the_same_answer(team: MakeTeam, run: Run) -> None:
    """A file in the way of the folder is such a disk also for root."""
    made = team(TEAM, email="p0@example.com")
    (made.root / ".git" / "oncall").write_text("in the way", encoding="utf-8")
    time.sleep(0.02)
    assert run("agenda", now=NOW) == run("agenda", now=NOW, ONCALL_NO_CACHE="1")
