"""What every command begins and ends with: the team's repository, the reader's times, and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from oncall_cli.checks.mentions import strangers
from oncall_cli.commands.invocation import Invocation
from oncall_cli.errors import NothingFound, Problem, Severity, Unreadable, WrongUsage
from oncall_cli.lasting import Lasting
from oncall_cli.model.suggest import suggestion
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.ladder import others_named
from oncall_cli.render.change import mended_text
from oncall_cli.render.commits import as_of_text
from oncall_cli.render.failure import problems_json, problems_text
from oncall_cli.render.json import answer_json
from oncall_cli.render.schedule import Listing
from oncall_cli.render.text import visible
from oncall_cli.render.times import Times
from oncall_cli.repository.find import find_root
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.unfinished import mend_unfinished
from oncall_cli.schedule.compile import compile_schedule

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.repository.history import Commit
    from oncall_cli.repository.memory import Memory
    from oncall_cli.schedule.schedule import Schedule


class Session:
    """One command at work on a team's repository."""

    def __init__(self, given: Invocation, acting: str | None = None, as_of: str | None = None) -> None:
        self.given = given._replace(acting=acting, named=True) if acting else given
        self.now = given.now
        self.unread: list[str] = []
        """The rotations that were asked about and whose files cannot be read."""
        self.strangers: list[Problem] = []
        """Where files put somebody on call who has no file."""
        root = find_root(given.folder)
        if (mended := mend_unfinished(root)) and not given.for_script:
            self.tell(mended_text(mended))
        self.present = TeamRepository(root)
        """The files as they are; the reader and the authors of commits are looked up here."""
        self.repository = self.present
        """The files that answer."""
        self._unfinished: dict[tuple[str, str], list[Any]] = {}
        self.past: Commit | None = None
        """The commit whose files answer, when they are not the present ones."""
        if as_of is not None:
            # Only this question needs git, which takes long to load.
            from oncall_cli.commands.as_of import turned_back

            self.repository, self.past = turned_back(self.present, as_of, self.times)
            self.tell(as_of_text(self.past, self.present.people(), self.times, given.width))

    @cached_property
    def zone(self) -> Zone:
        """The reader's zone: asked for, else the acting person's, else the machine's, else the team's."""
        given = self.given
        person = self._reader()
        if given.asked_zone:
            return given.asked_zone
        if person and person.timezone:
            return person.timezone
        theirs = None if person else given.machine_zone
        return theirs or self.repository.team().timezone

    def _reader(self) -> Person | None:
        """Return who reads, where somebody was named; a variable may name somebody of another team's repository."""
        acting = self.given.acting
        if acting and self.given.named:
            one_of(acting, self.present.person_ids(), "person")
        return self.present.person(acting) if acting else None

    @cached_property
    def times(self) -> Times:
        """How the reader sees instants."""
        return Times(self.zone, self.now)

    def times_at(self, instant: Instant) -> Times:
        """How the reader sees instants when the question is about ``instant`` instead of now."""
        return Times(self.zone, instant, asked=instant != self.now)

    def window(self, begin: str | None, end: str | None, seconds: int) -> tuple[Instant, Instant]:
        """Return the window asked about: from now, for ``seconds``, unless said otherwise."""
        start = self.when(begin, self.now)
        until = self.when(end, Instant(start + seconds))
        if until <= start:
            raise WrongUsage(
                f"the window ends ({self.times.at(until)}) before it begins ({self.times.at(start)})",
                hint="give a later --to",
            )
        return start, until

    def when(self, said: str | None, default: Instant, *, past: bool = False) -> Instant:
        """Return the instant that the words mean in the reader's zone; raise ``WrongUsage`` for others."""
        if said is None:
            return default
        # most commands are asked about now
        from oncall_cli.schedule.when import parse_when

        try:
            return parse_when(said, self.now, self.zone, past=past)
        except ValueError as wrong:
            raise WrongUsage(str(wrong)) from None

    def rotations(self, wanted: str | None = None) -> list[str]:
        """Return the ids of the rotations to answer for; raise ``NothingFound`` for an unknown one."""
        if wanted is not None and self.repository.has_rotation(wanted):
            return [wanted]
        known = self.repository.rotation_ids()
        return known if wanted is None else [one_of(wanted, known, "rotation")]

    def schedules(self, wanted: str | None = None) -> list[tuple[Rotation, Schedule]]:
        """Return the rotations to answer for with their schedules, leaving out those that cannot be read."""
        found = []
        known = frozenset(self.repository.person_ids())
        for name in self.rotations(wanted):
            record = self.repository.rotation(name)
            if record is None:
                self.unread.append(name)
            else:
                overrides = self.repository.overrides(name)
                self.strangers += strangers(record, overrides, known)
                found.append((record, compile_schedule(record, overrides)))
        return found

    def other_schedules(self, rotation: Rotation) -> dict[str, Schedule]:
        """Return the schedules of the rotations that a rotation escalates to; one that does not exist has none."""
        named = [name for name in others_named(rotation) if self.repository.has_rotation(name)]
        return {record.id: schedule for name in named for record, schedule in self.schedules(name)}

    def listings(
        self, wanted: str | None, start: Instant, end: Instant, role: str | None = None, *, cut: bool = True
    ) -> list[Listing]:
        """Return the shifts and gaps of the rotations to answer for, between two instants.

        Shifts at the edges are cut to the window, or whole without ``cut``.
        """
        found = self.schedules(wanted)
        if role is not None and found:
            one_of(role, {name for _, schedule in found for name in schedule.roles}, "role")
        return [
            Listing(
                record,
                start,
                end,
                schedule.shifts(start, end, (role,) if role else None, cut=cut),
                [gap for gap in schedule.gaps(start, end) if role in (None, gap.role)],
                (role,) if role else tuple(dict.fromkeys((*schedule.roles, *schedule.promised_roles))),
            )
            for record, schedule in found
        ]

    def unfinished(self, kind: str, rotations: Collection[str]) -> list[Any]:
        """Return what of the ``shifts``, ``incidents``, ``requests`` or ``actions`` of rotations is not finished."""
        from oncall_cli.repository.finished import unfinished

        for name in rotations:
            if (kind, name) not in self._unfinished:
                self._unfinished[kind, name] = unfinished(self.repository, self._finished, kind, name)
        return [one for name in rotations for one in self._unfinished[kind, name]]

    @cached_property
    def _finished(self) -> Memory | None:
        """What is remembered of the work tree; nothing of a past, nor where the reference is to answer."""
        # only first screens ask, so that `who` need not load it
        from oncall_cli.repository.finished import PLACE
        from oncall_cli.repository.memory import Memory

        return Memory(self.repository.root, PLACE) if self.remembers and self.past is None else None

    @property
    def remembers(self) -> bool:
        """Whether what was found before may be used, as long as files are what they were."""
        return not self.given.environment.get("ONCALL_NO_CACHE")

    def people(self, ids: Iterable[str]) -> dict[str, Person]:
        """Return the people with these ids whose files can be read."""
        read = {person: self.repository.person(person) for person in sorted(ids)}
        return {person: record for person, record in read.items() if record is not None}

    def person(self, wanted: str) -> Person:
        """Return the person of that id; raise for one that does not exist, or whose file is invalid."""
        person = self.repository.person(one_of(wanted, self.repository.person_ids(), "person"))
        if person is None:
            raise self.invalid(f"rotations/people/{wanted}.yaml")
        return person

    def invalid(self, path: str) -> Unreadable:
        """Return the failure of the files whose path begins so, one of which could not be read."""
        failure = self.repository.failure(path)
        assert failure is not None, path
        return failure

    def show(self, text: str) -> None:
        """Print an answer for a person."""
        if text:
            print(text)

    def answer(self, data: Any) -> None:
        """Print an answer for a script."""
        print(answer_json(data))

    def show_lasting(self, answer: Lasting) -> None:
        """Print an answer that holds for a time, and note it if it is about the files and the time as they are."""
        print(answer.at(answer.since))
        if answer.since == self.now and self.past is None:
            self.given.noted(answer)

    def put(self, data: bytes) -> None:
        """Put a file's bytes on standard output as they are."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data)

    def tell(self, text: str) -> None:
        """Print talk that is not the answer, nothing of which a terminal obeys."""
        print(visible(text), file=sys.stderr)

    def close(self, code: int = 0) -> int:
        """Tell the problems met on the way and return the exit code: 5 when a file was invalid."""
        if self._unfinished and self._finished:
            self._finished.save()
        problems = sorted({*self.repository.problems, *self.strangers}, key=itemgetter(1))
        if problems:
            self.tell(problems_json(problems) if self.given.for_script else problems_text(problems))
        invalid = any(problem.severity is Severity.ERROR for problem in problems)
        return Unreadable.exit_code if invalid else code


def one_of(wanted: str, known: Collection[str], noun: str) -> str:
    """Return ``wanted`` if it is known; raise ``NothingFound`` naming what there is."""
    if wanted not in known:
        raise NothingFound(f"there is no {noun} '{wanted}'", hint=suggestion(wanted, known, noun))
    return wanted
