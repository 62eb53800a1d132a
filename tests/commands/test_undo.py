"""`oncall undo`: a new commit takes back one of oncall's, and nothing of anybody else's."""

from __future__ import annotations

import json

import pytest

from tests.commands.shift_team import CAROL, TEAM, WITH_CAROL
from tests.conftest import MakeTeam, Run, TeamFolder

NOW = "2026-11-18T15:00:00Z"
ALICE = "rotations/people/alice.yaml"
BOB = "rotations/people/bob.yaml"
ROTATION = "rotations/platform/rotation.yaml"
COVER = ("cover", "--for", "bob", "--by", "jo", "--shift", "2026-12-01")


def act(run: Run, *words: str, now: str = NOW) -> None:
    outcome = run(*words, now=now)
    assert outcome.code == 0, outcome.err


def undo(run: Run, *words: str, now: str = NOW) -> tuple[int, str, str]:
    return run("undo", *words, now=now)


def subject(made: TeamFolder, revision: str = "HEAD") -> str:
    return made.git("log", "-1", "--format=%s", revision).strip()


def off(run: Run, first: str, person: str = "alice") -> None:
    """Have a day off written into somebody's file."""
    act(run, "timeoff", "add", "--from", f"2027-03-{first}", "--until", "2027-03-09", "--as", person)


@pytest.fixture
def covered(team: MakeTeam, run: Run) -> TeamFolder:
    """A team in which alice has had a time off written."""
    made = team(TEAM)
    off(run, "02")
    return made


def test_the_last_change_is_taken_back(team: MakeTeam, run: Run) -> None:
    """The tree is what it was, by a new commit; the plan, what was taken back and the way back are told."""
    made = team(TEAM)
    before = made.git("rev-parse", "HEAD^{tree}")
    act(run, "take", "platform", "--as", "alice")
    sha = made.git("rev-parse", "HEAD").strip()
    code, out, err = undo(run)
    assert code == 0
    assert made.git("rev-parse", "HEAD^{tree}") == before
    assert made.git("rev-parse", "HEAD~1").strip() == sha
    assert subject(made) == 'Undo "alice takes over from carol on platform (primary)"'
    assert f"\n\nThis takes back commit {sha}\nby Alice, 20" in made.git("log", "-1", "--format=%B")
    assert "Wed 18 Nov 10:00" in out
    assert "Alice → Carol" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert f"Taken back: commit {sha[:9]} of Alice, " in out
    assert "Undo: oncall undo\n" in err
    assert made.git("status", "--porcelain") == ""


def test_to_and_fro(covered: TeamFolder, run: Run) -> None:
    """Taking an undo back does it again, and so on."""
    said = subject(covered)
    with_it, without = (covered.git("rev-parse", f"{name}^{{tree}}") for name in ("HEAD", "HEAD~1"))
    for verb, tree in (("Undo", without), ("Redo", with_it), ("Undo", without)):
        assert undo(run)[0] == 0
        assert subject(covered) == f'{verb} "{said}"'
        assert covered.git("rev-parse", "HEAD^{tree}") == tree


def test_a_dry_run_writes_nothing(covered: TeamFolder, run: Run) -> None:
    head = covered.git("rev-parse", "HEAD")
    code, out, _ = undo(run, "--dry-run")
    assert code == 0
    assert "Nothing is written. The commit would say: Undo " in out
    assert "-time_off:\n" in out
    assert (covered.git("rev-parse", "HEAD"), covered.git("status", "--porcelain")) == (head, "")


def test_for_a_script(covered: TeamFolder, run: Run) -> None:
    sha = covered.git("rev-parse", "HEAD").strip()
    data = json.loads(undo(run, "--json")[1])["data"]
    assert (data["undone"]["commit"], data["undone"]["person"]) == (sha, "alice")
    assert data["commit"] == covered.git("rev-parse", "--short", "HEAD").strip()
    assert (data["paths"], data["plan"]["changes"]) == ([ALICE], [])
    code, out, err = undo(run, "HEAD~2", "--json")
    assert (code, out, json.loads(err)["error"]["code"]) == (1, "", "refused")


def test_the_users_own_commits_and_files_stay(covered: TeamFolder, run: Run) -> None:
    """A commit by hand upon it, staged, edited and unknown files are no obstacle and stay as they are."""
    covered.commit({BOB: TEAM[BOB] + "timezone: Europe/Berlin\n"}, "By hand")
    covered.write({"rotations/people/jo.yaml": "name: Joanna\n", "runbooks/new.md": "draft"})
    covered.git("add", "rotations/people/jo.yaml")
    status = covered.git("status", "--porcelain")
    assert undo(run)[0] == 0
    assert covered.read(ALICE) == TEAM[ALICE]
    assert covered.read(BOB).endswith("Berlin\n")
    assert covered.git("status", "--porcelain") == status
    assert subject(covered, "HEAD~1") == "By hand"


def test_another_one_is_named(covered: TeamFolder, run: Run) -> None:
    """An earlier commit, by any name that git has for it."""
    off(run, "03", "bob")
    assert undo(run, "HEAD~1")[0] == 0
    assert covered.read(ALICE) == TEAM[ALICE]
    assert "2027-03-03" in covered.read(BOB)
    code, _, err = undo(run, covered.git("rev-parse", "--short", "HEAD~2").strip())
    assert code == 1
    assert "nothing is left of commit" in err


def test_what_was_edited_elsewhere_in_the_file_stays(covered: TeamFolder, run: Run) -> None:
    """Only our own lines are taken back, where they can be told from the others'."""
    text = covered.read(ALICE)
    covered.commit({ALICE: text.replace("name: Alice\n", "# Somebody's remark\nname: Alice M.\n")}, "Rename")
    # git's merge needs a line between the two edits
    assert undo(run)[0] == 0
    assert covered.read(ALICE) == TEAM[ALICE].replace("name: Alice\n", "# Somebody's remark\nname: Alice M.\n")


def test_what_others_built_upon_is_refused_and_they_are_named(covered: TeamFolder, run: Run) -> None:
    """The same lines were edited since: nothing is written."""
    covered.git("config", "user.email", "bob@example.com")
    covered.commit({ALICE: covered.read(ALICE).replace("2027-03-02", "2027-03-05")}, "Another day")
    bobs = covered.git("rev-parse", "--short=9", "HEAD").strip()
    code, out, err = undo(run, "HEAD~1")
    assert (code, out) == (1, "")
    assert f"{ALICE}:1:1: others have built upon it: '{ALICE}' was changed since by commit {bobs} of Bob, " in err
    assert "Another day" in err
    assert subject(covered) == "Another day"
    assert covered.git("status", "--porcelain") == ""


def test_the_meaning_decides_where_lines_do_not_fit(team: MakeTeam, run: Run) -> None:
    """Lines that were moved around since are no obstacle; what others added to them stays."""
    made = team({**TEAM, ALICE: f"{TEAM[ALICE]}contact: {{phone: b}}\n"})
    made.commit({ALICE: f"{TEAM[ALICE]}contact: {{phone: b}}\nnote: ours\n"}, "Ours\n\nOncall-Change: 0123456789abcdef")
    theirs = "note: ours\ncontact: {phone: b, email: theirs}\n" + TEAM[ALICE]
    made.commit({ALICE: theirs}, "Theirs")
    assert undo(run)[0] == 0
    assert made.read(ALICE) == theirs.removeprefix("note: ours\n")


def test_an_order_that_others_built_upon_is_refused(team: MakeTeam, run: Run) -> None:
    """Nothing tells what an order of names is without ours, when others have changed it."""
    made = team(TEAM)
    made.commit(
        {ROTATION: TEAM[ROTATION].replace("alice, bob, carol", "bob, carol, alice")},
        "Ours\n\nOncall-Change: 0123456789abcdef",
    )
    made.commit({ROTATION: TEAM[ROTATION].replace("alice, bob, carol", "jo, bob, carol, alice")}, "Theirs")
    code, _, err = undo(run)
    assert (code, "others have built upon it" in err) == (1, True)
    assert "jo, bob, carol, alice" in made.read(ROTATION)


def test_a_file_that_was_made_and_edited_since(covered: TeamFolder, run: Run) -> None:
    """Deleting it would delete the edit, too."""
    act(run, "take", "platform", "--as", "alice")
    path = covered.git("show", "--format=", "--name-only", "HEAD").split()[0]
    covered.commit({path: covered.read(path) + "note: A remark\n"}, "Remark")
    code, _, err = undo(run)
    assert code == 1
    assert "Remark" in err
    assert (covered.root / path).exists()


def test_a_record_that_needs_it(team: MakeTeam, run: Run) -> None:
    """Who was put on call since is not taken away; the commit that did it is named."""
    made = team(TEAM)
    act(run, "person", "add", "kim", "--name", "Kim")
    roster = made.read(ROTATION).replace("carol]", "carol, kim]")
    made.commit({ROTATION: roster}, "Kim joins by hand")
    code, out, err = undo(run)
    assert (code, out) == (5, "")
    assert f"{ROTATION}:5:34: the change is refused: there is no person 'kim'" in err
    assert "of Alice, " in err
    assert "Kim joins by hand)" in err


@pytest.mark.parametrize(
    ("revision", "code", "words", "hint"),
    [
        ("HEAD", 1, "was not made by oncall", "git revert"),
        ("HEAD~9", 3, "there is no revision 'HEAD~9'", ""),
        ("--hard", 3, "there is no revision '--hard'", ""),
    ],
)
def test_what_is_not_taken_back(covered: TeamFolder, run: Run, revision: str, code: int, words: str, hint: str) -> None:
    covered.commit({BOB: TEAM[BOB] + "note: x\n"}, "By hand\n\nOncall-Change: 0123456789abcdef\n\nis quoted here")
    found, out, err = undo(run, "--", revision)
    assert (found, out) == (code, "")
    assert words in err
    assert hint in err


def test_the_first_commit_and_a_merge(team: MakeTeam, run: Run) -> None:
    """Marked or not, they are not taken back."""
    made = team(TEAM)
    mark = "\n\nOncall-Change: 0123456789abcdef"
    made.git("commit", "--quiet", "--amend", "--message", f"Begin{mark}")
    assert "is the first one: without it there is no team" in undo(run)[2]
    made.git("checkout", "--quiet", "-b", "side")
    made.commit({BOB: TEAM[BOB] + "note: x\n"}, "Side")
    made.git("checkout", "--quiet", "main")
    made.git("merge", "--quiet", "--no-ff", "--message", f"Merge{mark}", "side")
    code, _, err = undo(run)
    assert code == 1
    assert "is a merge, which is never taken back" in err


def test_no_commit_by_oncall(team: MakeTeam, run: Run) -> None:
    team(TEAM)
    code, _, err = undo(run)
    assert code == 3
    assert "oncall has made no commit in this branch" in err


def test_somebody_elses_has_to_be_named(covered: TeamFolder, run: Run) -> None:
    """After a pull the last change may be another person's."""
    covered.git("config", "user.email", "bob@example.com")
    sha = covered.git("rev-parse", "HEAD").strip()[:9]
    code, _, err = undo(run)
    assert code == 1
    assert f"the last change by oncall is not yours: commit {sha} of Alice" in err
    assert f"oncall undo {sha}" in err
    assert undo(run, sha)[0] == 0


def test_a_commit_that_was_moved_since_is_found_by_its_mark(covered: TeamFolder, run: Run) -> None:
    """The name that was told when it was made still works after a rebase."""
    sha = covered.git("rev-parse", "--short", "HEAD").strip()
    covered.git("checkout", "--quiet", "-b", "upstream", "HEAD~1")
    covered.commit({BOB: TEAM[BOB] + "note: x\n"}, "Upstream")
    covered.git("checkout", "--quiet", "main")
    covered.git("rebase", "--quiet", "upstream")
    assert undo(run, sha)[0] == 0
    assert covered.read(ALICE) == TEAM[ALICE]
    covered.git("checkout", "--quiet", "upstream")
    code, _, err = undo(run, sha)
    assert code == 3
    assert "is not in this branch" in err


def test_an_edit_that_is_not_committed_stays(covered: TeamFolder, run: Run) -> None:
    text = covered.read(ALICE) + "note: unsaved\n"
    covered.write({ALICE: text})
    code, _, err = undo(run)
    assert code == 1
    assert "changes that are not committed" in err
    assert covered.read(ALICE) == text


def test_git_in_the_way(covered: TeamFolder, run: Run) -> None:
    covered.git("checkout", "--quiet", "--detach")
    assert undo(run)[0] == 4


def test_line_ends_of_this_machine(team: MakeTeam, run: Run) -> None:
    """A checkout with CR LF keeps them, and the commit has none."""
    made = team({**TEAM, ".gitattributes": "* text eol=crlf\n"})
    made.git("rm", "--quiet", "--cached", "-r", ".")
    made.git("reset", "--quiet", "--hard")
    before = (made.root / ALICE).read_bytes()
    assert b"\r\n" in before
    off(run, "02")
    assert undo(run)[0] == 0
    assert (made.root / ALICE).read_bytes() == before
    assert made.git("rev-parse", "HEAD^{tree}") == made.git("rev-parse", "HEAD~2^{tree}")
    assert made.git("status", "--porcelain") == ""


def test_a_team_in_a_folder_of_its_repository(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a marked commit did outside of the team's folder is not ours to take back."""
    made = team({f"duty/{path}": text for path, text in TEAM.items()})
    monkeypatch.chdir(made.root / "duty")
    off(run, "02")
    assert undo(run)[0] == 0
    assert made.read(f"duty/{ALICE}") == TEAM[ALICE]
    made.commit({"else.txt": "x", f"duty/{BOB}": "name: Bob\n"}, "Both\n\nOncall-Change: 0123456789abcdef")
    assert "also changed files outside of the team's folder" in undo(run)[2]


def test_subjects_with_tricks_stay_on_one_line(covered: TeamFolder, run: Run) -> None:
    """A marked commit that somebody forged forges nothing further."""
    trick = "x\x1b[2K" + '" Signed-off-by: Eve'
    covered.git("config", "user.name", "Eve\x1b]52;c;eA==\x07")
    covered.commit({BOB: TEAM[BOB] + "note: x\n"}, f"{trick}\n\nOncall-Change: 0123456789abcdef")
    code, out, err = undo(run)
    assert code == 0
    assert "\x1b" not in out + err + covered.git("log", "-1", "--format=%B")
    assert covered.git("log", "-1", "--format=%(trailers)").strip().startswith("Oncall-Change: ")


def test_the_whole_way_of_a_shift(team: MakeTeam, run: Run) -> None:
    """Each line of a log and the end of the watch go, one by one, from the last."""
    made = team(WITH_CAROL, "carol@example.com")
    act(run, "log", "One")
    act(run, "log", "Two")
    first, second = (made.git("rev-parse", name).strip() for name in ("HEAD~1", "HEAD"))
    assert undo(run, second)[0] == 0
    assert undo(run, first)[0] == 0
    assert made.read(CAROL) == WITH_CAROL[CAROL]


def test_a_line_of_a_log_among_others(team: MakeTeam, run: Run) -> None:
    """Somebody wrote right below it: for lines a conflict, but its meaning can go by itself."""
    made = team(WITH_CAROL, "carol@example.com")
    act(run, "log", "One")
    act(run, "log", "Two", "--as", "jo")
    act(run, "log", "Three")
    text = made.read(CAROL)
    assert undo(run, "HEAD~2")[0] == 0
    assert "text: One" not in made.read(CAROL)
    begin = text.index("  - at: 2026-11-18T10:00:00-05:00\n    by: carol\n    kind: note\n    text: One")
    end = text.index("  - at:", begin + 1)
    assert made.read(CAROL) == text[:begin] + text[end:]
    assert made.git("status", "--porcelain") == ""


def test_a_time_off_among_others(covered: TeamFolder, run: Run) -> None:
    """The first of a list that came with it goes; what was added to the list stays."""
    act(run, "timeoff", "add", "--from", "2027-05-02", "--until", "2027-05-09", "--as", "alice")
    assert undo(run, "HEAD~1")[0] == 0
    assert "2027-03" not in covered.read(ALICE)
    assert "time_off:\n  - " in covered.read(ALICE)


def test_a_line_of_a_log_that_was_reworded(team: MakeTeam, run: Run) -> None:
    """What somebody has made of it is not ours any more."""
    made = team(WITH_CAROL, "carol@example.com")
    act(run, "log", "One")
    made.commit({CAROL: made.read(CAROL).replace("text: One", "text: Won")}, "Reword")
    code, _, err = undo(run)
    assert (code, "Reword" in err) == (1, True)
    assert made.git("status", "--porcelain") == ""
