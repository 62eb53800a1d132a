"""A process that dies while it commits, or that the disk fails: the next command mends it, and nobody else has to."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from oncall_cli.errors import OncallError, Refused
from oncall_cli.repository.commit import Change, commit_change
from oncall_cli.repository.lock import writing
from tests.conftest import MakeTeam, Run, TeamFolder
from tests.repository.faults import armed, at, die, in_a_child, leftovers, no_space
from tests.repository.records import ALICE, BOB, CAROL, COVER, TEAM
from tests.repository.test_commit import COVER_TEXT, NEW_ALICE, edit_alice, everything, hook, spoil, state

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed as POSIX kills them")

SHIFT = "rotations/platform/shifts/2026/2026-01-06-alice-primary.yaml"
ROTATION = "rotations/platform/rotation.yaml"
SEVERAL = Change(
    {
        ALICE: NEW_ALICE,
        COVER: COVER_TEXT.encode(),
        SHIFT: None,
    },
    "Several at once",
)
NEXT = Change({CAROL: b"name: Carol\n"}, "Carol joins")
MOST = 200


@pytest.fixture
def made(team: MakeTeam) -> TeamFolder:
    """A team with work of the user's in every state that git knows."""
    folder = team({**TEAM, SHIFT: "person: alice\nrole: primary\n"})
    spoil(folder)
    # the samples, which every copy would carry along
    shutil.rmtree(folder.root / ".git" / "hooks")
    return folder


@pytest.fixture
def copies(made: TeamFolder) -> Iterator[Callable[[], TeamFolder]]:
    """Makes copies of the team, in memory where that can be: what is made durable there costs nothing."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        numbers = count()
        yield lambda: TeamFolder(Path(shutil.copytree(made.root, Path(folder) / str(next(numbers)), symlinks=True)))


def of_the_user(folder: TeamFolder, *changes: Change) -> tuple[object, ...]:
    """What is the user's: files, staged changes, git's view of both; without the files that we change."""
    ours = {path for change in changes for path in change.files}
    files = {path: data for path, data in everything(folder.root).items() if path not in ours}
    status = folder.git("status", "--porcelain", "--ignored", "--untracked-files=all")
    return files, status, folder.git("diff", "--cached")


def check_mended(folder: TeamFolder, before: tuple[object, ...], change: Change) -> bool:
    """Hold what a killed command and the next one have left against the promises; tell whether it was finished."""
    assert folder.git("fsck", "--strict", "--no-dangling") == ""
    assert leftovers(folder.root) == []
    assert of_the_user(folder, change, NEXT) == before
    subjects = folder.git("log", "--format=%s").splitlines()
    assert subjects[0] == NEXT.subject
    assert subjects[1:] in (["The team begins"], [change.subject, "The team begins"])
    assert folder.git("show", "--format=", "--name-only", "HEAD") == f"{CAROL}\n"
    return len(subjects) == 3


@pytest.mark.parametrize(("hooked", "step"), [(False, 1), (True, 3)], ids=["plain", "hook"])
def test_killed_at_any_call(made: TeamFolder, copies: Callable[[], TeamFolder], hooked: bool, step: int) -> None:
    """The commit is there whole or not at all, the user's work is as it was, and the next command just works."""
    if hooked:
        hook(made, "pre-commit", f"test -e {CAROL} || grep -q 'Alice B.' {ALICE}")
        hook(made, "commit-msg", "true")
    before = of_the_user(made, SEVERAL, NEXT)
    finished = []
    for number in range(0, MOST, step):
        folder = copies()
        lived = in_a_child(lambda root=folder.root: commit_change(root, SEVERAL), at(number, die))
        commit_change(folder.root, NEXT._replace(base={CAROL: None}))
        finished.append(check_mended(folder, before, SEVERAL))
        expected = dict(SEVERAL.files) if finished[-1] else {ALICE: TEAM[ALICE].encode(), COVER: None}
        found = everything(folder.root)
        assert {path: found.get(path) for path in expected} == expected
        if lived:
            break
    assert lived
    assert finished == sorted(finished), "what shows once is never taken back"
    assert 20 < finished.index(True) * step < (len(finished) - 5) * step


class FullDisk:
    """A disk that is full at one call, and not at the next."""

    happened = False

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        self.happened = True
        # a program is started all the same; what git does then is for git to say
        if event != "subprocess.Popen":
            no_space(event, args)


def refusal(folder: TeamFolder) -> str:
    """The words of the refusal; none when the commit was made."""
    try:
        commit_change(folder.root, SEVERAL)
    except OncallError as failure:
        return failure.message
    return ""


def test_no_space_at_any_call(made: TeamFolder, copies: Callable[[], TeamFolder]) -> None:
    """A refusal that names the file, everything as it was, or the commit: and never a journal that waits."""
    before, refused = state(made), 0
    for number in range(MOST):
        folder = copies()
        full = FullDisk()
        with armed(at(number, full)):
            words = refusal(folder)
        assert leftovers(folder.root) == []
        if words:
            assert "No space left" in words
            assert state(folder) == before
            refused += 1
        assert folder.git("log", "--format=%s", "-1").strip() in ("The team begins", SEVERAL.subject)
        if not full.happened:
            break
    assert not full.happened
    assert refused > 20


@pytest.mark.parametrize("torn", [b"", None], ids=["empty", "written"])
@pytest.mark.parametrize("name", ["refs/heads/main.lock", "HEAD.lock"])
def test_a_lock_that_our_own_git_left_is_removed(made: TeamFolder, name: str, torn: bytes | None) -> None:
    """Git that is killed with us while it moves the branch leaves its lock; nobody has to remove it."""

    def dies_with_git(event: str, args: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen" and "update-ref" in args[1]:
            words = list(args[1])
            new = words[words.index("refs/heads/main") + 1]
            (made.root / ".git" / name).write_bytes(f"{new}\n".encode() if torn is None else torn)
            die(event, args)

    before = of_the_user(made, SEVERAL, NEXT)
    assert not in_a_child(lambda: commit_change(made.root, SEVERAL), dies_with_git)
    assert leftovers(made.root)
    done = commit_change(made.root, NEXT)
    assert done.mended == SEVERAL.subject
    assert check_mended(made, before, SEVERAL)


def dies_before(words: str) -> Callable[[str, tuple[Any, ...]], None]:
    """Return the fault of dying before a certain git is started."""

    def fault(event: str, args: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen" and words in args[1]:
            die(event, args)

    return fault


def test_an_edit_made_after_the_kill_is_kept(made: TeamFolder) -> None:
    """The file that somebody has edited since is theirs; what is theirs is neither committed nor overwritten."""
    assert not in_a_child(lambda: commit_change(made.root, SEVERAL), dies_before("update-ref"))
    made.write({ALICE: "name: Alice by hand\n"})
    commit_change(made.root, NEXT)
    assert made.read(ALICE) == "name: Alice by hand\n"
    assert leftovers(made.root) == []
    assert made.git("log", "--format=%s").splitlines() == [NEXT.subject, "The team begins"]
    with pytest.raises(Refused, match="not committed"):
        commit_change(made.root, edit_alice())


def test_what_the_user_committed_after_the_kill_stays(made: TeamFolder) -> None:
    """Whoever finds the file changed and commits it by hand has it; nothing is taken back under their feet."""
    assert not in_a_child(lambda: commit_change(made.root, edit_alice()), dies_before("update-ref"))
    (made.root / ".git" / "index.lock").unlink()
    made.git("commit", "--quiet", "--message", "By hand", "--", ALICE)
    commit_change(made.root, NEXT)
    assert made.read(ALICE).encode() == NEW_ALICE
    assert leftovers(made.root) == []
    assert made.git("log", "--format=%s").splitlines() == [NEXT.subject, "By hand", "The team begins"]
    assert made.git("status", "--porcelain", "--", ALICE) == ""


def test_a_branch_that_was_left_after_the_kill_is_not_moved(made: TeamFolder) -> None:
    """On another branch the change is taken back: it was never acknowledged."""
    made.git("reset", "--quiet", "--hard")
    assert not in_a_child(lambda: commit_change(made.root, edit_alice()), dies_before("update-ref"))
    (made.root / ".git" / "index.lock").unlink()
    made.git("switch", "--quiet", "--create", "other")
    commit_change(made.root, NEXT)
    assert made.read(ALICE) == TEAM[ALICE]
    assert leftovers(made.root) == []
    assert made.git("log", "--format=%s", "main").splitlines() == ["The team begins"]


def test_a_lock_removed_by_hand_after_the_branch_had_moved(made: TeamFolder) -> None:
    """Git advises to remove a stale index.lock; the index learns of the commit all the same."""

    def dies(event: str, args: tuple[Any, ...]) -> None:
        if event == "os.rename" and str(args[0]).endswith("index.lock"):
            die(event, args)

    before = of_the_user(made, SEVERAL, NEXT)
    assert not in_a_child(lambda: commit_change(made.root, SEVERAL), dies)
    (made.root / ".git" / "index.lock").unlink()
    commit_change(made.root, NEXT)
    assert check_mended(made, before, SEVERAL)


def test_a_lock_of_another_git_is_never_removed(made: TeamFolder) -> None:
    """Neither by a command nor by the mending of a dead one; when the other git has ended, all is well."""
    before = of_the_user(made, SEVERAL, NEXT)
    assert not in_a_child(lambda: commit_change(made.root, SEVERAL), dies_before("update-index"))
    lock = made.root / ".git" / "index.lock"
    lock.write_bytes(b"")
    with pytest.raises(OncallError, match="another git command"):
        commit_change(made.root, NEXT)
    lock.unlink()
    commit_change(made.root, NEXT)
    assert check_mended(made, before, SEVERAL)


def test_reading_mends_too_and_needs_not(made: TeamFolder, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next command of any kind finishes it and says so; while the lock is taken it simply reads."""
    made.git("reset", "--quiet", "--hard")
    assert not in_a_child(lambda: commit_change(made.root, edit_alice()), dies_before("update-ref"))
    monkeypatch.chdir(made.root)
    with writing(made.root / ".git"):
        assert run("who").code == 0
        assert (made.root / ".git" / "oncall" / "journal").exists()
    found = run("who")
    assert found.code == 0
    assert "it is finished: Rename Alice" in found.err
    assert made.git("log", "-1", "--format=%s") == "Rename Alice\n"
    assert leftovers(made.root) == []


def test_a_journal_that_cannot_be_read_is_kept_aside(made: TeamFolder) -> None:
    """One of a later version is not guessed at, and is in nobody's way."""
    (made.root / ".git" / "oncall").mkdir()
    (made.root / ".git" / "oncall" / "journal").write_text('{"version": 9}')
    commit_change(made.root, NEXT)
    assert [path.name[:15] for path in (made.root / ".git" / "oncall").iterdir()] == ["journal.unread-"]


def test_a_git_that_outlives_us_is_waited_for(made: TeamFolder) -> None:
    """While a git that we started may still move the branch, nobody takes the branch for unmoved."""
    before = of_the_user(made, SEVERAL, NEXT)
    hook(made, "reference-transaction", 'test "$1" != prepared || { touch .git/moving; sleep 0.5; }')
    child = os.fork()
    if child == 0:
        commit_change(made.root, SEVERAL)
        os._exit(0)
    while not (made.root / ".git" / "moving").exists():
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    done = commit_change(made.root, NEXT)
    assert done.mended == SEVERAL.subject
    assert check_mended(made, before, SEVERAL)


def test_each_work_tree_mends_its_own(made: TeamFolder, tmp_path: Path) -> None:
    """What died in one work tree hinders nobody in another, and waits there for the next command."""
    made.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    side = TeamFolder(tmp_path / "side")
    assert not in_a_child(lambda: commit_change(side.root, SEVERAL), dies_before("update-ref"))
    assert commit_change(made.root, NEXT).mended == ""
    assert (made.root / ".git" / "worktrees" / "side" / "oncall" / "journal").exists()
    assert commit_change(side.root, NEXT).mended == SEVERAL.subject
    assert side.git("log", "--format=%s").splitlines() == [NEXT.subject, SEVERAL.subject, "The team begins"]
    assert side.git("status", "--porcelain") == ""
    assert leftovers(made.root) == []


def test_a_beginning_that_was_killed(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`oncall init` that dies is finished, or simply called again."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Zoe")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "zoe@example.com")
    for number, words in enumerate(["rev-parse", "commit-tree", "update-index", "update-ref"]):
        folder = tmp_path / str(number)
        asked = ("init", str(folder), "--name", "Platform", "--person", "zoe")
        assert not in_a_child(lambda asked=asked: run(*asked), dies_before(words))
        again = run(*asked)
        assert again.code == 0 or "is the repository of a team already" in again.err
        made = TeamFolder(folder)
        assert made.git("log", "--format=%s") == "Begin the repository of Platform\n"
        assert made.git("status", "--porcelain") == ""
        assert leftovers(folder) == []


HANGS = 'echo $$ > "$(git rev-parse --git-common-dir)/pid"; exec sleep 60'


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg"])
def test_a_hook_that_hangs_can_be_interrupted(made: TeamFolder, name: str) -> None:
    """Control-C leaves everything as it was, at once."""
    hook(made, name, HANGS)
    before = state(made)
    code = (
        "import signal, sys; from pathlib import Path; from oncall_cli.repository.commit import Change, commit_change\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"commit_change(Path(sys.argv[1]), Change({dict(SEVERAL.files)!r}, 'Hang'))"
    )
    package = Path(__file__).parent.parent.parent
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(made.root)], cwd=package, start_new_session=True, stderr=subprocess.PIPE
    )
    while not (made.root / ".git" / "pid").exists():
        assert running.poll() is None
    os.killpg(running.pid, signal.SIGINT)
    _, words = running.communicate(timeout=20)
    assert b"KeyboardInterrupt" in words
    (made.root / ".git" / "pid").unlink()
    assert state(made) == before
    assert leftovers(made.root) == []


GIT_WRITER = """
import subprocess, sys
from pathlib import Path
root, made = Path(sys.argv[1]), 0
for number in range(200):
    (root / "notes.txt").write_text(f"{number}\\n")
    words = ["git", "commit", "--quiet", "--only", "--message", f"plain {number}", "--", "notes.txt"]
    made += subprocess.run(words, cwd=root, capture_output=True).returncode == 0
    if made == 15:
        break
print(made)
"""
WRITER = """
import sys
from pathlib import Path
from oncall_cli.errors import GitInTheWay
from oncall_cli.repository.commit import Change, commit_change
root = Path(sys.argv[1])
for number in range(15):
    path = f"rotations/people/p-{number}.yaml"
    commit_change(root, Change({path: b"name: P\\n"}, f"ours {number}"))
"""


def test_beside_a_user_who_commits_with_git(made: TeamFolder) -> None:
    """Neither loses a commit, and nothing of one gets into a commit of the other."""
    made.git("reset", "--quiet", "--hard")
    made.commit({"notes.txt": "begin\n"}, "Notes")
    package = Path(__file__).parent.parent.parent
    running = [
        subprocess.Popen([sys.executable, "-c", text, str(made.root)], cwd=package, stdout=subprocess.PIPE)
        for text in (GIT_WRITER, WRITER)
    ]
    out = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    subjects = made.git("log", "--format=%s").splitlines()
    assert [one for one in reversed(subjects) if one.startswith("ours")] == [f"ours {number}" for number in range(15)]
    assert sum(one.startswith("plain") for one in subjects) == int(out[0])
    touched = made.git("log", "--format=%s", "--name-only", "--grep=^plain").split()
    assert not [one for one in touched if one.startswith("rotations")]
    assert BOB not in made.git("status", "--porcelain")
    assert leftovers(made.root) == []


OVERTAKES = """
[ -e "$(git rev-parse --git-dir)/once" ] && exit 0
touch "$(git rev-parse --git-dir)/once"
echo theirs > notes.txt
env -u GIT_INDEX_FILE git commit --quiet --no-verify --only --message "plain" -- notes.txt
"""


def test_a_branch_that_moves_between_the_look_and_the_commit_is_looked_at_again(made: TeamFolder) -> None:
    """Another git does not know our lock: what it commits meanwhile stays, and ours stands upon it."""
    made.git("reset", "--quiet", "--hard")
    made.commit({"notes.txt": "begin\n"}, "Notes")
    hook(made, "pre-commit", OVERTAKES)
    commit_change(made.root, Change({"rotations/people/p.yaml": b"name: P\n"}, "ours"))
    assert made.git("log", "-2", "--format=%s").split() == ["ours", "plain"]
    assert made.git("show", "--format=", "--name-only", "HEAD").split() == ["rotations/people/p.yaml"]
    assert (made.root / "notes.txt").read_text() == "theirs\n"
    assert leftovers(made.root) == []
