"""The order in which a change becomes a commit, so that a process may die anywhere (see .github/docs/commits.md)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.repository.acceptable import refuse_invalid
from oncall_cli.repository.git_state import Repository
from oncall_cli.repository.journal import FileChange, Journal, make_folder, sum_of, work_folder
from oncall_cli.repository.new_commit import (
    Contents,
    Entries,
    Tip,
    index_of,
    staged_in,
    tip,
    write_commit,
    write_contents,
    write_folders,
)
from oncall_cli.repository.objects import Objects
from oncall_cli.repository.recovery import BranchMoved, Ending, end_failed
from oncall_cli.repository.user_hooks import UserHooks
from oncall_cli.repository.user_index import UserIndex
from oncall_cli.repository.work_files import content, missing_folders


class Draft(NamedTuple):
    """What is to be committed on a tip: the entries of our files, and the commit once it is made."""

    tip: Tip
    entries: Entries
    tree: str
    commit: str | None


class Writer:
    """Makes one commit of files, by their paths from the top of the work tree."""

    def __init__(
        self, repository: Repository, hooks: UserHooks, files: Contents, message: str, *, by_hand: bool
    ) -> None:
        self._repository = repository
        self._hooks = hooks
        self._files = files
        self._message = message
        self._by_hand = by_hand

    def draft(self) -> Draft | None:
        """Make the commit as objects before the lock is taken, where somebody may have to type a passphrase.

        A hook that looks at the files has to see them in their places, so that nothing can be made before then.
        """
        if self._hooks.before or not self._hooks.take_time:
            return None
        with _work(self._repository) as work:
            return self._objects(work, self._tip())

    def write(self, held: int, draft: Draft | None) -> str | None:
        """Make the commit with the lock held and return its name; None when the branch is not the draft's any more."""
        with _work(self._repository) as work:
            now = self._tip()
            if draft and (draft.tip.branch, draft.tip.commit) != (now.branch, now.commit):
                return None
            UserIndex(self._repository.at_top, self._repository.git_dir, work).wait_until_free()
            draft = draft or self._objects(work, now)
            return self._carry_out(self._journal(work.name, draft), draft, held)

    def _tip(self) -> Tip:
        return tip(self._repository, self._files, by_hand=self._by_hand)

    def _objects(self, work: Path, now: Tip) -> Draft:
        """Give git the contents and folders, and the commit too unless a hook has to see the files first."""
        entries = write_contents(self._repository, work, self._files, now.committed)
        _refuse_unchanged(entries, now)
        tree = self._tree(work, now, entries)
        commit = None if self._hooks.before else self._make(work, now, tree)
        return Draft(now, entries, tree, commit)

    def _tree(self, work: Path, now: Tip, entries: Entries) -> str:
        tree = now.trees.changed(entries)
        write_folders(self._repository, work, now.trees)
        return tree

    def _make(self, work: Path, now: Tip, tree: str) -> str:
        index = work / "hook-index"
        if self._hooks.want_index and not index.exists():
            index_of(self._repository, tree, index)
        message = self._hooks.message(self._message, index, work)
        return write_commit(self._repository, tree, now.commit, message, signs=self._hooks.signs)

    def _journal(self, name: str, draft: Draft) -> Journal:
        top, now = self._repository.top, draft.tip
        files = [
            FileChange(
                path,
                before=sum_of(content(top / path)),
                after=sum_of(data),
                was=now.indexed[path],
                will_be=draft.entries[path],
            )
            for path, data in self._files.items()
        ]
        folders = missing_folders(top, self._files)
        return Journal(name, now.branch, now.commit, draft.commit, self._message.split("\n", 1)[0], files, folders)

    def _carry_out(self, journal: Journal, draft: Draft, held: int) -> str | None:
        """Write the intention down, then the files, the index and the branch; on any failure all is as it was.

        Returns nothing when the branch has moved meanwhile, which our lock does not keep another git from doing.
        """
        git_dir = self._repository.git_dir
        try:
            journal.write(git_dir)
            ending = Ending(self._repository, journal, held)
            ending.files.prepare(self._files)
            ending.files.put()
            if journal.new is None:
                self._let_hook_see(journal, draft)
                journal.write(git_dir)
            ending.commit()
        except BaseException as wrong:
            made = end_failed(self._repository, journal)
            if not made and isinstance(wrong, BranchMoved):
                return None
            if not made or not isinstance(wrong, Exception):
                raise
        return journal.new or ""

    def _let_hook_see(self, journal: Journal, draft: Draft) -> None:
        """Let the user's hook look at the files, and make the commit of what it has staged of them."""
        repository, now = self._repository, draft.tip
        work = journal.work(repository.git_dir)
        index = work / "hook-index"
        index_of(repository, draft.tree, index)
        try:
            self._hooks.check(index)
        finally:
            # what the hook made of our files is ours to commit, or to take back
            for file in journal.files:
                file.after = sum_of(content(repository.top / file.path))
        entries = staged_in(repository, index, self._files)
        tree = draft.tree
        if entries != draft.entries:
            self._refuse_invalid(entries)
            _refuse_unchanged(entries, now)
            tree = self._tree(work, now, entries)
            for file in journal.files:
                file.will_be = entries[file.path]
        journal.new = self._make(work, now, tree)

    def _refuse_invalid(self, entries: Entries) -> None:
        objects = Objects(self._repository.at_top)
        try:
            for path, entry in entries.items():
                refuse_invalid(path.removeprefix(self._repository.prefix), objects.read(entry.name) if entry else None)
        finally:
            objects.close()


def _refuse_unchanged(entries: Entries, now: Tip) -> None:
    if entries == now.committed:
        raise Refused("nothing would change")


@contextmanager
def _work(repository: Repository) -> Iterator[Path]:
    make_folder(repository.git_dir)
    with work_folder(repository.git_dir) as work:
        yield work
