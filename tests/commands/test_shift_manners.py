"""A command changes its own files and nothing else of the user's; a refusal changes nothing at all."""

from __future__ import annotations

import pytest

from tests.commands.shift_team import AFTER_BOB, BOB, CAROL, TEAM, TUESDAY, WEDNESDAY, WITH_CAROL
from tests.conftest import MakeTeam, Run, TeamFolder

NOTES = "rotations/people/jo.yaml"
STEPS = {
    "start": (AFTER_BOB, ("start",), TUESDAY),
    "log": (WITH_CAROL, ("log", "hello"), WEDNESDAY),
    "end": (WITH_CAROL, ("end",), WEDNESDAY),
}


def everything(made: TeamFolder) -> tuple[str, ...]:
    """Return what a user would see of the repository: history, index, work tree."""
    files = sorted(path for path in made.root.rglob("*") if path.is_file() and ".git" not in path.parts)
    texts = [f"{path.relative_to(made.root)}\n{path.read_text()}" for path in files]
    return (made.git("log", "--format=%H"), made.git("ls-files", "--stage"), *texts)


@pytest.mark.parametrize("step", STEPS)
def test_staged_edited_and_untracked_work_stays_as_it_was(team: MakeTeam, run: Run, step: str) -> None:
    files, arguments, now = STEPS[step]
    made = team(files, "carol@example.com")
    made.write({"oncall.yaml": "name: Renamed\n", NOTES: f"# edited\n{TEAM[NOTES]}", "scratch.txt": "mine\n"})
    made.git("add", "oncall.yaml")
    before = made.git("status", "--porcelain")
    assert before == f"M  oncall.yaml\n M {NOTES}\n?? scratch.txt\n"
    staged = made.git("diff", "--cached")
    assert run(*arguments, now=now).code == 0
    assert made.git("status", "--porcelain") == before
    assert made.git("diff", "--cached") == staged
    changed = made.git("show", "--format=", "--name-only").split()
    assert set(changed) <= {BOB, CAROL}


@pytest.mark.parametrize("step", STEPS)
def test_a_hook_that_refuses_leaves_everything_as_it_was(team: MakeTeam, run: Run, step: str) -> None:
    files, arguments, now = STEPS[step]
    made = team(files, "carol@example.com")
    hook = made.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not on a Tuesday' >&2\nexit 1\n")
    hook.chmod(0o755)
    before = everything(made)
    outcome = run(*arguments, now=now)
    assert (outcome.code, outcome.out) == (4, "")
    assert "not on a Tuesday" in outcome.err
    assert everything(made) == before
    hook.unlink()
    assert run(*arguments, now=now).code == 0


@pytest.mark.parametrize("step", ["log", "end"])
def test_a_hand_edit_of_the_shifts_file_is_kept_and_refused(team: MakeTeam, run: Run, step: str) -> None:
    files, arguments, now = STEPS[step]
    made = team(files, "carol@example.com")
    made.write({CAROL: files[CAROL] + "# by hand\n"})
    before = everything(made)
    outcome = run(*arguments, now=now)
    assert outcome.code == 1
    assert f"'{CAROL}' has changes that are not committed" in outcome.err
    assert everything(made) == before


def test_a_shifts_file_that_cannot_be_read_is_named_and_not_replaced(team: MakeTeam, run: Run) -> None:
    made = team({**AFTER_BOB, CAROL: "person: carol\nrole: primary\nstartet: never\n"}, "carol@example.com")
    outcome = run("start", now=TUESDAY)
    assert outcome.code == 5
    assert f"{CAROL}:3:1" in outcome.err
    assert made.git("log", "--format=%s") == "The team begins\n"


def test_an_invalid_rotation_is_named_and_others_still_work(team: MakeTeam, run: Run) -> None:
    broken = {"rotations/broken/rotation.yaml": "name: Broken\nhandof: {}\n"}
    team({**AFTER_BOB, **broken}, "carol@example.com")
    assert run("start", "broken", now=TUESDAY).code == 5
    outcome = run("start", "platform", now=TUESDAY)
    assert outcome.code == 0
    assert "rotations/broken/rotation.yaml:2:1: error" in outcome.err


def test_without_an_identity_nothing_is_written(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    made.git("config", "--unset", "user.email")
    before = everything(made)
    outcome = run("start", now=TUESDAY)
    assert outcome.code == 1
    assert "git config user.email" in outcome.err
    assert everything(made) == before
