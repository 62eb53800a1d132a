"""A commit as objects alone: the content of our files, the folders on the way to them, and itself; no file moves."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from oncall_cli.errors import GitInTheWay
from oncall_cli.repository.git import Git, failure
from oncall_cli.repository.git_state import Repository, branch_of, known_to_git, refuse_edited, refuse_under_way
from oncall_cli.repository.objects import Objects
from oncall_cli.repository.trees import Entry, Trees

Contents = Mapping[str, bytes | None]
Entries = Mapping[str, Entry | None]

# an object that is not on the disk when the branch is would be a broken repository after a power cut
_DURABLY = ("-c", "core.fsync=committed")
_FILE = "100644"


class Tip(NamedTuple):
    """Where a branch stands, and what git knows of the files that are to change."""

    branch: str
    commit: str | None
    trees: Trees
    committed: dict[str, Entry | None]
    indexed: dict[str, Entry | None]


def tip(repository: Repository, files: Contents, *, by_hand: bool = False) -> Tip:
    """Return where the branch stands; refuse what forbids to commit the files now.

    With ``by_hand`` the files' own edits are what is to be committed.
    """
    refuse_under_way(repository.git_dir)
    git = repository.at_top
    branch = branch_of(repository)
    known = known_to_git(git, files)
    objects = Objects(git)
    try:
        head = objects.found(f"{branch}^{{commit}}")
        top = head[1].split(b"\n", 1)[0].removeprefix(b"tree ").decode() if head else None
        trees = Trees(objects, top, repository.hash_name)
        committed = {path: trees.entry(path) for path in files}
    finally:
        objects.close()
    refuse_edited(known, committed, files, by_hand=by_hand)
    return Tip(branch, head[0] if head else None, trees, committed, {path: known[path].entry for path in files})


def write_contents(repository: Repository, work: Path, files: Contents, was: Entries) -> dict[str, Entry | None]:
    """Give git the contents, as the filters and line ends of their paths want them; return what it says of them."""
    there = {path: data for path, data in files.items() if data is not None}
    scratch = work / "tree"
    for path, data in there.items():
        (scratch / path).parent.mkdir(parents=True, exist_ok=True)
        (scratch / path).write_bytes(data)
    _copy_attributes(repository.top, scratch, there)
    names = _hashed(repository, scratch, list(there))
    modes = {path: entry.mode if (entry := was[path]) else _FILE for path in files}
    made = dict(zip(there, names, strict=True))
    return {path: Entry(modes[path], made[path]) if path in made else None for path in files}


def write_folders(repository: Repository, work: Path, trees: Trees) -> None:
    """Give git the folders that a change made."""
    folder = work / "folders"
    folder.mkdir(exist_ok=True)
    for number, data in enumerate(trees.made):
        (folder / str(number)).write_bytes(data)
    numbers = [str(number) for number in range(len(trees.made))]
    _hashed(repository, folder, numbers, "-t", "tree", "--no-filters")


def write_commit(repository: Repository, tree: str, parent: str | None, message: str, *, signs: bool) -> str:
    """Give git the commit, by the user's identity and with the user's signature, and return its name."""
    words = (*(("-p", parent) if parent else ()), *(("-S",) if signs else ()))
    settings = ("-c", "user.useConfigOnly=true", "-c", "i18n.commitEncoding=UTF-8", *_DURABLY)
    answer = repository.at_top.ask(
        *settings, "commit-tree", tree, *words, "-F", "-", stdin=message.encode(), reads_only=False
    )
    if answer.status != 0:
        raise failure(answer, "git did not make the commit")
    return answer.out.strip()


def index_of(repository: Repository, tree: str, path: Path) -> None:
    """Write the index of a tree, which knows the files on the disk as well as the user's does."""
    usual = repository.git_dir / "index"
    if usual.exists():
        shutil.copy2(usual, path)
    repository.at_top.tell("read-tree", "--reset", tree, reads_only=False, also={"GIT_INDEX_FILE": str(path)})


def staged_in(repository: Repository, index: Path, paths: Iterable[str]) -> dict[str, Entry | None]:
    """Return what an index says of paths."""
    asked = ("ls-files", "-s", "-z", "--", *sorted(paths))
    lines = repository.at_top.tell(*asked, also={"GIT_INDEX_FILE": str(index)}).split("\0")
    found = {path: Entry(*said.split()[:2]) for said, _, path in (line.partition("\t") for line in lines if line)}
    return {path: found.get(path) for path in paths}


def _hashed(repository: Repository, folder: Path, names: list[str], *words: str) -> list[str]:
    if not names:
        return []
    also = {"GIT_DIR": str(repository.git_dir), "GIT_WORK_TREE": str(folder)}
    given = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    answer = Git(folder).ask(
        *_DURABLY, "hash-object", "-w", *words, "--stdin-paths", stdin=given, reads_only=False, also=also
    )
    made = answer.out.split()
    if answer.status != 0:
        raise failure(answer, "git does not take the file")
    if len(made) != len(names):
        raise GitInTheWay("git did not name all of the files that it took")
    return made


def _copy_attributes(top: Path, scratch: Path, paths: Iterable[str]) -> None:
    """Let the scratch folder have the attributes of the work tree, by which git chooses line ends and filters."""
    folders = {folder for path in paths for folder in Path(path).parents}
    for folder in folders:
        attributes = top / folder / ".gitattributes"
        target = scratch / folder / ".gitattributes"
        if attributes.is_file() and not target.exists():
            shutil.copyfile(attributes, target)
