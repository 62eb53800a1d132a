"""The shifts that run, found without reading the others: the same ones that reading all of them finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from oncall_cli.practice.shifts import is_running
from oncall_cli.repository.files import Overlay, WorkTree
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.running import running_shifts
from tests.conftest import MakeTeam, Run

ROTATION = 'name: Web\nhandoff: {every: 1 week, at: "monday 09:00"}\nroster: [{from: 2020-01-06, members: [al]}]\n'
HEAD = "person: al\nrole: primary\n"
BEGUN = f"{HEAD}started: 2026-11-16T09:00:00Z\n"
OVER = "ended: 2026-11-17T09:00:00Z\n"
SHIFTS = {
    "2026-11-01-al-primary": f"{BEGUN}{OVER}",
    "2026-11-02-al-primary": f"{BEGUN}{OVER}".replace("\n", "\r\n"),
    "2026-11-03-al-primary": f"{BEGUN}ended: '2026-11-17T09:00:00Z'\n",
    "2026-11-04-al-primary": f"{BEGUN}ended:   2026-11-17T09:00:00Z  # late\n",
    "2026-11-05-al-primary": "{person: al, role: primary, started: 2026-11-16T09:00Z, ended: 2026-11-17T09:00Z}\n",
    "2026-11-06-al-primary": BEGUN,
    "2026-11-07-al-primary": HEAD,
    "2026-11-08-al-primary": f"{BEGUN}summary: |\n  ended: 2026-11-17T09:00:00Z\n",
    "2026-11-09-al-primary": f"{BEGUN}# {OVER}",
    "2026-11-10-al-primary": f"{BEGUN}summary: |\n{'  a long text' * 500}\n{OVER}",
    "2025-12-31-al-primary": BEGUN,
    "2024-12-31-al-primary": BEGUN,
}
YEARS = (2025, 2026, 2027)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"oncall.yaml": "name: T\n", "rotations/web/rotation.yaml": ROTATION}
    files |= {f"rotations/web/shifts/{name[:4]}/{name}.yaml": text for name, text in SHIFTS.items()}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    return tmp_path


def test_they_are_those_that_reading_all_finds(root: Path) -> None:
    """On the disk, and through other files, as a commit has them."""
    slow = {shift.id for shift in TeamRepository(root).shifts("web", YEARS) if is_running(shift)}
    assert slow == {f"{day}-al-primary" for day in ("2025-12-31", "2026-11-06", "2026-11-08", "2026-11-09")}
    for read in (TeamRepository(root), TeamRepository(root, Overlay(WorkTree(root), {}))):
        assert {shift.id for shift in running_shifts(read, "web", YEARS)} == slow


def test_what_says_that_it_is_over_is_not_read_further(root: Path) -> None:
    """Those in brackets, or that say it far down, are."""
    read = TeamRepository(root)
    list(running_shifts(read, "web", YEARS))
    days = {Path(path).name[: len("2026-11-01")] for path in read.paths_read}
    assert not days & {"2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"}


def test_whose_shift_it_is_may_be_in_any_rotation(team: MakeTeam, run: Run) -> None:
    """Nobody has to name it to end the watch, to log or to tick off; what is over elsewhere is not looked at."""
    web = {f"rotations/web/shifts/2026/{name}.yaml": SHIFTS[name] for name in ("2026-11-01-al-primary",)}
    team(
        {
            "oncall.yaml": "name: T\n",
            "rotations/people/al.yaml": "name: Al\ngit_emails: [al@example.com]\n",
            "rotations/api/rotation.yaml": ROTATION.replace("Web", "API"),
            "rotations/api/shifts/2026/2026-11-16-al-primary.yaml": BEGUN,
            "rotations/web/rotation.yaml": ROTATION,
            **web,
            "rotations/web/shifts/2026/2026-11-02-al-primary.yaml": f"ended: 2026-11-03T09:00:00Z\nrole: [\n{BEGUN}",
        },
        "al@example.com",
    )
    now = "2026-11-18T12:00:00Z"
    logged = run("log", "All is well", now=now)
    ended = run("end", "-m", "Quiet", now=now)
    assert (logged.code, ended.code, "2026-11-02" in logged.err + ended.err) == (0, 0, False)
    assert "there is no watch to end" in run("end", "-m", "Quiet", now=now).err
