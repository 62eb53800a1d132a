"""One command under one fault after the other, each time in the same repository, and what became of it."""

from __future__ import annotations

import errno
import re
import shutil
from pathlib import Path
from typing import NamedTuple

from tests.faults import picture
from tests.faults.picture import Picture
from tests.faults.program import Ended, Program
from tests.faults.scenarios import Scenario
from tests.faults.shim import Call, Fault, Order

_LONGEST_WAIT = 3.0
_SAYS_IT_MAY_BE_MADE = "the next command finishes it or takes it back"
_SAYS_IT_IS_MADE = re.compile(r"Commit [0-9a-f]{7}|Begun ")


class Pass(NamedTuple):
    """A kind of fault that is tried at every call, or at every call that writes bytes."""

    name: str
    fault: Fault
    error: int = 0
    sticky: bool = False
    reads_first: bool = False

    def order(self, at: int) -> Order:
        """Return the fault at one call."""
        return Order(self.fault, at, self.error, self.sticky)

    def fits(self, call: Call) -> bool:
        """Whether this kind of fault can happen at a call."""
        return call.writes or self.fault != Fault.TEAR


PASSES = (
    Pass("killed before", Fault.KILL),
    Pass("killed after", Fault.KILL_AFTER),
    Pass("killed, then read", Fault.KILL, reads_first=True),
    Pass("torn write", Fault.TEAR),
    Pass("program killed, git not", Fault.KILL_PROGRAM),
    Pass("one process killed", Fault.KILL_ONE),
    Pass("no space from here", Fault.FAIL, errno.ENOSPC, sticky=True),
    Pass("no space once", Fault.FAIL, errno.ENOSPC),
    Pass("I/O error from here", Fault.FAIL, errno.EIO, sticky=True),
    Pass("I/O error once", Fault.FAIL, errno.EIO),
    Pass("read-only from here", Fault.FAIL, errno.EROFS, sticky=True),
)


class Verdict(NamedTuple):
    """What a fault did: complaints by their kind, none where all is well.

    An acknowledged change that is gone; a next command that needs a person; bytes of the user's that are not as they
    were; a change that is neither made nor not made; files of ours that lie about; a failure without a sentence.
    """

    place: str
    lost: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    half: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    rude: tuple[str, ...] = ()

    def complaints(self) -> list[str]:
        """Return all that went wrong, each with its kind."""
        kinds = self._asdict()
        return [f"{kind}: {text}" for kind in kinds if kind != "place" for text in kinds[kind]]


class Stage:
    """A scenario's repository, kept as it was prepared and put back before each fault."""

    def __init__(self, program: Program, scenario: Scenario, root: Path) -> None:
        self.program = program
        self.scenario = scenario
        self.root = root
        self._kept = root.with_name(root.name + ".kept")
        for left in (root, self._kept):
            shutil.rmtree(left, ignore_errors=True)
        self.folder = scenario.prepare(root)
        root.rename(self._kept)
        self.without = self._expected()
        self.calls = self._count()
        self.made = self._follow()

    def judge(self, kind: Pass, at: int) -> Verdict:
        """Let one fault happen, let the next command come, and compare with what should be."""
        self._put_back()
        ended = self.program.run(self.folder, self.scenario.arguments, kind.order(at))
        place = f"{kind.name}, call {at} of {len(self.calls)}: {self.program.control.call(at).text}"
        read = self.program.run(self.folder, self.scenario.reads) if kind.reads_first else None
        following = [self.program.run(self.folder, words) for words in self._next()]
        seen = picture.take(self.folder)
        expected = self._nearest(seen)
        others = seen.differences(expected)
        users = seen.of_the_user().differences(expected.of_the_user())
        return Verdict(
            place,
            lost=tuple(self._lost(ended, seen)),
            stuck=tuple(self._stuck(read, following)),
            changed=tuple(f"{name}: {how}" for name, how in users.items()),
            half=tuple(f"{name}: {how}" for name, how in others.items() if name not in (*users, "litter")),
            left=tuple(how for name, how in others.items() if name == "litter"),
            rude=tuple(self._rude(ended, expected)),
        )

    def _put_back(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self._kept, self.root, symlinks=True)

    def _expected(self) -> Picture:
        """Return what the next command alone makes."""
        self._put_back()
        return self._follow()

    def _count(self) -> list[Call]:
        """Run the command as it should be; return the calls that it makes."""
        self._put_back()
        ended = self.program.run(self.folder, self.scenario.arguments)
        assert ended.code == 0, ended
        return [self.program.control.call(number + 1) for number in range(self.program.control.count())]

    def _follow(self) -> Picture:
        following = [self.program.run(self.folder, words) for words in self._next()]
        assert self._stuck(None, following) == []
        return picture.take(self.folder)

    def _next(self) -> list[tuple[str, ...]]:
        return [words for words in (self.scenario.following, self.scenario.then) if words]

    def _nearest(self, seen: Picture) -> Picture:
        return min((self.made, self.without), key=lambda expected: len(seen.differences(expected)))

    def _lost(self, ended: Ended, seen: Picture) -> list[str]:
        """An acknowledged change must be in the history."""
        said = ended.code == 0 or _SAYS_IT_IS_MADE.search(ended.out + ended.err)
        ours = set(self.made.subjects.splitlines()) - set(self.without.subjects.splitlines())
        gone = ours - set(seen.subjects.splitlines())
        return ["it said that the change is made, and it is not"] if said and gone else []

    def _stuck(self, read: Ended | None, following: list[Ended]) -> list[str]:
        """The next command must do its work, at once and without anybody's help."""
        allowed = (0, 1) if self.scenario.may_refuse else (0,)
        found = [f"the next command said {one.err}" for one in following[:1] if one.code not in allowed]
        found += [f"the command after it said {one.err}" for one in following[1:] if one.code != 0]
        found += [f"a next command took {one.seconds:.1f} s" for one in following if one.seconds > _LONGEST_WAIT]
        if read and read.code != 0:
            found.append(f"the next reading command said {read.err}")
        return found

    def _rude(self, ended: Ended, expected: Picture) -> list[str]:
        """A program that fails says so in a sentence, soon, and what it says is true."""
        if ended.killed:
            return []
        found = ["a traceback"] if "Traceback" in ended.err else []
        if ended.code not in (0, 1, 4, 5):
            found.append(f"it ended with {ended.code}: {ended.err}")
        if ended.seconds > _LONGEST_WAIT:
            found.append(f"it took {ended.seconds:.1f} s")
        said = ended.code == 0 or _SAYS_IT_MAY_BE_MADE in ended.err
        if not said and expected is self.made and self.made != self.without:
            found.append(f"it refused, and made the change: {ended.err}")
        return found
