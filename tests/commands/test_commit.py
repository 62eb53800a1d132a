"""``oncall commit``: hand edits become commits once they are valid, and nothing is touched when they are not."""

from __future__ import annotations

import json

import pytest

from oncall_cli.repository.mark import mark_of
from tests.conftest import MakeTeam, Run, TeamFolder
from tests.repository.faults import leftovers
from tests.repository.records import ALICE, BOB, CAROL, COVER, TEAM
from tests.repository.test_commit import COVER_TEXT, everything, hook, state

ROTATION = "rotations/platform/rotation.yaml"
RUNBOOK = "runbooks/dns.md"
THREE = TEAM[ROTATION].replace("[alice, bob]", "[bob, alice]")


@pytest.fixture
def made(team: MakeTeam) -> TeamFolder:
    return team({**TEAM, RUNBOOK: "---\ntitle: DNS\n---\nLook at it.\n"})


def test_an_edit_of_a_rotation(made: TeamFolder, run: Run) -> None:
    """The plan is shown, the commit holds the file alone, and says which keys were edited."""
    made.write({ROTATION: THREE, BOB: "name: Robert\n"})
    made.git("add", BOB)
    found = run("commit", ROTATION)
    assert found.code == 0, found.err
    assert "hands" in found.out
    assert "Shifts that change hands" in found.out
    assert "Edit rotation platform by hand: roster" in found.err
    assert made.git("show", "--format=%s", "--name-only", "HEAD").split("\n") == [
        "Edit rotation platform by hand: roster",
        "",
        ROTATION,
        "",
    ]
    assert mark_of(made.git("log", "-1", "--format=%B"))
    assert made.git("status", "--porcelain") == f"M  {BOB}\n"
    assert leftovers(made.root) == []


@pytest.mark.parametrize("staged", [False, True])
def test_new_changed_and_deleted_files(made: TeamFolder, run: Run, staged: bool) -> None:
    """All of them in one commit, staged before or not; other files stay as they are."""
    made.write({COVER: COVER_TEXT, ALICE: "name: Alicia\ngit_emails: [alice@example.com]\n", "note.txt": "mine\n"})
    (made.root / RUNBOOK).unlink()
    if staged:
        made.git("add", COVER, ALICE, RUNBOOK)
    found = run("commit", COVER, ALICE, RUNBOOK)
    assert found.code == 0, found.err
    assert made.git("show", "--format=%s", "--name-status", "--no-renames", "HEAD").splitlines() == [
        "Edit 3 files by hand",
        "",
        f"M\t{ALICE}",
        f"A\t{COVER}",
        f"D\t{RUNBOOK}",
    ]
    assert f"Add {COVER}\nRemove {RUNBOOK}" in made.git("log", "-1", "--format=%b")
    assert made.git("status", "--porcelain") == "?? note.txt\n"


@pytest.mark.parametrize(
    ("files", "subject"),
    [
        ({CAROL: "name: Carol\n"}, "Add person carol by hand"),
        ({ALICE: "name: A\nnote: n\n"}, "Edit person alice by hand: name, note, git_emails"),
        ({"oncall.yaml": "name: Team\ntimezone: America/New_York\n"}, "Edit team by hand: name"),
        ({RUNBOOK: "---\ntitle: DNS\n---\nLook twice.\n"}, "Edit runbook dns by hand"),
        ({"README.md": "# Hello\n"}, "Add README.md by hand"),
    ],
    ids=str,
)
def test_the_subject_says_what_was_edited(made: TeamFolder, run: Run, files: dict[str, str], subject: str) -> None:
    made.write(files)
    found = run("commit", *files)
    assert found.code == 0, found.err
    assert made.git("log", "-1", "--format=%s").strip() == subject
    assert "Shifts" not in found.out


def test_a_file_that_is_as_it_was_is_in_no_commit(made: TeamFolder, run: Run) -> None:
    made.write({CAROL: "name: Carol\n"})
    assert run("commit", CAROL, BOB).code == 0
    assert made.git("show", "--format=%s", "--name-only", "HEAD") == f"Add person carol by hand\n\n{CAROL}\n"


def test_a_message_of_ones_own(made: TeamFolder, run: Run) -> None:
    made.write({CAROL: "name: Carol\n"})
    assert run("commit", CAROL, "-m", "Carol joins us\n\nFrom the other team.").code == 0
    message = made.git("log", "-1", "--format=%B")
    assert message.startswith("Carol joins us\n\nFrom the other team.\n\nOncall-Change: ")


def test_a_dry_run_shows_the_diff_and_the_plan(made: TeamFolder, run: Run) -> None:
    made.write({ROTATION: THREE})
    before = state(made)
    found = run("commit", ROTATION, "--dry-run")
    assert found.code == 0
    assert "Shifts that change hands" in found.out
    assert "-    members: [alice, bob]\n+    members: [bob, alice]" in found.out
    assert "The commit would say: Edit rotation platform by hand: roster" in found.out
    assert state(made) == before


def test_for_scripts(made: TeamFolder, run: Run) -> None:
    made.write({ROTATION: THREE})
    found = run("commit", ROTATION, "--json")
    data = json.loads(found.out)["data"]
    assert data["paths"] == [ROTATION]
    assert data["plan"]["changes"]
    assert made.git("rev-parse", "--short", "HEAD").strip() == data["commit"]
    made.write({RUNBOOK: "---\ntitle: DNS 2\n---\n"})
    assert json.loads(run("commit", RUNBOOK, "--json").out)["data"]["plan"] is None


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({ROTATION: "name: [\n"}, f"{ROTATION}:"),
        ({ROTATION: TEAM[ROTATION] + "nme: x\n"}, f"{ROTATION}:6:1: nothing is committed: unknown key 'nme'"),
        (
            {ROTATION: TEAM[ROTATION].replace("bob", "bab")},
            f"{ROTATION}:5:22: nothing is committed: there is no person",
        ),
        ({RUNBOOK: "no head\n"}, f"{RUNBOOK}:1:1: nothing is committed"),
        ({"rotations/people/Zoe.yaml": "name: Zoe\n"}, "rotations/people/Zoe.yaml:1:1: nothing is committed"),
    ],
    ids=["yaml", "key", "person", "runbook", "name"],
)
def test_what_is_invalid_is_refused_with_its_place(
    made: TeamFolder, run: Run, files: dict[str, str], words: str
) -> None:
    made.write(files)
    before = state(made)
    found = run("commit", *files)
    assert (found.code, found.out) == (5, "")
    assert words in found.err
    assert state(made) == before


def test_a_person_whom_others_name_cannot_be_removed(made: TeamFolder, run: Run) -> None:
    """The place is where the name stands."""
    (made.root / BOB).unlink()
    found = run("commit", BOB)
    assert found.code == 5
    assert f"{ROTATION}:5:22: nothing is committed: there is no person 'bob'" in found.err


def test_what_was_wrong_elsewhere_hinders_nobody(made: TeamFolder, run: Run) -> None:
    made.commit({"rotations/other/rotation.yaml": TEAM[ROTATION].replace("bob", "nobody-we-know")})
    made.write({CAROL: "name: Carol\n"})
    assert made.git("status", "--porcelain") == f"?? {CAROL}\n"
    assert run("commit", CAROL).code == 0
    assert made.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("file", "code", "words"),
    [
        (BOB, 1, "nothing would change"),
        ("absent.yaml", 1, "'absent.yaml' does not exist"),
        ("rotations", 1, "'rotations' is a folder"),
        ("../outside.yaml", 1, "'../outside.yaml' is no path inside the repository"),
        (".git/config", 1, "belongs to git itself"),
    ],
)
def test_what_cannot_be_committed(made: TeamFolder, run: Run, file: str, code: int, words: str) -> None:
    found = run("commit", file)
    assert found.code == code
    assert words in found.err


def test_files_are_named_from_where_one_stands(made: TeamFolder, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made.write({CAROL: "name: Carol\n"})
    monkeypatch.chdir(made.root / "rotations" / "platform")
    assert run("commit", "../people/carol.yaml").code == 0
    assert made.git("log", "-1", "--format=%s") == "Add person carol by hand\n"


def test_a_hook_that_refuses_leaves_the_edit(made: TeamFolder, run: Run) -> None:
    """The edit is the user's: it stays as it is, staged or not."""
    made.write({BOB: "name: Robert\n"})
    made.git("add", BOB)
    made.write({BOB: "name: Rob\n"})
    hook(made, "pre-commit", "echo 'not today' >&2; exit 1")
    before = state(made)
    found = run("commit", BOB)
    assert found.code == 4
    assert "not today" in found.err
    assert state(made) == before
    (made.root / ".git" / "hooks" / "pre-commit").unlink()
    assert run("commit", BOB).code == 0
    assert made.git("show", f"HEAD:{BOB}") == "name: Rob\n"
    assert made.git("status", "--porcelain") == ""


def test_the_refusal_of_another_command_leads_here(made: TeamFolder, run: Run) -> None:
    """What stands in the way of a command is committed by the one that it names."""
    made.write({ALICE: f"{TEAM[ALICE]}# by hand\n"})
    files = everything(made.root)
    asked = ("timeoff", "add", "alice", "--from", "2026-12-01", "--until", "2026-12-03")
    refused = run(*asked)
    assert f"oncall commit {ALICE}" in refused.err
    assert everything(made.root) == files
    assert run("commit", ALICE).code == 0
    assert run(*asked).code == 0
    assert made.git("status", "--porcelain") == ""


def test_the_very_first_files(made: TeamFolder, run: Run) -> None:
    """A team that begins by hand has no state to compare with, and needs none."""
    made.git("rm", "--quiet", "--cached", "-r", ".")
    made.git("commit", "--quiet", "--message", "Away with it")
    found = run("commit", *TEAM)
    assert found.code == 0, found.err
    assert made.git("show", "--format=%s", "HEAD", "--name-only").split("\n")[:2] == ["Add 4 files by hand", ""]
    assert made.git("status", "--porcelain") == f"?? {RUNBOOK.partition('/')[0]}/\n"
