"""The commits of ours that contradict what is upstream: kept under refs of our own until somebody settles them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from oncall_cli.errors import NothingFound
from oncall_cli.model.suggest import suggestion
from oncall_cli.repository.git import Git
from oncall_cli.repository.local_commits import LocalCommit, commits

_ASIDE = "refs/oncall/aside/"
_SETTLED = "refs/oncall/settled/"
REFS = "refs/oncall/"


class AsideRefs:
    """What was set aside, and what of it is settled; a ref is only ever added, so none can be half deleted."""

    def __init__(self, git: Git) -> None:
        self._git = git

    def all(self) -> dict[str, str]:
        """Return the commits that were ever set aside, settled or not, by their marks."""
        return self._under(_ASIDE)

    def open(self) -> dict[str, LocalCommit]:
        """Return the commits that wait for somebody, by their marks, the oldest first."""
        settled = self._under(_SETTLED)
        waiting = {mark: sha for mark, sha in self.all().items() if settled.get(mark) != sha}
        if not waiting:
            return {}
        found = {one.sha: one for one in commits(self._git, "--no-walk", *waiting.values())}
        pairs = [(mark, found[sha]) for mark, sha in waiting.items()]
        return dict(sorted(pairs, key=lambda pair: (pair[1].who.author_date, pair[0])))

    def add(self, aside: Iterable[LocalCommit]) -> None:
        """Keep commits."""
        self._write({f"{_ASIDE}{one.mark}": one.sha for one in aside})

    def settle(self, marks: Iterable[str]) -> None:
        """Remember that nobody needs to look at these any more; the commits stay."""
        known = self.all()
        self._write({f"{_SETTLED}{mark}": known[mark] for mark in marks if mark in known})

    def named(self, said: str) -> str:
        """Return the mark that somebody means, by its beginning or by that of the commit's name."""
        waiting = self.open()
        found = [mark for mark, one in waiting.items() if mark.startswith(said) or one.sha.startswith(said)]
        if len(found) != 1 or not said:
            hint = suggestion(said, waiting, "commit set aside") if waiting else "nothing is set aside"
            raise NothingFound(f"there is no commit '{said}' set aside", hint)
        return found[0]

    def _under(self, prefix: str) -> dict[str, str]:
        told = self._git.tell("for-each-ref", "--format=%(refname) %(objectname)", prefix).splitlines()
        pairs = (line.split(" ") for line in told)
        return {name.removeprefix(prefix): sha for name, sha in pairs}

    def _write(self, refs: Mapping[str, str]) -> None:
        given = "".join(f"update {name} {sha}\n" for name, sha in refs.items())
        if given:
            self._git.tell("update-ref", "--stdin", stdin=given.encode(), reads_only=False)
