"""What must be so before anything is touched: a branch, nothing half done, a known author, clean files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from oncall_cli.errors import GitInTheWay, Place, Refused
from oncall_cli.repository.git import TELL_GIT_WHO, Git, failure
from oncall_cli.repository.trees import Entry

_UNDER_WAY = {
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "sequencer": "cherry-pick",
    "BISECT_LOG": "bisect",
}
_BARE = ("this is a bare repository, which has no files to change", "work in a clone of it")
_HEADS = "refs/heads/"
_SHORT = 7


class Repository(NamedTuple):
    """Where git keeps the repository of a team, and how the team's root lies in its work tree."""

    root: Path
    top: Path
    prefix: str
    """What stands before a path of the root in git's own paths; empty, or ending in a slash."""
    git_dir: Path
    common_dir: Path
    hooks: tuple[Path, ...]
    hash_name: str
    short: int
    """How many digits name a commit shortly."""

    @property
    def at_top(self) -> Git:
        """Git at the top of the work tree, where paths are its own."""
        return Git(self.top)


def locate(git: Git) -> Repository:
    """Return where git keeps the repository of its folder, which must have files to change."""
    asked = ("--is-bare-repository", "--show-toplevel", "--absolute-git-dir", "--git-common-dir")
    # the short name comes last: there is none before the first commit
    later = ("--show-prefix", "--git-path", "hooks", "--show-object-format")
    answer = git.ask("rev-parse", *asked, *later, "--short", "HEAD")
    said = answer.out.split("\n")
    if said[0] == "true":
        raise GitInTheWay(*_BARE)
    if len(said) <= len(asked) + 3:
        raise failure(answer)
    top, git_dir, common_dir, prefix, hooks, hash_name, short = said[1:8]
    folder = git.folder
    of_hooks = (Path(top) / hooks, folder / hooks)
    length = len(short) if answer.status == 0 else _SHORT
    return Repository(folder, Path(top), prefix, Path(git_dir), folder / common_dir, of_hooks, hash_name, length)


def branch_of(repository: Repository) -> str:
    """Return the branch that is checked out, by its full name."""
    head = repository.git_dir / "HEAD"
    said = head.read_text(encoding="utf-8", errors="surrogateescape").strip() if not head.is_symlink() else ""
    branch = said.removeprefix("ref:").strip()
    if not branch.startswith(_HEADS) or branch == f"{_HEADS}.invalid":
        # kept in another way than in this file, or none
        branch = repository.at_top.ask("symbolic-ref", "--quiet", "HEAD").out.strip()
    if not branch.startswith(_HEADS):
        raise GitInTheWay("no branch is checked out (detached HEAD)", "check one out, with 'git switch BRANCH'")
    return branch


def under_way(git_dir: Path) -> str | None:
    """Return what git is in the middle of, such as a rebase."""
    return next((what for name, what in _UNDER_WAY.items() if (git_dir / name).exists()), None)


def refuse_under_way(git_dir: Path) -> None:
    """Say what git is in the middle of."""
    if what := under_way(git_dir):
        end = "git bisect reset" if what == "bisect" else f"git {what} --continue' or 'git {what} --abort"
        raise GitInTheWay(f"a {what} is under way", f"end it first, with '{end}'")


def refuse_unknown_author(git: Git) -> None:
    """Refuse to let git guess an author from the names of the user and the machine."""
    for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        if git.ask("-c", "user.useConfigOnly=true", "var", who).status != 0:
            raise GitInTheWay("git does not know who you are", TELL_GIT_WHO)


class Known(NamedTuple):
    """What the index says of one path, and how the file on the disk differs from that."""

    flags: frozenset[str]
    entry: Entry | None

    @property
    def edited(self) -> bool:
        """Whether a file is there that is not what the index says, or the index says several things."""
        return "M" in self.flags or ("C" in self.flags and "R" not in self.flags)


def known_to_git(git: Git, paths: Collection[str]) -> dict[str, Known]:
    """Return what the index says of paths, counted from the top, and of the files there."""
    listed = git.tell("ls-files", "-z", "-v", "-s", "-c", "-m", "-d", "-o", "--", *sorted(paths)).split("\0")
    flags: dict[str, set[str]] = {path: set() for path in paths}
    entries: dict[str, Entry] = {}
    for line in filter(None, listed):
        tag, _, rest = line.partition(" ")
        said, _, path = rest.rpartition("\t") if tag != "?" else ("", "", rest)
        if path in flags:
            flags[path].add(tag)
            if said:
                entries[path] = Entry(*said.split()[:2])
    return {path: Known(frozenset(flags[path]), entries.get(path)) for path in paths}


def refuse_edited(
    known: Mapping[str, Known],
    committed: Mapping[str, Entry | None],
    files: Mapping[str, bytes | None],
    *,
    by_hand: bool,
) -> None:
    """Refuse a file that was edited or staged by hand, or that git does not know yet."""
    for path in sorted(files):
        known_path = known[path]
        _refuse_overlooked(path, known_path)
        if by_hand:
            continue
        if known_path.entry != committed[path] or known_path.edited:
            raise Refused(
                f"'{path}' has changes that are not committed",
                f"commit them with 'oncall commit {path}', or take them back with 'git restore'",
                Place(path),
            )
        _refuse_unknown(path, known_path, deletes=files[path] is None)


def _refuse_overlooked(path: str, known: Known) -> None:
    told = {tag for tag in known.flags if tag.islower() or tag == "S"}
    if told:
        hint = f"run 'git update-index --no-assume-unchanged --no-skip-worktree {path}'"
        if "S" in told:
            hint += ", or widen the sparse checkout"
        raise Refused(f"git was told not to look at changes of '{path}'", hint, Place(path))


def _refuse_unknown(path: str, known: Known, *, deletes: bool) -> None:
    """Compare what git knows of a path with what is on the disk."""
    if "?" in known.flags:
        hint = f"commit it with 'oncall commit {path}', or move it away"
        raise Refused(f"'{path}' exists already and git does not know it", hint, Place(path))
    if "R" in known.flags:
        raise Refused(
            f"'{path}' is in the repository but not on the disk",
            f"bring it back with 'git restore', or commit that with 'oncall commit {path}'",
            Place(path),
        )
    if deletes and known.entry is None:
        raise Refused(f"'{path}' does not exist", "", Place(path))
