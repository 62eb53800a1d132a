"""Keeps a site made from the files as they are: made anew, beside the answering, whenever one of them changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

from oncall_cli.commands.invocation import Invocation
from oncall_cli.commands.session import Session
from oncall_cli.commands.site_making import SiteWishes, made_site
from oncall_cli.errors import OncallError, Problem
from oncall_cli.model.time import Instant, utc
from oncall_cli.practice.site import day_begins, days_after
from oncall_cli.render.failure import failure_json, failure_text, problems_json, problems_text
from oncall_cli.render.web import Resources, resources_of, with_notice
from oncall_cli.repository.find import find_root
from oncall_cli.repository.watch import Looks, looks_of

_EVERY = 0.5
"""How often the files are looked at, in seconds, when nobody asks."""
_PATIENCE = 10.0
"""How long an answer waits for what is being made anew; then it is the last one that was whole."""
_AGAIN = 5
"""After how many seconds what failed without a file to blame is tried again."""
_NEVER = Instant(2**62)


class Trouble(NamedTuple):
    """Why the site cannot be made: for a person, a line each, and in JSON; whether files are to blame."""

    lines: tuple[str, ...]
    json: str
    of_files: bool


class Made(NamedTuple):
    """What was made at some time, and of what: the last that is whole, and what was wrong since."""

    number: int
    looks: Looks
    until: Instant
    resources: Resources
    session: Session | None
    trouble: Trouble | None


class Workshop:
    """Makes the site in a thread of its own; whoever asks gets what fits the files at that moment."""

    def __init__(self, given: Invocation, wishes: SiteWishes, tell: Callable[[str], None]) -> None:
        self._given = given
        self._wishes = wishes
        self._tell = tell
        self._root = find_root(given.folder)
        self._others: tuple[str, ...] = ()
        self._begun = 0
        self._whole: Resources = {}
        self._wake = threading.Event()
        self._ended = False
        self._turn = threading.Condition()
        self._made = self._make(None)

    def start(self) -> None:
        """Look after the files from now on."""
        threading.Thread(target=self._watch, daemon=True).start()

    def end(self) -> None:
        """Look after them no more."""
        self._ended = True
        self._wake.set()

    def current(self) -> Made:
        """Return what is made of the files as they are now, having waited for it where it is on its way."""
        looks, now = self._looks(), self._given.clock()
        with self._turn:
            made, begun = self._made, self._begun
            if _fits(made, looks, now):
                return made
            self._wake.set()
            self._turn.wait_for(lambda: self._made.number > begun or _fits(self._made, looks, now), _PATIENCE)
            return self._made

    def _watch(self) -> None:
        while not self._ended:
            self._wake.wait(_EVERY)
            self._wake.clear()
            made = self._made
            if self._ended or _fits(made, self._looks(), self._given.clock()):
                continue
            found = self._make(made)
            with self._turn:
                self._made = found
                self._turn.notify_all()

    def _looks(self) -> Looks:
        return looks_of(self._root, self._others)

    def _make(self, before: Made | None) -> Made:
        """Make the site; where that is impossible, keep the last one, with a notice of what is wrong."""
        with self._turn:
            self._begun += 1
            number = self._begun
        looks, now = self._looks(), self._given.clock()
        session: Session | None = None
        try:
            session = Session(self._given._replace(now=now))
            files = made_site(session, self._wishes)
        except OncallError as failure:
            trouble = _trouble(failure, session)
        except Exception as wrong:
            # Whatever it was: the thread lives on, and nobody takes what is old for new.
            trouble = _trouble(OncallError(f"it failed with {type(wrong).__name__}: {wrong}"), session)
        else:
            if before and before.trouble:
                self._tell("All that the schedule needs is valid again.")
            return self._good(number, looks, now, session, files)
        if before is None or before.trouble != trouble:
            self._tell("\n".join(["The site cannot be made anew:", *trouble.lines]))
        shown = with_notice(self._whole, trouble.lines, now) if self._whole else {}
        kept = before.session if before else None
        # What no file is to blame for may be over soon.
        until = _midnight(kept, now) if trouble.of_files else Instant(now + _AGAIN)
        return Made(number, looks, until, shown, kept, trouble)

    def _good(self, number: int, looks: Looks, now: Instant, session: Session, files: dict[str, bytes]) -> Made:
        before, self._whole = self._whole, resources_of(files, self._whole, now)
        changed = sum(self._whole[path] is not before.get(path) for path in self._whole)
        if number > 1 and changed:
            self._tell(f"Made anew: {changed} of {len(self._whole)} files.")
        # Where new ones are looked at from now on, they look different, and all is made once more to be sure.
        self._others = _reviews(session, now)
        return Made(number, looks, _midnight(session, now), self._whole, session, None)


def _reviews(session: Session, now: Instant) -> tuple[str, ...]:
    """Return the paths of the reviews that the site shows: they may stand anywhere in the repository."""
    years, repository = range(utc(now).year - 1, utc(now).year + 2), session.repository
    found = [one for name in repository.rotation_ids() for one in repository.incidents(name, years)]
    return tuple(sorted({one.review.path for one in found if one.review and one.review.path}))


def _fits(made: Made, looks: Looks, now: Instant) -> bool:
    return made.looks == looks and now < made.until


def _midnight(session: Session | None, now: Instant) -> Instant:
    """Return when the team's next day begins, for which the site is made anew."""
    if session is None:
        return _NEVER
    zone = session.repository.team().timezone
    return days_after(day_begins(now, zone), 1, zone)


def _trouble(failure: OncallError, session: Session | None) -> Trouble:
    """Return what is wrong: all that is invalid, or else what the failure says."""
    problems: list[Problem] = session.repository.problems if session else []
    if problems:
        lines = (problems_text([problem]).replace("\n  ", "; ") for problem in problems)
        return Trouble(tuple(lines), problems_json(problems), of_files=True)
    return Trouble(tuple(failure_text(failure).splitlines()), failure_json(failure), of_files=False)
