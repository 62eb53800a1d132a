"""Our commits made again on top of others': in git's objects alone, no file and no index of the user's moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import NamedTuple

from oncall_cli.errors import GitInTheWay
from oncall_cli.practice.three_way import ABSENT
from oncall_cli.repository.git import failure
from oncall_cli.repository.git_state import Repository
from oncall_cli.repository.layout import INCIDENT, OVERRIDE, REQUEST, claim
from oncall_cli.repository.local_commits import LocalCommit, commits
from oncall_cli.repository.merge import Disagreement, Merged, Versions, merge_file
from oncall_cli.repository.objects import Objects
from oncall_cli.repository.trees import Entry

_DURABLY = ("-c", "core.fsync=committed", "-c", "i18n.commitEncoding=UTF-8")
_NO_FILE = "000000"
_FILES = ("100644", "100755")
_MAY_STAND_TWICE = (INCIDENT, OVERRIDE, REQUEST)


Maybe = Entry | None


class Touched(NamedTuple):
    """What a commit did to a file."""

    path: str
    before: Maybe
    after: Maybe


class Dispute(NamedTuple):
    """A disagreement about a file between one of our commits and what is upstream, and who made that."""

    path: str
    about: Disagreement
    other: str


class Aside(NamedTuple):
    """A commit of ours that cannot be made upstream, and what it disagrees about."""

    commit: LocalCommit
    disputes: tuple[Dispute, ...]


class Replayed(NamedTuple):
    """The last commit, those of ours below it (under the names they have now), and those set aside."""

    tip: str
    made: tuple[tuple[LocalCommit, str], ...]
    aside: tuple[Aside, ...]
    renamed: Mapping[str, str]
    """Where our records are whose names somebody else has given to records of theirs."""


class Replay:
    """Makes commits on top of a tip, one after the other, with an index of its own."""

    def __init__(self, repository: Repository, index: Path) -> None:
        self._git = repository.at_top
        self._prefix = repository.prefix
        self._objects = Objects(self._git)
        self._index = index
        self._own = {"GIT_INDEX_FILE": str(index)}
        self._index_of: str | None = None
        self._renamed: dict[str, str] = {}
        self._signs = self._git.ask("config", "--type=bool", "commit.gpgsign").out.strip() == "true"

    def onto(self, tip: str, mine: Iterable[LocalCommit]) -> Replayed:
        """Make commits on top of ``tip``; one that contradicts what is there is set aside, with all its files."""
        made, aside = [], []
        self._renamed = {}
        for commit in mine:
            if commit.parents[:1] == (tip,):
                tip = commit.sha
                made.append((commit, tip))
                continue
            found = self._made(commit, tip)
            if isinstance(found, Aside):
                aside.append(found)
            elif found != tip:
                made.append((commit, found))
                tip = found
        return Replayed(tip, tuple(made), tuple(aside), self._renamed)

    def close(self) -> None:
        """End what reads for this replay, and remove its index."""
        self._objects.close()
        self._index.unlink(missing_ok=True)

    def disputes(self, commit: LocalCommit, tip: str) -> tuple[Dispute, ...]:
        """Return what a commit and a tip disagree about."""
        self._stand_on(tip)
        touched = self._touched(commit)
        there = self._there(each.path for each in touched)
        merged = [(each.path, self._merged(each, there.get(each.path))) for each in touched]
        return self._disputes(commit, merged, tip)

    def _made(self, commit: LocalCommit, tip: str) -> str | Aside:
        """Return the commit's new name, the tip itself when all that it does is there already."""
        self._stand_on(tip)
        touched = [self._where_it_is(each) for each in self._touched(commit)]
        there = self._there(each.path for each in touched)
        found = [(each, self._merged(each, there.get(each.path))) for each in touched]
        merged = [self._beside(each, one) for each, one in found]
        disputes = self._disputes(commit, [(each.path, one) for each, one in merged], tip)
        if disputes:
            return Aside(commit, disputes)
        pairs = zip(touched, merged, strict=True)
        self._renamed |= {old.path: new.path for old, (new, _) in pairs if old.path != new.path}
        files = {each.path: self._kept(each, there.get(each.path), one.data) for each, one in merged}
        changed = {path: blob for path, blob in files.items() if blob != there.get(path)}
        if not changed:
            return tip
        self._index_of = self._commit(commit, tip, changed)
        return self._index_of

    def _where_it_is(self, touched: Touched) -> Touched:
        """Return what a commit did to a file of ours under the name that an earlier commit had to give it."""
        return touched._replace(path=self._renamed.get(touched.path, touched.path)) if touched.before else touched

    def _beside(self, touched: Touched, found: Merged) -> tuple[Touched, Merged]:
        """Give a new record a free name where somebody else's has its own: both are kept, for people to merge."""
        claimed = claim(self._below_root(touched.path))
        if not found.disagreements or touched.before or not claimed or claimed.kind not in _MAY_STAND_TWICE:
            return touched, found
        stem, dot, suffix = touched.path.rpartition(".")
        names = (f"{stem}-{number}{dot}{suffix}" for number in count(2))
        free = next(name for name in names if not self._there([name]))
        return touched._replace(path=free), Merged(None)

    def _below_root(self, path: str) -> str:
        return path.removeprefix(self._prefix)

    def _stand_on(self, tip: str) -> None:
        if self._index_of != tip:
            self._git.tell("read-tree", "--reset", tip, reads_only=False, also=self._own)
            self._index_of = tip

    def _touched(self, commit: LocalCommit) -> list[Touched]:
        asked = ("diff-tree", "-r", "-z", "--no-renames", "--full-index", "--root", "--no-commit-id")
        parts = self._git.tell(*asked, *(commit.parents[:1]), commit.sha).split("\0")
        found = []
        for said, path in zip(parts[::2], parts[1::2], strict=False):
            old_mode, new_mode, old, new, _ = said.removeprefix(":").split(" ")
            found.append(Touched(path, _blob(old_mode, old), _blob(new_mode, new)))
        return found

    def _there(self, paths: Iterable[str]) -> dict[str, Entry]:
        lines = self._git.tell("ls-files", "-s", "-z", "--", *paths, also=self._own).split("\0")
        pairs = (line.partition("\t") for line in lines if line)
        return {path: Entry(*said.split()[:2]) for said, _, path in pairs}

    def _merged(self, touched: Touched, there: Maybe) -> Merged:
        sides = (touched.before, touched.after, there)
        if any(one and one.mode not in _FILES for one in sides) and there not in (touched.before, touched.after):
            return Merged(None, (Disagreement((), ABSENT, ABSENT, "it is a link or a submodule"),))
        if there in (touched.before, touched.after):
            return Merged(None)
        return merge_file(
            self._below_root(touched.path), Versions(*(self._objects.read(one.name) if one else None for one in sides))
        )

    def _kept(self, touched: Touched, there: Maybe, data: bytes | None) -> Maybe:
        """Return what the new commit has at a path."""
        if there in (touched.before, touched.after):
            return touched.after
        if data is None:
            return None
        ours, theirs = touched.after, there
        mode = theirs.mode if theirs and ours and touched.before and ours.mode == touched.before.mode else None
        kept = mode or (ours.mode if ours else _FILES[0])
        return Entry(
            kept, self._git.tell(*_DURABLY, "hash-object", "-w", "--stdin", stdin=data, reads_only=False).strip()
        )

    def _commit(self, commit: LocalCommit, parent: str, changed: Mapping[str, Maybe]) -> str:
        zero = "0" * len(parent)
        lines = [f"{blob.mode} {blob.name}\t{path}" if blob else f"0 {zero}\t{path}" for path, blob in changed.items()]
        given = "\0".join([*lines, ""]).encode("utf-8", "surrogateescape")
        self._git.tell("update-index", "-z", "--index-info", stdin=given, reads_only=False, also=self._own)
        tree = self._git.tell(*_DURABLY, "write-tree", reads_only=False, also=self._own).strip()
        words = ("commit-tree", tree, "-p", parent, *(("-S",) if self._signs else ()), "-F", "-")
        who = commit.who.variables()
        answer = self._git.ask(*_DURABLY, *words, stdin=commit.message.encode(), reads_only=False, also=who)
        if answer.status != 0:
            raise failure(answer, "git did not make the commit")
        return answer.out.strip()

    def _disputes(self, commit: LocalCommit, merged: Iterable[tuple[str, Merged]], tip: str) -> tuple[Dispute, ...]:
        return tuple(
            Dispute(path, about, self._contradictor(commit, path, tip))
            for path, one in merged
            for about in one.disagreements
        )

    def _contradictor(self, commit: LocalCommit, path: str, tip: str) -> str:
        """Return who else changed a file last, which may be deleted by then; where nobody else did, who did."""
        since = commits(self._git, tip, f"^{commit.sha}", paths=[path])[::-1]
        others = [one for one in since if one.who.author_email != commit.who.author_email]
        return next((one.who.author for one in (*others, *since)), "somebody")


def _blob(mode: str, name: str) -> Maybe:
    return None if mode == _NO_FILE else Entry(mode, name)


def own_index(git_dir: Path) -> Path:
    """Return where a replay keeps its index; whoever holds the lock of ``syncing`` may write it."""
    path = git_dir / "oncall-sync.index"
    for one in (path, path.with_name(f"{path.name}.lock")):
        try:
            one.unlink(missing_ok=True)
        except OSError as wrong:
            raise GitInTheWay(f"'{one}' cannot be written: {wrong.strerror}", "make it writable") from None
    return path
