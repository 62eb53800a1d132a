"""Every kind of repository, hook and key that git knows: a commit of ours is what git's own would be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from oncall_cli.errors import GitInTheWay, Refused, Unreadable
from oncall_cli.repository.commit import Change, commit_change
from oncall_cli.repository.mark import mark_of
from tests.conftest import MakeTeam, TeamFolder
from tests.repository.faults import leftovers
from tests.repository.records import ALICE, BOB, CAROL, COVER, TEAM
from tests.repository.test_commit import COVER_TEXT, NEW_ALICE, add_cover, edit_alice, everything, hook, spoil, state

BOTH = Change({ALICE: NEW_ALICE, COVER: COVER_TEXT.encode()}, "Both")


@pytest.fixture
def made(team: MakeTeam) -> TeamFolder:
    return team(TEAM)


def check_clean(folder: TeamFolder) -> None:
    """The commit is what the files say, for plumbing as well as for people, and nothing else is left."""
    assert folder.git("status", "--porcelain") == ""
    assert folder.git("diff-files", "--name-only") == ""
    assert folder.git("fsck", "--strict", "--no-dangling") == ""
    assert leftovers(folder.root) == []


def begun(root: Path, *words: str) -> TeamFolder:
    folder = TeamFolder(root)
    root.mkdir()
    folder.git("init", "--quiet", "--initial-branch=main", *words)
    folder.git("config", "user.name", "Alice")
    folder.git("config", "user.email", "alice@example.com")
    return folder


def test_a_repository_of_sha256(tmp_path: Path) -> None:
    folder = begun(tmp_path / "long", "--object-format=sha256")
    folder.commit(TEAM)
    done = commit_change(folder.root, BOTH)
    assert len(done.sha) == 64
    assert folder.git("rev-parse", "HEAD").strip() == done.sha
    check_clean(folder)


def test_a_submodule(made: TeamFolder, tmp_path: Path) -> None:
    """A team's repository may be a submodule; the repository around it sees a new commit and nothing else."""
    outer = begun(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(made.root), "team")
    outer.git("commit", "--quiet", "--message", "Add")
    inner = TeamFolder(outer.root / "team")
    inner.git("config", "user.email", "alice@example.com")
    inner.git("config", "user.name", "Alice")
    commit_change(inner.root, BOTH)
    assert outer.git("status", "--porcelain") == " M team\n"
    check_clean(inner)


def test_a_submodule_that_is_not_there_is_no_folder_of_ours(made: TeamFolder) -> None:
    """An empty folder that git keeps for another repository takes no file."""
    head = made.git("rev-parse", "HEAD").strip()
    made.git("update-index", "--add", "--cacheinfo", f"160000,{head},runbooks")
    made.git("commit", "--quiet", "--message", "A submodule")
    (made.root / "runbooks").mkdir()
    with pytest.raises(Refused, match="goes through a submodule"):
        commit_change(made.root, Change({"runbooks/dns.md": b"---\ntitle: DNS\n---\n"}, "DNS"))
    assert list((made.root / "runbooks").iterdir()) == []


@pytest.mark.parametrize("sparse_index", ["--no-sparse-index", "--sparse-index"])
def test_a_sparse_checkout(made: TeamFolder, sparse_index: str) -> None:
    """What is on the disk is changed; what is left out is refused; and the checkout stays sparse."""
    made.commit({"other/deep/x.txt": "x\n", "runbooks/dns.md": "---\ntitle: DNS\n---\n"}, "More")
    made.git("sparse-checkout", "set", "--cone", sparse_index, "rotations")
    commit_change(made.root, BOTH)
    check_clean(made)
    assert not (made.root / "other").exists()
    assert made.git("ls-files", "-t", "other").startswith("S ")
    before = state(made)
    with pytest.raises(Refused, match="not to look at"):
        commit_change(made.root, Change({"runbooks/dns.md": b"---\ntitle: Names\n---\n"}, "DNS"))
    assert state(made) == before


def test_a_split_index(made: TeamFolder) -> None:
    made.git("config", "core.splitIndex", "true")
    made.git("update-index", "--split-index")
    spoil(made)
    cached = made.git("diff", "--cached")
    commit_change(made.root, add_cover())
    commit_change(made.root, edit_alice())
    assert made.git("diff", "--cached") == cached
    assert list((made.root / ".git").glob("sharedindex.*"))
    assert leftovers(made.root) == []


def test_extensions_of_the_index_survive(made: TeamFolder) -> None:
    """The untracked cache and the version of the index are the user's choice."""
    made.git("update-index", "--index-version", "4", "--force-untracked-cache")
    made.git("status")
    commit_change(made.root, BOTH)
    index = (made.root / ".git" / "index").read_bytes()
    assert index[4:8] == b"\0\0\0\4"
    assert b"UNTR" in index
    check_clean(made)


def test_an_edit_in_the_second_of_the_index_is_seen(made: TeamFolder) -> None:
    """Git tells an edit of the same length only by the index's own time: the copy keeps it."""
    made.write({BOB: "name: Rob\n"})
    made.git("add", BOB)
    seen = (made.root / BOB).stat()
    os.utime(made.root / ".git" / "index", ns=(seen.st_mtime_ns, seen.st_mtime_ns))
    with open(made.root / BOB, "r+b") as file:
        file.write(b"name: Bob\n")
    os.utime(made.root / BOB, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    made.git("config", "core.trustctime", "false")
    commit_change(made.root, edit_alice())
    assert made.git("status", "--porcelain") == f"MM {BOB}\n"


def test_what_is_intended_to_be_added_stays_so(made: TeamFolder) -> None:
    made.write({"later.txt": "later\n"})
    made.git("add", "--intent-to-add", "later.txt")
    commit_change(made.root, BOTH)
    assert made.git("status", "--porcelain") == " A later.txt\n"


def test_conflicts_that_a_stash_left_stay(made: TeamFolder) -> None:
    """A half-merged file that is not ours is nobody's hindrance, and stays half merged."""
    made.write({BOB: "name: Stashed\n"})
    made.git("stash", "--quiet")
    made.commit({BOB: "name: Committed\n"})
    subprocess.run(["git", "stash", "pop"], cwd=made.root, capture_output=True, check=False)
    before = made.git("ls-files", "--unmerged")
    assert before
    commit_change(made.root, edit_alice())
    assert made.git("ls-files", "--unmerged") == before
    with pytest.raises(Refused, match="not committed"):
        commit_change(made.root, Change({BOB: b"name: B\n"}, "Bob"))


def test_a_shallow_clone(made: TeamFolder, tmp_path: Path) -> None:
    made.commit({BOB: "name: Bobby\n"})
    made.git("clone", "--quiet", "--depth=1", f"file://{made.root}", str(tmp_path / "shallow"))
    shallow = TeamFolder(tmp_path / "shallow")
    shallow.git("config", "user.name", "A")
    shallow.git("config", "user.email", "a@example.com")
    commit_change(shallow.root, BOTH)
    assert len(shallow.git("log", "--format=%h").split()) == 2
    check_clean(shallow)


@pytest.mark.parametrize("attributes", ["*.yaml text eol=crlf\n", "rotations/** text eol=crlf\n", "*.yaml ident\n"])
def test_attributes_decide_what_git_keeps(made: TeamFolder, attributes: str) -> None:
    """The bytes on the disk are the command's, those in git what the attributes make of them."""
    made.commit({".gitattributes": attributes}, "Attributes")
    text = NEW_ALICE.replace(b"\n", b"\r\n") if "crlf" in attributes else NEW_ALICE
    commit_change(made.root, Change({ALICE: text, CAROL: text}, "Rename"))
    assert (made.root / ALICE).read_bytes() == text
    assert made.git("show", f"HEAD:{CAROL}").encode() == NEW_ALICE
    check_clean(made)


def test_attributes_of_a_folder(made: TeamFolder) -> None:
    """Attributes that are not committed yet count as they do for git itself."""
    made.write({"rotations/people/.gitattributes": "*.yaml text eol=crlf\n"})
    commit_change(made.root, Change({CAROL: b"name: Carol\r\n"}, "Carol"))
    assert subprocess.check_output(["git", "cat-file", "blob", f"HEAD:{CAROL}"], cwd=made.root) == b"name: Carol\n"


def test_a_filter_of_the_user(made: TeamFolder) -> None:
    made.git("config", "filter.upper.clean", "tr a-z A-Z")
    made.git("config", "filter.upper.smudge", "tr A-Z a-z")
    made.commit({".gitattributes": "*.txt filter=upper\n", "a.txt": "low\n"}, "Filter")
    commit_change(made.root, Change({"a.txt": b"lower\n"}, "Lower"))
    assert made.git("show", "HEAD:a.txt") == "LOWER\n"
    check_clean(made)


@pytest.mark.parametrize("date", ["1971-01-01T00:00:00+0000", "2098-01-01T00:00:00+0000"])
def test_clocks_wrong_by_years(made: TeamFolder, monkeypatch: pytest.MonkeyPatch, date: str) -> None:
    """What is wrong with the time of a file, of the index or of a commit decides nothing."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", date)
    monkeypatch.setenv("GIT_COMMITTER_DATE", date)
    seconds = 31_536_000 if date.startswith("1971") else 4_039_372_800
    for path in (made.root / ALICE, made.root / ".git" / "index"):
        os.utime(path, (seconds, seconds))
    commit_change(made.root, BOTH)
    assert made.git("log", "-1", "--format=%ad %cd", "--date=format:%Y") == f"{date[:4]} {date[:4]}\n"
    check_clean(made)


@pytest.mark.parametrize("locale", ["C", "POSIX", "tr_TR.UTF-8"])
def test_any_locale(made: TeamFolder, locale: str) -> None:
    """Letters of any script arrive as they are, wherever the program runs."""
    made.git("config", "i18n.commitEncoding", "ISO-8859-1")
    code = (
        "import sys; from pathlib import Path; from oncall_cli.repository.commit import Change, commit_change\n"
        "name = 'gr\\xf6\\xdfe \\u65e5\\u672c'\n"
        "commit_change(Path(sys.argv[1]), Change({f'notes/{name}.txt': name.encode()}, name))"
    )
    package = Path(__file__).parent.parent.parent
    environment = {**os.environ, "LANG": locale, "LC_ALL": locale}
    subprocess.run([sys.executable, "-c", code, str(made.root)], cwd=package, env=environment, check=True)
    assert made.git("log", "-1", "--format=%s").strip() == "größe 日本"
    assert made.git("-c", "core.quotePath=false", "ls-files", "notes").strip() == "notes/größe 日本.txt"
    check_clean(made)


def started(folder: Path) -> int:
    lines = [line for path in folder.iterdir() for line in path.read_text().splitlines()]
    return sum(json.loads(line)["event"] == "start" for line in lines)


def test_git_starts_no_more_than_ten_times(made: TeamFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted by git itself, its own children too; a new file in new folders beside one that is edited."""
    (tmp_path / "trace").mkdir()
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(tmp_path / "trace"))
    commit_change(made.root, BOTH)
    assert 5 <= started(tmp_path / "trace") <= 10


def test_git_starts_no_more_than_ten_times_for_a_command(made: TeamFolder, tmp_path: Path) -> None:
    """From a cold start: whose e-mail it is, and the commit."""
    (tmp_path / "trace").mkdir()
    environment = {**os.environ, "GIT_TRACE2_EVENT": str(tmp_path / "trace")}
    package = str(Path(__file__).parent.parent.parent)
    words = [
        "-m",
        "oncall_cli",
        "-C",
        str(made.root),
        "timeoff",
        "add",
        "--from",
        "2096-12-01",
        "--until",
        "2096-12-03",
    ]
    subprocess.run([sys.executable, *words], env=environment, cwd=package, check=True, capture_output=True)
    assert made.git("log", "-1", "--format=%s").startswith("alice is away")
    assert 5 <= started(tmp_path / "trace") <= 10


def test_the_reflogs_say_what_was_done(made: TeamFolder) -> None:
    """Those of the branch and of HEAD, as after a commit of git's own."""
    commit_change(made.root, edit_alice())
    for name in ("HEAD", "main"):
        assert made.git("reflog", "show", "-1", "--format=%gs", name) == "oncall: Rename Alice\n"


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_modes_are_the_users(made: TeamFolder, umask: int) -> None:
    """A new file has the mode that the mask gives, an old one keeps its own."""
    (made.root / ALICE).chmod(0o640)
    before = os.umask(umask)
    try:
        commit_change(made.root, BOTH)
    finally:
        os.umask(before)
    assert (made.root / ALICE).stat().st_mode & 0o777 == 0o640
    assert (made.root / COVER).stat().st_mode & 0o777 == 0o666 & ~umask
    assert made.git("ls-files", "-s", COVER).startswith("100644")


def test_a_template_and_cleaning_of_messages_are_not_ours(made: TeamFolder) -> None:
    (made.root / "template").write_text("Ticket:\n")
    made.git("config", "commit.template", str(made.root / "template"))
    made.git("config", "commit.cleanup", "scissors")
    done = commit_change(made.root, edit_alice("#1 is Alice"))
    assert made.git("log", "-1", "--format=%B") == f"#1 is Alice\n\nOncall-Change: {done.mark}\n\n"


def test_hooks_of_messages(made: TeamFolder) -> None:
    """They are given the file and the source as by git commit; our mark stays the last line."""
    hook(made, "prepare-commit-msg", 'test "$2" = message && echo "On $(git branch --show-current)" >> "$1"')
    hook(made, "commit-msg", 'git interpret-trailers --in-place --trailer "Change-Id: I1" "$1"')
    done = commit_change(made.root, edit_alice())
    message = made.git("log", "-1", "--format=%B")
    assert "On main" in message
    assert "Change-Id: I1" in message
    assert mark_of(message) == done.mark
    assert message.startswith("Rename Alice\n\n")


def test_hooks_elsewhere(made: TeamFolder) -> None:
    """core.hooksPath counts from the top of the work tree."""
    hook(made, "pre-commit", "echo 'not this one' >&2; exit 1")
    made.write({"hooks/pre-commit": "#!/bin/sh\necho 'no commits on Friday' >&2; exit 1\n"})
    (made.root / "hooks" / "pre-commit").chmod(0o755)
    made.git("config", "core.hooksPath", "hooks")
    with pytest.raises(GitInTheWay, match="the hook 'pre-commit' refused the commit: no commits on Friday"):
        commit_change(made.root, edit_alice())


def test_a_hook_sees_files_index_and_patterns_as_git_commit_shows_them(made: TeamFolder) -> None:
    """The new bytes are in place, they alone are staged, and a pattern is a pattern."""
    spoil(made)
    text = (
        "git diff --cached --name-only -- '*.yaml' > seen\ngit diff-files --name-only >> seen\n"
        f"tail -n 2 {ALICE} >> seen; git diff --quiet -- {ALICE} && echo clean >> seen"
    )
    hook(made, "pre-commit", text)
    commit_change(made.root, edit_alice())
    assert made.read("seen").split("\n")[0] == ALICE
    assert "name: Alice B." in made.read("seen")
    assert made.read("seen").endswith("clean\n")


def test_what_a_hook_stages_of_our_files_is_committed(made: TeamFolder) -> None:
    """A formatter's bytes are in the commit and on the disk; what it stages elsewhere stays out of the commit."""
    hook(made, "pre-commit", f"echo '# formatted' >> {ALICE}; echo x > other.txt; git add {ALICE} other.txt")
    commit_change(made.root, edit_alice())
    assert made.read(ALICE).encode() == NEW_ALICE + b"# formatted\n"
    assert made.git("show", f"HEAD:{ALICE}") == made.read(ALICE)
    assert made.git("status", "--porcelain") == "?? other.txt\n"
    assert leftovers(made.root) == []


@pytest.mark.parametrize(
    ("text", "failure", "words"),
    [
        (f"echo 'nme: x' >> {ALICE}; git add {ALICE}", Unreadable, "unknown key 'nme'"),
        (f"echo '# formatted' >> {ALICE}; echo 'files were modified' >&2; exit 1", GitInTheWay, "files were modified"),
        (f"git reset --quiet HEAD -- {ALICE}", Refused, "nothing would change"),
    ],
    ids=["invalid", "fails", "unstages"],
)
def test_what_a_hook_spoils_is_put_back(made: TeamFolder, text: str, failure: type[Exception], words: str) -> None:
    """A hook that edits our file and fails, or makes it invalid, leaves it as it was before the command."""
    hook(made, "pre-commit", text)
    before = state(made)
    with pytest.raises(failure, match=words):
        commit_change(made.root, edit_alice())
    assert state(made) == before
    assert leftovers(made.root) == []


def test_the_hook_after_the_commit(made: TeamFolder) -> None:
    """It finds the commit made and the lock given back, and its failure changes nothing."""
    hook(made, "post-commit", "git log -1 --format=%s > seen; git status --porcelain >> seen; exit 1")
    commit_change(made.root, edit_alice())
    assert made.read("seen") == "Rename Alice\n?? seen\n"


def test_a_signature_of_ssh(made: TeamFolder, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (tmp_path / "signers").write_text(f"alice@example.com {key.with_suffix('.pub').read_text()}")
    for name, value in (
        ("commit.gpgSign", "yes"),
        ("gpg.format", "ssh"),
        ("user.signingKey", str(key)),
        ("gpg.ssh.allowedSignersFile", str(tmp_path / "signers")),
    ):
        made.git("config", name, value)
    commit_change(made.root, edit_alice())
    assert made.git("log", "-1", "--format=%G?").strip() == "G"
    check_clean(made)


SIGNS = """
import sys, time
from pathlib import Path
from oncall_cli.repository.commit import Change, commit_change
commit_change(Path(sys.argv[1]), Change({"rotations/people/slow.yaml": b"name: Slow\\n"}, "Slow"))
"""


def test_somebody_who_types_a_passphrase_holds_nobody_up(made: TeamFolder, tmp_path: Path) -> None:
    """The lock is not held meanwhile, and the commit is made anew on what the others have done."""
    asked, answered = tmp_path / "asked", tmp_path / "answered"
    program = tmp_path / "gpg"
    program.write_text(
        f'#!/bin/sh\ntouch {asked}\nwhile [ ! -e {answered} ]; do sleep 0.05; done\nexec ssh-keygen "$@"\n'
    )
    program.chmod(0o755)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    signing = {"commit.gpgSign": "true", "gpg.format": "ssh", "user.signingKey": str(tmp_path / "key")}
    values = [("-c", f"{name}={value}") for name, value in {**signing, "gpg.ssh.program": str(program)}.items()]
    environment = {
        **os.environ,
        "GIT_CONFIG_COUNT": str(len(values)),
        **{f"GIT_CONFIG_KEY_{n}": word.partition("=")[0] for n, (_, word) in enumerate(values)},
        **{f"GIT_CONFIG_VALUE_{n}": word.partition("=")[2] for n, (_, word) in enumerate(values)},
    }
    package = Path(__file__).parent.parent.parent
    slow = subprocess.Popen([sys.executable, "-c", SIGNS, str(made.root)], cwd=package, env=environment)
    while not asked.exists():
        assert slow.poll() is None
    commit_change(made.root, edit_alice())
    answered.touch()
    assert slow.wait(30) == 0
    assert made.git("log", "--format=%s").splitlines() == ["Slow", "Rename Alice", "The team begins"]
    assert "gpgsig" in made.git("cat-file", "commit", "HEAD")
    check_clean(made)


def test_a_repository_that_git_does_not_trust(made: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another user's repository is refused, with the command that would trust it."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    before = everything(made.root)
    with pytest.raises(GitInTheWay, match="another user owns it") as refused:
        commit_change(made.root, edit_alice())
    assert "safe.directory" in refused.value.hint
    assert everything(made.root) == before


def test_a_file_that_is_too_large_for_the_disk(made: TeamFolder) -> None:
    """The system's limit is a real fault; everything is as it was."""
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
    code = limit + (
        "from pathlib import Path; from oncall_cli.repository.commit import Change, commit_change\n"
        "import os; from oncall_cli.errors import OncallError\n"
        "data = os.urandom(15_000).hex().encode()\n"
        "try: commit_change(Path(sys.argv[1]), Change({'big.txt': data}, 'Big'))\n"
        "except OncallError as failure: print(failure.message)"
    )
    before = state(made)
    package = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code, str(made.root)], cwd=package, capture_output=True, check=True, text=True
    )
    assert "cannot be written: File too large" in done.stdout
    assert state(made) == before
    assert leftovers(made.root) == []


def test_an_old_git_runs_hooks_too(made: TeamFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git before 2.36 has no command that runs a hook."""
    real = shutil.which("git")
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text(
        '#!/bin/sh\nfor word; do case "$word" in hook) echo "git: \'hook\' is not a git command." >&2; exit 1;; '
        f'rev-parse) break;; esac; done\nexec {real} "$@"\n'
    )
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")
    hook(made, "pre-commit", "git diff --cached --name-only > seen")
    hook(made, "commit-msg", 'echo "no ticket in $(head -n 1 "$1")"; exit 1')
    with pytest.raises(GitInTheWay, match="'commit-msg' refused the commit: no ticket in Rename Alice"):
        commit_change(made.root, edit_alice())
    assert made.read("seen") == f"{ALICE}\n"
    assert made.read(ALICE) == TEAM[ALICE]
