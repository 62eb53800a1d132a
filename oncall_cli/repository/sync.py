"""Sharing with the others: fetch, make our commits again on theirs, push, and move the local branch last."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event
from typing import NamedTuple

from oncall_cli.errors import GitInTheWay, OncallError, Refused
from oncall_cli.repository.aside import REFS, AsideRefs
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_state import Repository, locate, refuse_under_way
from oncall_cli.repository.local_commits import LocalCommit, Unpublished, unpublished
from oncall_cli.repository.lock import syncing, writing
from oncall_cli.repository.move import Blocked, move_branch
from oncall_cli.repository.network import Deadline
from oncall_cli.repository.recovery import mend
from oncall_cli.repository.remote import Push, Remote
from oncall_cli.repository.replay import Aside, Replay, Replayed, own_index
from oncall_cli.repository.upstream import Upstream, current_branch, upstream_of

_JITTER = 0.05
_PATIENCE = 3.0


class Wish(NamedTuple):
    """How to share: within how many seconds, whether only to say what would happen, and the user's commits too."""

    seconds: float
    dry_run: bool = False
    rebase: bool = False


class Synced(NamedTuple):
    """What became of it."""

    upstream: str
    pushed: tuple[LocalCommit, ...] = ()
    waiting: tuple[LocalCommit, ...] = ()
    why: str = ""
    """Why commits wait, or why the upstream could not be asked."""
    received: int = 0
    aside: tuple[Aside, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    """Our records whose names somebody else has given to theirs, and where ours are now."""
    users: tuple[LocalCommit, ...] = ()
    """The user's own commits that no upstream has."""
    ahead: int = 0
    """How many commits of others the upstream has still that the branch had not."""
    behind: bool = False
    """Whether the branch lacks what is upstream."""
    blocked: tuple[str, ...] = ()
    """The files whose edits kept the branch from moving."""
    stays: str = ""
    """What else keeps the branch where it is."""
    before: str = ""
    """Where the branch as it was is kept, when the upstream was rewritten."""
    dry_run: bool = False

    @property
    def fine(self) -> bool:
        """Whether all that is ours is upstream, and all that is upstream is here."""
        return not (self.why or self.aside or self.blocked or self.stays)


class Ends(NamedTuple):
    """What is brought together: the branch, by its full name, and its upstream."""

    branch: str
    upstream: Upstream
    remote: Remote


class Shared(NamedTuple):
    """The upstream's tip after the push, and what was on its way."""

    head: str
    tip: str
    pushed: tuple[LocalCommit, ...]
    left: Unpublished
    replayed: Replayed
    why: str


def sync(root: Path, wish: Wish) -> Synced:
    """Share what is ours and take what is others'; what keeps from it is told, and costs no record."""
    git = Git(root)
    repository = locate(git)
    refuse_under_way(repository.git_dir)
    branch = current_branch(git)
    upstream = upstream_of(git, branch)
    deadline = Deadline(wish.seconds)
    with syncing(repository.common_dir, deadline.left) as holding:
        _remove_dead_locks(repository)
        remote = Remote(git, upstream, repository.common_dir, deadline, holding)
        replay = Replay(repository, own_index(repository.git_dir))
        try:
            return _Sync(repository, Ends(branch, upstream, remote), replay, wish, deadline).run()
        finally:
            replay.close()


def _remove_dead_locks(repository: Repository) -> None:
    """Remove what dead processes left of locks on our own refs: nobody else writes these, and we hold the lock."""
    for lock in (repository.common_dir / REFS).rglob("*.lock"):
        with contextlib.suppress(OSError):
            lock.unlink()


class _Sync:
    def __init__(self, repository: Repository, ends: Ends, replay: Replay, wish: Wish, deadline: Deadline) -> None:
        self._git = repository.at_top
        self._repository = repository
        self._branch, upstream, self._remote = ends
        self._upstream = upstream
        self._replay = replay
        self._wish = wish
        self._deadline = deadline
        self._aside = AsideRefs(self._git)
        self._settled = {*self._aside.all().values()}
        self._known = {name: self._commit(name) for name in (upstream.published, upstream.tracking)}
        self._published = [one for one in self._known.values() if one]

    def run(self) -> Synced:
        fetched = self._remote.fetch()
        if fetched.absent:
            hint = f"git push --set-upstream {self._upstream.remote} HEAD"
            raise GitInTheWay(f"the remote has no branch '{self._upstream.name}' yet", hint)
        if fetched.tip is None:
            return self._offline(fetched.why)
        if self._wish.dry_run:
            shared = self._share(fetched.tip)
            return self._told(shared, shared.left, shared.replayed)
        with self._writing() as held:
            # what a dead process was about to commit is to be shared as well
            mend(self._repository, held)
        shared = self._share(fetched.tip)
        told = self._take(shared)
        if told.why or not told.waiting or not self._deadline.left:
            return told
        # another process has committed in the meantime
        return _together(told, self._take(self._share(shared.tip)))

    def _writing(self) -> AbstractContextManager[int]:
        return writing(self._repository.common_dir, max(self._deadline.left, _PATIENCE))

    def _offline(self, why: str) -> Synced:
        tip = self._commit(self._upstream.seen) or next(iter(self._published), None)
        left = self._left(self._head(), tip) if tip else Unpublished((), (), 0, frozenset())
        return Synced(self._upstream.name, waiting=left.ours, users=left.users, why=why)

    def _share(self, tip: str) -> Shared:
        """Push what is ours, again and again while others are faster and there is time."""
        while True:
            head = self._head()
            left = self._left(head, tip)
            replayed = self._replay.onto(tip, left.ours)
            mine = tuple(commit._replace(sha=name) for commit, name in replayed.made)
            if replayed.tip == tip or self._wish.dry_run:
                return Shared(head, tip, (), left, replayed, "")
            pushed = self._remote.push(replayed.tip)
            if pushed.how is Push.DONE:
                return Shared(head, replayed.tip, mine, left, replayed, "")
            if pushed.how is not Push.RACED or not self._deadline.left:
                return Shared(head, tip, (), left, replayed, pushed.why)
            # flat, because growing pauses starve whoever is slow
            Event().wait(random.uniform(0.001, _JITTER))
            fetched = self._remote.fetch()
            if fetched.tip is None:
                return Shared(head, tip, (), left, replayed, fetched.why)
            tip = fetched.tip

    def _take(self, shared: Shared) -> Synced:
        """Bring the local branch to what is shared, with what was committed in the meantime on top."""
        self._aside.add(one.commit for one in shared.replayed.aside)
        with self._writing() as held:
            mend(self._repository, held)
            head, left, replayed = self._head(), shared.left, shared.replayed
            if shared.pushed or head != shared.head:
                left = self._left(head, shared.tip)
                replayed = self._replay.onto(shared.tip, left.ours)
            self._aside.add(one.commit for one in replayed.aside)
            there = {*left.there, *(commit.mark or "" for commit in shared.pushed)}
            if there:
                self._aside.settle(there & {*self._aside.all()})
            told = self._moved(held, head, self._told(shared, left, replayed), replayed.tip)
            here = not (told.behind or told.blocked or told.stays) and bool(told.before or self._goes_on(shared.tip))
            self._publish_refs(shared.tip, published=here)
            return told

    def _moved(self, held: int, head: str, told: Synced, tip: str) -> Synced:
        """Move the branch to the tip as far as nothing of the user's is in the way, and tell what became of it."""
        if self._contains(head, tip):
            return told
        if told.users and not self._wish.rebase:
            return told._replace(behind=told.ahead > 0)
        if current_branch(self._git) != self._branch:
            return told._replace(stays="another branch was checked out a moment ago: switch back", behind=True)
        try:
            target = self._rebased(told.users, tip)
            told = told._replace(before=self._keep_rewritten(head, tip))
            move_branch(self._repository, held, head, target, f"sync with {self._upstream.name}")
        except Blocked as blocked:
            return told._replace(blocked=blocked.paths, behind=True)
        except OncallError as failure:
            # what is ours is published: that the branch cannot follow now is told, and no failure of the sync
            return told._replace(stays=": ".join(filter(None, (failure.message, failure.hint))), behind=True)
        return told

    def _rebased(self, users: Sequence[LocalCommit], tip: str) -> str:
        """Return the user's own commits made again on top of a tip, all of them or none."""
        hint = f"git rebase {self._upstream.name}"
        if merge := next((one for one in users if len(one.parents) != 1), None):
            raise Refused(f"your commit '{merge.subject}' is a merge, which is yours to make again", hint)
        moved = self._replay.onto(tip, users)
        if moved.aside:
            [first, *_] = moved.aside
            paths = ", ".join(f"'{dispute.path}'" for dispute in first.disputes)
            raise Refused(f"your commit '{first.commit.subject}' contradicts what is upstream in {paths}", hint)
        return moved.tip

    def _told(self, shared: Shared, left: Unpublished, replayed: Replayed) -> Synced:
        aside = {one.commit.sha: one for one in (*shared.replayed.aside, *replayed.aside)}
        set_aside = {one.commit.sha for one in replayed.aside}
        return Synced(
            self._upstream.name,
            shared.pushed,
            tuple(one for one in left.ours if one.sha not in set_aside),
            shared.why,
            shared.left.incoming,
            tuple(aside.values()),
            tuple({**shared.replayed.renamed, **replayed.renamed}.items()),
            left.users,
            left.incoming,
            dry_run=self._wish.dry_run,
        )

    def _left(self, head: str, tip: str) -> Unpublished:
        return unpublished(self._git, head, tip, self._published, self._settled)

    def _head(self) -> str:
        head = self._commit(self._branch)
        if head is None:
            raise GitInTheWay("there is no commit yet", f"git pull {self._upstream.name.replace('/', ' ', 1)}")
        return head

    def _commit(self, name: str) -> str | None:
        if not name:
            return None
        answer = self._git.ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return answer.out.strip() or None

    def _keep_rewritten(self, head: str, tip: str) -> str:
        """Keep the branch as it is under a ref of ours when what was published once is upstream no longer."""
        if self._goes_on(tip):
            return ""
        name = f"{REFS}before/{head[:12]}"
        self._git.tell("update-ref", name, head, reads_only=False)
        return name

    def _goes_on(self, tip: str) -> bool:
        """Tell whether a tip has all that was ever upstream, so that nobody has rewritten it."""
        return all(self._contains(tip, one) for one in self._published)

    def _contains(self, commit: str, other: str) -> bool:
        return commit == other or self._git.ask("merge-base", "--is-ancestor", other, commit).status == 0

    def _publish_refs(self, tip: str, *, published: bool) -> None:
        """Remember what is upstream, in git's own copy of it as well, as ``git push`` and ``git fetch`` do."""
        names = [*([self._upstream.published] if published else []), *self._tracking()]
        for name in names:
            if self._known[name] != tip:
                # should another git be at it, it has the same to say
                self._git.ask("update-ref", "-m", "oncall sync", name, tip, reads_only=False)

    def _tracking(self) -> list[str]:
        """Return git's own copy of the upstream, which is the branch itself where a branch here is followed."""
        return [self._upstream.tracking] if self._upstream.tracking and self._upstream.remote != "." else []


def _together(first: Synced, then: Synced) -> Synced:
    """Return what became of two rounds of one sync."""
    return then._replace(
        pushed=(*first.pushed, *then.pushed),
        received=first.received + then.received,
        aside=(*first.aside, *then.aside),
        renamed=(*first.renamed, *then.renamed),
        before=first.before or then.before,
    )
