"""How a change ends: finished when its branch has moved, or can still move; otherwise taken back as if it never was."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Event

from oncall_cli.errors import GitInTheWay, Refused
from oncall_cli.repository.git import failure
from oncall_cli.repository.git_state import Repository, branch_of, known_to_git, refuse_under_way
from oncall_cli.repository.journal import Journal, journal_in, sweep
from oncall_cli.repository.journal_place import FOLDER, JOURNAL
from oncall_cli.repository.trees import Entry
from oncall_cli.repository.user_index import UserIndex
from oncall_cli.repository.work_files import WorkFiles

_TRIES = 5
# another git, as one that packs its references, may hold the branch for a moment
_PATIENTLY = (
    *("-c", "core.fsync=committed"),
    *("-c", "core.filesRefLockTimeout=2000"),
    *("-c", "core.packedRefsTimeout=2000"),
)
_PATIENCE_WITH_EMPTY_LOCKS = 1.0


class BranchMoved(GitInTheWay):
    """Another git committed to the branch between our look at it and our commit; all of it can be done again."""


class Ending:
    """One change that has been written down, and its ways to end; the lock is held by the caller."""

    def __init__(self, repository: Repository, journal: Journal, held: int | None) -> None:
        self._repository = repository
        self._git = repository.at_top
        self._journal = journal
        self._held = held
        self.files = WorkFiles(repository.top, repository.git_dir, journal)
        self.index = UserIndex(self._git, repository.git_dir, journal.work(repository.git_dir))

    def commit(self) -> None:
        """Bring the index and the branch to the new commit, once the files say what it says."""
        self.hold_index()
        if branch_of(self._repository) != self._journal.branch:
            raise GitInTheWay("another branch was checked out a moment ago", "run the command again")
        journal = self._journal
        old = journal.old or "0" * len(journal.new or "")
        words = ("update-ref", "-m", f"oncall: {journal.subject}", journal.branch, journal.new or "", old)
        # a child that outlives us still holds the lock, so that nobody takes its branch for unmoved
        answer = self._git.ask(*_PATIENTLY, *words, reads_only=False, holding=self._held)
        if answer.status != 0:
            if self._tip() != journal.old:
                raise BranchMoved("somebody else committed to this branch a moment ago", "run the command again")
            raise failure(answer, "git did not move the branch")
        # git counts a lock that it could not remove for no failure
        self.remove_dead_locks()
        self.index.finish()
        self._forget()

    def hold_index(self) -> None:
        """Make the index that is to follow and hold it as the lock; start again when the user's index moves."""
        entries = self._entries()
        for _ in range(_TRIES):
            before = self.files.stamps()
            self.index.prepare(entries)
            if self.files.stamps() != before or not all(map(self.files.is_new, self._journal.files)):
                # edited while git looked at it: the index must say what the commit says, not what the file does
                self.index.prepare(entries, from_disk=False)
            if self.index.take():
                return
        raise GitInTheWay("another git command is changing this repository", "try again when it has ended")

    def is_committed(self) -> bool:
        """Tell whether the branch has got the new commit."""
        new, tip = self._journal.new, self._tip()
        if new is None or tip in (new, self._journal.old):
            return tip == new and new is not None
        answer = self._git.ask("merge-base", "--is-ancestor", new, tip or "")
        if tip is not None and answer.status > 1:
            # what git cannot tell must not be taken for a no: files would be put back under a commit that is made
            raise failure(answer)
        return answer.status == 0

    def finish(self) -> None:
        """Do what is left when the branch has moved: the index."""
        if self.index.is_ours():
            self.index.finish()
        elif self._index_is_old():
            # somebody took the lock away by hand
            self.hold_index()
            self.index.finish()
        self.files.clear()
        self._forget()

    def take_back(self) -> None:
        """Leave everything as it was before the change."""
        self.index.give_up()
        self.files.take_back(self._theirs())
        self._forget()

    def go_on(self) -> bool:
        """Finish a change whose commit is made and whose files show already; tell whether that could be done."""
        journal = self._journal
        if journal.new is None or not self.files.can_go_on() or not self._index_is_old():
            return False
        try:
            refuse_under_way(self._repository.git_dir)
            if branch_of(self._repository) != journal.branch or self._tip() != journal.old:
                return False
        except GitInTheWay:
            return False
        self.index.give_up()
        self.files.put()
        self.commit()
        return True

    def remove_dead_locks(self) -> None:
        """Remove the locks that our own git left on the branch when it was killed; it cannot be running now."""
        repository, journal = self._repository, self._journal
        for lock in (repository.common_dir / f"{journal.branch}.lock", repository.git_dir / "HEAD.lock"):
            if lock.exists() and self._left_by_us(lock):
                lock.unlink(missing_ok=True)

    def _left_by_us(self, lock: Path) -> bool:
        try:
            said, seen = lock.read_text("utf-8", "replace").strip(), lock.stat()
            begun = self._repository.git_dir / FOLDER / JOURNAL
            if said or seen.st_mtime < begun.stat().st_mtime:
                # the beginning of it alone, when the machine stopped in the middle of the write
                return bool(said) and (self._journal.new or "").startswith(said)
            # empty: git has made it and died, or another git is about to fill it
            Event().wait(_PATIENCE_WITH_EMPTY_LOCKS)
            later = lock.stat()
        except FileNotFoundError:
            return False
        return (later.st_ino, later.st_size, later.st_mtime_ns) == (seen.st_ino, seen.st_size, seen.st_mtime_ns)

    def _tip(self) -> str | None:
        answer = self._git.ask("rev-parse", "--verify", "--quiet", f"{self._journal.branch}^{{commit}}")
        if answer.status > 1:
            raise failure(answer)
        return answer.out.strip() or None

    def _entries(self) -> dict[str, Entry | None]:
        return {file.path: file.will_be for file in self._journal.files}

    def _index_is_old(self) -> bool:
        known = known_to_git(self._git, [file.path for file in self._journal.files])
        return all(known[file.path].entry == file.was for file in self._journal.files)

    def _theirs(self) -> frozenset[str]:
        """Return the files that the user has staged or committed since: they are not ours to put back."""
        known = known_to_git(self._git, [file.path for file in self._journal.files])
        return frozenset(file.path for file in self._journal.files if known[file.path].entry != file.was)

    def _forget(self) -> None:
        self._journal.forget(self._repository.git_dir)


def mend(repository: Repository, held: int) -> str:
    """Finish or forget what a dead process left; return the subject of a commit that was finished."""
    journal = journal_in(repository.git_dir)
    if journal is None:
        sweep(repository.git_dir)
        return ""
    ending = Ending(repository, journal, held)
    ending.remove_dead_locks()
    if ending.is_committed():
        ending.finish()
    elif not ending.go_on():
        ending.take_back()
        return ""
    sweep(repository.git_dir)
    return journal.subject


def end_failed(repository: Repository, journal: Journal) -> bool:
    """End a change that failed, or was interrupted, in this process; tell whether it was made all the same."""
    ending = Ending(repository, journal, None)
    if ending.is_committed():
        # the commit is made, whatever fails now: the next command does the rest
        with suppress(OSError, GitInTheWay):
            ending.remove_dead_locks()
            ending.finish()
        return True
    try:
        ending.remove_dead_locks()
        ending.take_back()
    except (OSError, GitInTheWay) as stuck:
        raise _half_done(stuck) from stuck
    return False


def _half_done(stuck: OSError | GitInTheWay) -> Refused:
    why = (stuck.strerror or str(stuck)) if isinstance(stuck, OSError) else stuck.message
    hint = "when that is mended, the next command finishes it or takes it back: look before you repeat it"
    return Refused(f"the change stopped half way, and cannot be taken back now: {why}", hint)
