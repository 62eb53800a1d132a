"""Both sides of a review: each object is asked for once, and only the records that differ are read."""

from __future__ import annotations

from collections import Counter

import pytest

from oncall_cli.repository.objects import Objects
from tests.commands.test_diff import NOW, TEAM, WHERE
from tests.conftest import MakeTeam, Run

INCIDENTS = {
    f"rotations/platform/incidents/2026/2026-10-{day:02d}-lag.yaml": f"title: Lag {day}\nseverity: sev3\n"
    for day in range(1, 29)
}
CHANGED = "rotations/platform/incidents/2026/2026-10-05-lag.yaml"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what git is asked for, and ask it."""
    names: Counter[str] = Counter()
    ask = Objects._ask

    def counted(objects: Objects, name: str) -> bytes:
        names[name] += 1
        return ask(objects, name)

    monkeypatch.setattr(Objects, "_ask", counted)
    return names


def test_each_blob_is_read_once_and_what_is_the_same_not_at_all(team: MakeTeam, run: Run, asked: Counter[str]) -> None:
    made = team({**TEAM, **INCIDENTS, "runbooks/a.md": "---\ntitle: A\n---\nA\n"})
    later = TEAM[WHERE].replace("dan]", "dan, erin]")
    made.commit({WHERE: later, CHANGED: "title: Lag 5\nseverity: sev1\n", "runbooks/b.md": "---\ntitle: B\n---\nB\n"})
    seen = run("diff", "HEAD~1...HEAD", now=NOW)
    assert seen.code == 0
    assert set(asked.values()) == {1}
    paths = {
        line.split("\t")[1]: line.split()[2]
        for side in ("HEAD~1", "HEAD")
        for line in made.git("ls-tree", "-r", side).splitlines()
        if line.split()[2] in asked
    }
    schedule = {path for path in TEAM if "runbooks" not in path}
    assert set(paths) == {*schedule, CHANGED, "runbooks/b.md"}
    # two files of the schedule and of the records are on both sides in two versions
    assert len(asked) == len(paths) + 2


def test_against_the_work_tree_only_what_git_calls_different_is_read(
    team: MakeTeam, run: Run, asked: Counter[str]
) -> None:
    made = team({**TEAM, **INCIDENTS})
    made.write({CHANGED: "title: Lag 5\nseverity: sev1\n"})
    seen = run("diff", "HEAD", now=NOW)
    assert "incident '2026-10-05-lag' of platform: severity: sev3 → sev1" in seen.out
    assert len(asked) == len(TEAM) + 1
