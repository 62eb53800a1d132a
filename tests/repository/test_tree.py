"""A team's files out of a commit, and the two commits that a review compares."""

import subprocess
from pathlib import Path

import pytest

from oncall_cli.errors import NothingFound
from oncall_cli.repository.files import WorkTree
from oncall_cli.repository.git import Git
from oncall_cli.repository.objects import Objects
from oncall_cli.repository.reading import Memo, TeamRepository
from oncall_cli.repository.revisions import compared, revision
from oncall_cli.repository.tree import GitTree

PERSON = "name: {}\n"


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, text=True).stdout.strip()


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


def commit(root: Path, subject: str) -> str:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", subject)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    top = tmp_path / "top"
    top.mkdir()
    git(top, "init", "--quiet", "--initial-branch=main")
    git(top, "config", "user.name", "Ana")
    git(top, "config", "user.email", "ana@example.com")
    root = top / "team"
    write(root, "oncall.yaml", "name: Team\n")
    write(root, "rotations/people/ana.yaml", PERSON.format("Ana"))
    write(root, "rotations/people/bé.yaml", "not: valid\n")
    write(top, "elsewhere.txt", "x")
    commit(top, "begin")
    return root


def test_a_commit_says_what_the_work_tree_said_then(root: Path) -> None:
    now, then = WorkTree(root), GitTree(Git(root), "HEAD")
    for folder in ("", "rotations", "rotations/people", "runbooks"):
        assert then.list(folder) == now.list(folder)
    for path in ("oncall.yaml", "rotations/people/bé.yaml", "rotations/people", "nowhere.yaml"):
        if path != "rotations/people":
            assert then.read(path) == now.read(path)
    write(root, "rotations/people/ana.yaml", PERSON.format("Anna"))
    assert then.read("rotations/people/ana.yaml") == b"name: Ana\n"


def test_a_link_in_a_commit_is_not_followed(root: Path) -> None:
    (root / "rotations/people/cy.yaml").symlink_to("ana.yaml")
    commit(root, "link")
    tree = GitTree(Git(root), "HEAD")
    assert "cy.yaml" in tree.list("rotations/people")
    with pytest.raises(OSError, match="symbolic link"):
        tree.read("rotations/people/cy.yaml")


def test_two_trees_read_and_parse_what_they_share_once(root: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    write(root, "rotations/people/dan.yaml", PERSON.format("Dan"))
    second = commit(root, "dan")
    objects, memo = Objects(Git(root)), Memo()
    states = [TeamRepository(root, GitTree(Git(root), one, objects), memo) for one in (first, second)]
    before, after = (state.people() for state in states)
    assert before["ana"] is after["ana"]
    assert sorted(after) == ["ana", "dan"]


def test_the_base_is_where_the_sides_parted(root: Path) -> None:
    parting = git(root, "rev-parse", "HEAD")
    git(root, "switch", "--quiet", "--create", "change")
    write(root, "rotations/people/dan.yaml", PERSON.format("Dan"))
    mine = commit(root, "dan")
    git(root, "switch", "--quiet", "main")
    write(root, "rotations/people/eve.yaml", PERSON.format("Eve"))
    theirs = commit(root, "eve")
    git(root, "switch", "--quiet", "change")
    asked = Git(root)
    assert compared(asked, None).base.sha == parting
    assert compared(asked, None).head is None
    assert compared(asked, "main").base.sha == parting
    three = compared(asked, "main...change")
    assert (three.base.sha, three.head and three.head.sha) == (parting, mine)
    two = compared(asked, "main..change")
    assert (two.base.sha, two.head and two.head.sha) == (theirs, mine)


def test_a_revision_that_does_not_exist(root: Path) -> None:
    with pytest.raises(NothingFound, match="'nowhere'") as told:
        revision(Git(root), "nowhere")
    assert "git fetch" in told.value.hint
    with pytest.raises(NothingFound, match="'--help'"):
        revision(Git(root), "--help")


def test_a_shallow_clone_says_how_to_get_the_rest(root: Path, tmp_path: Path) -> None:
    write(root, "rotations/people/dan.yaml", PERSON.format("Dan"))
    commit(root, "dan")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root.parent}", str(clone))
    with pytest.raises(NothingFound) as told:
        compared(Git(clone / "team"), "HEAD~1")
    assert "--unshallow" in told.value.hint


def test_unrelated_histories_are_compared_as_they_are(root: Path) -> None:
    git(root, "switch", "--quiet", "--orphan", "other")
    write(root, "oncall.yaml", "name: Other\n")
    commit(root, "other")
    found = compared(Git(root), "main...other")
    assert found.base.sha == git(root, "rev-parse", "main")
    assert "unrelated" in found.notes[0]
