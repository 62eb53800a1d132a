"""One change, one commit, and nothing of the user's is touched, whatever happens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from oncall_cli.errors import GitInTheWay, OncallError, Refused, Unreadable
from oncall_cli.repository.commit import Change, commit_change, diff_text
from oncall_cli.repository.lock import writing
from tests.conftest import MakeTeam, TeamFolder
from tests.repository.records import ALICE, BOB, CAROL, COVER, TEAM

COVER_TEXT = """\
kind: cover
changes:
  - role: primary
    start: 2026-11-24T09:00:00-05:00
    end: 2026-11-24T17:00:00-05:00
    person: bob
"""
NEW_ALICE = b"# Reach Alice\nname: Alice B.\ngit_emails: [alice@example.com]\n"


@pytest.fixture
def made(team: MakeTeam) -> TeamFolder:
    return team(TEAM)


def edit_alice(subject: str = "Rename Alice") -> Change:
    return Change({ALICE: NEW_ALICE}, subject)


def add_cover() -> Change:
    return Change({COVER: COVER_TEXT.encode()}, "Bob covers for Alice")


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder but git's own."""
    found = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def state(folder: TeamFolder) -> tuple[object, ...]:
    """What must be the same after a refusal: files, folders, history, index, and git's own view of both."""
    names = (path.relative_to(folder.root) for path in folder.root.rglob("*") if path.is_dir())
    folders = sorted(str(name) for name in names if ".git" not in name.parts)
    index = folder.git("ls-files", "--stage", "--debug").splitlines()
    entries = [line for line in index if not line.startswith(" ")]
    return (
        everything(folder.root),
        folders,
        folder.git("log", "--all", "--format=%H %s"),
        entries,
        folder.git("status", "--porcelain", "--untracked-files=all"),
        folder.git("stash", "list"),
    )


def hook(folder: TeamFolder, name: str, text: str) -> None:
    path = folder.root / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_an_edit_is_one_commit_of_its_file(made: TeamFolder) -> None:
    """The commit holds the diff and nothing else, by the user's identity, and the tree is clean afterwards."""
    done = commit_change(made.root, edit_alice())
    assert made.last_diff() == (
        f"diff --git a/{ALICE} b/{ALICE}\n--- a/{ALICE}\n+++ b/{ALICE}\n@@ -1,3 +1,3 @@\n # Reach Alice\n"
        "-name: Alice\n+name: Alice B.\n git_emails: [alice@example.com]\n"
    )
    assert made.git("log", "-1", "--format=%h|%an|%ae|%s|%b") == (
        f"{done.sha_short}|Alice|alice@example.com|Rename Alice|Oncall-Change: {done.mark}\n\n"
    )
    assert (done.paths, done.subject) == ((ALICE,), "Rename Alice")
    assert made.git("status", "--porcelain") == ""


def test_new_changed_and_deleted_files_are_one_commit(made: TeamFolder) -> None:
    """A change may add a file in folders that do not exist yet, edit one and delete one."""
    change = Change({COVER: COVER_TEXT.encode(), ALICE: NEW_ALICE, BOB: None}, "Several", "Why it is so.")
    done = commit_change(made.root, change)
    assert made.git("show", "--format=%b", "--name-status", "--no-renames", "HEAD").split("\n") == [
        "Why it is so.",
        "",
        f"Oncall-Change: {done.mark}",
        "",
        "",
        f"M\t{ALICE}",
        f"D\t{BOB}",
        f"A\t{COVER}",
        "",
    ]
    assert made.git("status", "--porcelain") == ""


def spoil(made: TeamFolder) -> dict[str, bytes]:
    """Leave work of the user's in every state that git knows."""
    made.write({"rotations/people/staged.yaml": "name: Staged\n", "rotations/people/half.yaml": "name: Half\n"})
    made.git("add", "--all")
    made.write({"rotations/people/half.yaml": "name: Half and more\n", "note.txt": "mine\n"})
    made.write({BOB: "name: Bob edited\n", ".gitignore": "ignored.txt\n", "ignored.txt": "mine too\n"})
    made.git("rm", "--quiet", "--cached", "rotations/platform/rotation.yaml")
    return everything(made.root)


@pytest.mark.parametrize("change", [edit_alice(), add_cover()], ids=["edit", "new"])
def test_work_of_the_user_stays_as_it_was(made: TeamFolder, change: Change) -> None:
    """Staged, half-staged, edited, untracked, ignored and removed files are as before, and in no commit of ours."""
    files = spoil(made)
    before = made.git("status", "--porcelain", "--ignored", "--untracked-files=all")
    index = made.git("diff", "--cached")
    commit_change(made.root, change)
    assert {**everything(made.root), **dict.fromkeys(change.files, b"")} == {
        **files,
        **dict.fromkeys(change.files, b""),
    }
    assert made.git("status", "--porcelain", "--ignored", "--untracked-files=all") == before
    assert made.git("diff", "--cached") == index
    assert made.git("show", "--format=", "--name-only", "HEAD").split() == [*change.files]


FAILING = {
    "pre-commit": ("echo 'no commits on Friday' >&2; exit 1", "no commits on Friday"),
    "commit-msg": ("echo 'needs a ticket' >&2; exit 1", "needs a ticket"),
}


@pytest.mark.parametrize("name", FAILING)
@pytest.mark.parametrize("change", [edit_alice(), add_cover(), Change({BOB: None}, "Bob leaves")], ids=str)
def test_a_failing_hook_leaves_everything_as_it_was(made: TeamFolder, name: str, change: Change) -> None:
    """The hook's words are told, and files, folders, index and history are the same as before."""
    text, words = FAILING[name]
    hook(made, name, text)
    spoil(made)
    if BOB in change.files:
        made.git("restore", BOB)
    before = state(made)
    with pytest.raises(GitInTheWay, match=words):
        commit_change(made.root, change)
    assert state(made) == before


def test_a_failing_signature_leaves_everything_as_it_was(made: TeamFolder) -> None:
    """A key that cannot sign is the user's to mend; nothing is committed unsigned."""
    made.git("config", "commit.gpgSign", "true")
    made.git("config", "gpg.program", "false")
    before = state(made)
    with pytest.raises(GitInTheWay, match="git did not make the commit: error: gpg failed to sign"):
        commit_change(made.root, add_cover())
    assert state(made) == before


def test_hooks_see_only_our_change(made: TeamFolder) -> None:
    """A hook that looks at the staged files finds ours, not what the user has staged for later."""
    spoil(made)
    hook(made, "pre-commit", "git diff --cached --name-only > seen")
    commit_change(made.root, add_cover())
    assert made.read("seen") == f"{COVER}\n"


def test_without_an_identity_nothing_is_guessed(made: TeamFolder) -> None:
    """Git's guess from user and machine is not taken; the commands to run are named."""
    made.git("config", "--unset", "user.email")
    before = state(made)
    with pytest.raises(GitInTheWay) as refused:
        commit_change(made.root, edit_alice())
    assert "git config --global user.email you@example.com" in refused.value.hint
    assert state(made) == before


def test_the_environment_may_name_the_author(made: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIT_AUTHOR_* and GIT_COMMITTER_* count as an identity."""
    made.git("config", "--unset", "user.email")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Zoe")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "zoe@example.com")
    commit_change(made.root, edit_alice())
    assert made.git("log", "-1", "--format=%ae %ce") == "zoe@example.com zoe@example.com\n"


def conflict(made: TeamFolder, how: str) -> None:
    """Stop git in the middle of something."""
    made.git("switch", "--quiet", "--create", "other")
    made.commit({BOB: "name: Robert\n"}, "Other")
    made.git("switch", "--quiet", "main")
    made.commit({BOB: "name: Bobby\n"}, "Main")
    subprocess.run(["git", *how.split()], cwd=made.root, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("how", "what"),
    [
        ("merge other", "a merge is under way"),
        ("rebase other", "a rebase is under way"),
        ("cherry-pick other", "a cherry-pick is under way"),
        ("revert --no-edit HEAD~1", "a revert is under way"),
        ("bisect start", "a bisect is under way"),
        ("checkout --detach", "no branch is checked out"),
    ],
)
def test_half_done_work_of_git_is_finished_first(made: TeamFolder, how: str, what: str) -> None:
    """While git is in the middle of something a change is refused, and reading goes on working."""
    made.commit({BOB: "name: B\n"}, "Before")
    conflict(made, how)
    before = state(made)
    with pytest.raises(GitInTheWay, match=what):
        commit_change(made.root, edit_alice())
    assert state(made) == before


def test_a_file_edited_by_hand_is_refused_and_kept(made: TeamFolder) -> None:
    """Neither a hand edit nor a staged edit of the file is swept into the commit, nor overwritten."""
    made.write({ALICE: "name: Alice by hand\n"})
    for prepare in (["status"], ["add", ALICE]):
        made.git(*prepare)
        before = state(made)
        with pytest.raises(Refused, match="has changes that are not committed"):
            commit_change(made.root, edit_alice())
        assert state(made) == before


def test_a_file_that_git_does_not_know_is_not_overwritten(made: TeamFolder) -> None:
    """A new record is refused where a file is already, tracked or not."""
    made.write({CAROL: "name: Carol by hand\n"})
    with pytest.raises(Refused, match="exists already and git does not know it"):
        commit_change(made.root, Change({CAROL: b"name: Carol\n"}, "Carol joins"))
    assert made.read(CAROL) == "name: Carol by hand\n"


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_a_file_that_git_is_told_to_overlook_is_refused(made: TeamFolder, flag: str) -> None:
    """An edit that git status does not show is an edit all the same."""
    made.git("update-index", flag, ALICE)
    made.write({ALICE: "name: Alice by hand\n"})
    with pytest.raises(Refused, match="not to look"):
        commit_change(made.root, edit_alice())
    assert made.read(ALICE) == "name: Alice by hand\n"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(made: TeamFolder) -> None:
    """A change that was made from an older state of the file is refused."""
    change = edit_alice()._replace(base={ALICE: TEAM[ALICE].encode()})
    made.commit({ALICE: "name: Alice C.\n"}, "Somebody else")
    with pytest.raises(Refused, match="changed by somebody else"):
        commit_change(made.root, change)
    assert made.read(ALICE) == "name: Alice C.\n"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.yaml",
        "/etc/oncall.yaml",
        "rotations/../../x.yaml",
        "",
        ".",
        "rotations//x.yaml",
        ".git/config",
        ".GIT/hooks/pre-commit",
        "rotations/.git./x",
        "a\\b",
        "C:/x",
        "rotations/two\nlines.txt",
        '"quoted.txt',
        "rotations",
        "link/x.yaml",
        "link.yaml",
        "inner/x.yaml",
        "rotations/people/Alice.yaml",
        "Rotations/people/zoe.yaml",
    ],
)
def test_paths_that_lead_elsewhere_are_refused(made: TeamFolder, path: str, tmp_path: Path) -> None:
    """Nothing is written outside of the root, through a link, into git's own files or another repository."""
    (tmp_path / "elsewhere").mkdir()
    (made.root / "link").symlink_to(tmp_path / "elsewhere")
    (made.root / "link.yaml").symlink_to(made.root / ALICE)
    made.git("init", "--quiet", "inner")
    before = everything(tmp_path)
    with pytest.raises(Refused):
        commit_change(made.root, Change({path: b"x"}, "Bad"))
    assert everything(tmp_path) == before


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        (CAROL, b"name: [\n", "not YAML"),
        (CAROL, b"nme: Carol\n", "unknown key 'nme'"),
        ("rotations/people/Carol.yaml", b"name: Carol\n", "is not an id"),
        ("rotations/platform/overrides/cover.yaml", COVER_TEXT.encode(), "begin with a date"),
        (
            "rotations/platform/shifts/2025/2026-01-06-bob-primary.yaml",
            b"person: bob\nrole: primary\n",
            "2025",
        ),
    ],
)
def test_nothing_invalid_is_ever_written(made: TeamFolder, path: str, text: bytes, words: str) -> None:
    """A record that the reader would refuse is refused by the writer."""
    with pytest.raises(Unreadable, match=words):
        commit_change(made.root, Change({path: text}, "Bad"))
    assert made.git("status", "--porcelain") == ""


def test_a_dry_run_checks_and_touches_nothing(made: TeamFolder) -> None:
    """It refuses what would be refused, says what would be committed, and commits nothing."""
    before = state(made)
    done = commit_change(made.root, edit_alice(), dry_run=True)
    assert (done.sha_short, done.paths) == ("", (ALICE,))
    assert state(made) == before
    made.write({ALICE: "name: Alice by hand\n"})
    with pytest.raises(Refused):
        commit_change(made.root, edit_alice(), dry_run=True)


def test_the_diff_that_a_dry_run_shows(made: TeamFolder) -> None:
    """It is a unified diff of each file, with /dev/null for one that is new or deleted."""
    change = Change({BOB: None, CAROL: b"name: Carol"}, "Swap")
    assert diff_text(made.root, change) == (
        f"--- a/{BOB}\n+++ /dev/null\n@@ -1 +0,0 @@\n-name: Bob\n"
        f"--- /dev/null\n+++ b/{CAROL}\n@@ -0,0 +1 @@\n+name: Carol\n\\ No newline at end of file\n"
    )


def test_a_change_of_nothing_is_refused(made: TeamFolder) -> None:
    """There are no empty commits."""
    with pytest.raises(Refused, match="nothing would change"):
        commit_change(made.root, Change({BOB: b"name: Bob\n"}, "Nothing"))


def test_the_subject_is_one_line(made: TeamFolder) -> None:
    """Line ends and escapes in the data cannot make a second line, a trailer or a colour."""
    done = commit_change(made.root, edit_alice("Cover: \x1b[31mred\nSigned-off-by: Eve #1"))
    assert done.subject == "Cover: \\x1b[31mred\\nSigned-off-by: Eve #1"
    assert made.git("log", "-1", "--format=%B") == f"{done.subject}\n\nOncall-Change: {done.mark}\n\n"


def test_the_first_commit_of_a_repository(tmp_path: Path) -> None:
    """A repository without commits takes its first one, and keeps what is staged for later."""
    made = TeamFolder(tmp_path / "fresh")
    made.root.mkdir()
    made.git("init", "--quiet", "--initial-branch=main")
    made.git("config", "user.name", "A")
    made.git("config", "user.email", "a@example.com")
    made.write({"staged.txt": "later\n"})
    made.git("add", "staged.txt")
    commit_change(made.root, Change({"oncall.yaml": b"name: Platform\n"}, "Begin"))
    assert made.git("ls-tree", "-r", "--name-only", "HEAD") == "oncall.yaml\n"
    assert made.git("status", "--porcelain") == "A  staged.txt\n"


def test_a_failed_first_commit_leaves_nothing(tmp_path: Path) -> None:
    """A hook that fails on the very first commit leaves an empty repository."""
    made = TeamFolder(tmp_path / "fresh")
    made.root.mkdir()
    made.git("init", "--quiet", "--initial-branch=main")
    made.git("config", "user.name", "A")
    made.git("config", "user.email", "a@example.com")
    hook(made, "pre-commit", "exit 1")
    with pytest.raises(GitInTheWay):
        commit_change(made.root, Change({"oncall.yaml": b"name: Platform\n"}, "Begin"))
    assert made.git("status", "--porcelain") == ""
    assert everything(made.root) == {}


def test_the_root_may_be_a_folder_of_the_repository(made: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths count from the folder of oncall.yaml, wherever git's top is and wherever the command is called."""
    inner = {f"ops/oncall/{path}": text for path, text in TEAM.items()}
    made.commit(inner, "Move")
    monkeypatch.chdir("/")
    commit_change(made.root / "ops/oncall", add_cover())
    assert made.git("show", "--format=", "--name-only", "HEAD") == f"ops/oncall/{COVER}\n"
    made.write({f"ops/oncall/{ALICE}": "name: By hand\n"})
    with pytest.raises(Refused, match="not committed"):
        commit_change(made.root / "ops/oncall", edit_alice())


def test_a_linked_work_tree(made: TeamFolder, tmp_path: Path) -> None:
    """The commit goes to the work tree's own branch; the other work tree is not touched."""
    made.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    side = TeamFolder(tmp_path / "side")
    before = state(made)
    commit_change(side.root, add_cover())
    assert side.git("log", "-1", "--format=%D") == "HEAD -> side\n"
    assert side.git("status", "--porcelain") == ""
    assert state(made)[0] == before[0]


def test_files_with_crlf(made: TeamFolder) -> None:
    """With core.autocrlf the diff is still the change alone."""
    made.git("config", "core.autocrlf", "true")
    (made.root / ALICE).unlink()
    made.git("checkout", "--", ALICE)
    assert (made.root / ALICE).read_bytes().count(b"\r\n") == 3
    commit_change(made.root, Change({ALICE: NEW_ALICE.replace(b"\n", b"\r\n")}, "Rename"))
    assert made.git("diff", "--stat", "HEAD~1", "HEAD").endswith("1 insertion(+), 1 deletion(-)\n")
    assert made.git("status", "--porcelain") == ""


def test_variables_of_a_calling_hook_do_not_lead_elsewhere(
    made: TeamFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIT_DIR, GIT_INDEX_FILE and GIT_WORK_TREE of another repository are ignored."""
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    commit_change(made.root, add_cover())
    monkeypatch.undo()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    assert made.git("show", "--format=", "--name-only", "HEAD") == f"{COVER}\n"
    assert not (tmp_path / "elsewhere").exists()


def test_the_mode_of_a_file_is_kept(made: TeamFolder) -> None:
    """Neither a file that all may read nor one that may be run changes its mode."""
    (made.root / ALICE).chmod(0o755)
    made.git("commit", "--quiet", "--all", "--message", "Mode")
    commit_change(made.root, edit_alice())
    assert (made.root / ALICE).stat().st_mode & 0o777 == 0o755
    assert "old mode" not in made.last_diff()


def test_outside_of_a_repository(tmp_path: Path) -> None:
    """The sentence names what is missing and how to begin."""
    with pytest.raises(GitInTheWay, match="in no git repository") as refused:
        commit_change(tmp_path, Change({CAROL: b"name: Carol\n"}, "Carol joins"))
    assert "git init" in refused.value.hint


def test_without_git(made: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git gets a sentence, and the files stay as they are."""
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GitInTheWay, match="git is not installed"):
        commit_change(made.root, edit_alice())


def test_a_bare_repository(tmp_path: Path) -> None:
    """There are no files to change in it."""
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "b.git")], check=True)
    with pytest.raises(GitInTheWay, match="bare repository"):
        commit_change(tmp_path / "b.git", Change({CAROL: b"name: Carol\n"}, "Carol joins"))


WRITER = """
import sys
from pathlib import Path
from oncall_cli.repository.commit import Change, commit_change
root, name = Path(sys.argv[1]), sys.argv[2]
for number in range(8):
    path = f"rotations/people/{name}-{number}.yaml"
    commit_change(root, Change({path: f"name: {name}\\n".encode()}, f"{name} {number}"))
"""


def test_two_processes_at_once_lose_nothing(made: TeamFolder) -> None:
    """Writers take turns: every acknowledged commit is in the history, with its own file only."""
    package = Path(__file__).parent.parent.parent
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(made.root), name], cwd=package)
        for name in ("ann", "ben", "cy")
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert len(made.git("log", "--format=%s").splitlines()) == 1 + 24
    counts = made.git("log", "--format=", "--name-only").split()
    assert len(counts) == len(set(counts)) == 24 + len(TEAM)
    assert made.git("status", "--porcelain") == ""


def test_every_refusal_has_a_sentence_and_an_exit_code() -> None:
    """What commit_change raises is always of our own kin."""
    assert issubclass(GitInTheWay, OncallError)
    assert GitInTheWay.exit_code == 4


@pytest.mark.parametrize("change", [edit_alice(), add_cover()], ids=["edit", "new"])
def test_another_git_at_work_is_told(made: TeamFolder, change: Change) -> None:
    """A lock on the index is somebody else's: the change is refused, the lock stays, nothing has changed."""
    before = state(made)
    (made.root / ".git" / "index.lock").touch()
    with pytest.raises(GitInTheWay, match="another git command"):
        commit_change(made.root, change)
    (made.root / ".git" / "index.lock").unlink()
    assert state(made) == before


def test_waiting_for_another_oncall_has_an_end(made: TeamFolder) -> None:
    """Who does not get the lock in time is told, and may try again."""
    with (
        writing(made.root / ".git"),
        pytest.raises(GitInTheWay, match="another oncall is changing this repository"),
        writing(made.root / ".git", patience=0.01),
    ):
        pass
    commit_change(made.root, edit_alice())
