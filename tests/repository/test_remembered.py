"""What is remembered of the history never shows: every answer is that of reading all of it."""

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
ASKED: tuple[tuple[str, ...], ...] = (
    (),
    ("agenda",),
    ("request", "list"),
    ("--json",),
    ("agenda", "--json"),
    ("check", "--json"),
)
LATER = (NOW, NOW, "2026-11-20T10:00:01Z", "2026-11-21T00:30:00Z", "2027-03-02T10:00:00Z")
RECORDS = [path for path in TEAM if path.count("/") == 4]
CHANGES = (
    ("status: resolved", "status: mitigated"),
    ("status: closed", "status: deferred"),
    ("status: closed", "status: dosed"),
    ("status: resolved", "status: RESOLVED"),
    ("ended: ", "# ended: "),
    ("severity: sev3", "severity: sev1"),
    ("runbook: ", "review: {state: in review, due: 2026-01-02}\nrunbook: "),
    ("runbook: ", "# oncall: ignore[E203] it was lost\nrunbook: un"),
    ("status: closed", "status: open"),
    ("title: ", "title:   "),
    ("by: p", "by: q"),
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


def rename_somebody(root: Path, chance: random.Random) -> None:
    """Take away a person or a runbook that records name, or put it back."""
    path = chance.choice(("rotations/people/p1.yaml", "runbooks/api.md"))
    if (root / path).exists():
        (root / path).unlink()
    else:
        (root / path).write_text(TEAM[path], encoding="utf-8")


def put_beside(root: Path, chance: random.Random) -> None:
    """Put a page that leads somewhere, a record of the wrong name, or a stray file beside a record."""
    beside = root / chance.choice(RECORDS)
    if not beside.parent.is_dir():
        return
    goal = chance.choice(RECORDS)
    page = f"[one](/{goal}) [another](/runbooks/api.md#gone)\n"
    name, said = chance.choice((("2026-x.yaml", "title: A\n"), ("notes.txt", "token: a1" * 20), ("review.md", page)))
    (beside.parent / name).write_text(said, encoding="utf-8")


def move_zone(root: Path, chance: random.Random) -> None:
    """Let a rotation live elsewhere, or make its own file invalid."""
    path = "rotations/r0/rotation.yaml"
    zone = chance.choice(("Asia/Tokyo", "America/New_York", "Nowhere"))
    (root / path).write_text(TEAM[path].replace("timezone: America/New_York", f"timezone: {zone}"), encoding="utf-8")


def spoil_memory(root: Path, chance: random.Random) -> None:
    """Damage what is remembered, or forget it."""
    file = root / ".git" / "oncall" / chance.choice(("finished.json", "looked-over.json"))
    if file.exists():
        said = file.read_text("utf-8")
        file.write_text(chance.choice(("", "[]", "{}", said[: len(said) // 2], "[1, 2]", '["x", {}]')), "utf-8")


STEPS: tuple[Callable[[Path, random.Random], None], ...] = (
    *(edit, edit, edit, edit_with_the_old_time, remove, move_over, set_policy),
    *(rename_somebody, put_beside, move_zone, spoil_memory),
)


@pytest.mark.parametrize("seed", range(3))
def test_the_answer_is_that_of_reading_everything(team: MakeTeam, run: Run, seed: int) -> None:
    """Through edits in place, of the same size and with the old time, renames, deletions, other rules, damage."""
    made, chance = team(TEAM, email="p0@example.com"), random.Random(seed)
    for _ in range(6):
        time.sleep(0.02)
        now = chance.choice(LATER)
        for asked in ASKED:
            assert run(*asked, now=now) == run(*asked, now=now, ONCALL_NO_CACHE="1"), asked
        for step in chance.choices(STEPS, k=chance.randint(1, 3)):
            step(made.root, chance)


def opened(run: Run, monkeypatch: pytest.MonkeyPatch, made: TeamFolder, *asked: str) -> set[str]:
    """Return the requests that a command opens, by default `oncall request list`."""
    from oncall_cli.repository.files import WorkTree

    seen: set[str] = set()
    read = WorkTree.read

    def told(files: WorkTree, path: str) -> bytes | None:
        seen.add(path)
        return read(files, path)

    with monkeypatch.context() as patched:
        patched.setattr(WorkTree, "read", told)
        run(*(asked or ("request", "list")), now=NOW)
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


def test_a_second_check_opens_what_has_changed(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what is not finished; of the rest it knows what the first one found."""
    made = team(TEAM, email="p0@example.com")
    requests = {path for path in RECORDS if "/requests/" in path}
    waiting = {path for path in requests if "status: closed" not in TEAM[path]}
    time.sleep(0.02)
    assert opened(run, monkeypatch, made, "check") == requests
    assert opened(run, monkeypatch, made, "check") == waiting
    changed = sorted(requests - waiting)[0]
    made.write({changed: TEAM[changed].replace("title: ", "titel: ")})
    of_rotation = {path for path in requests if path.startswith("/".join(changed.split("/")[:3]))}
    assert opened(run, monkeypatch, made, "check") == waiting | of_rotation


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
