"""A record at work: who works on it, when, and in which shift's log that is told."""

from __future__ import annotations

from functools import cached_property

from oncall_cli.commands.acting import states
from oncall_cli.commands.session import Session
from oncall_cli.model.record import Record
from oncall_cli.model.shift import EntryKind
from oncall_cli.model.time import Instant
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.doing import Doing
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.log_target import LogTarget, running_in
from oncall_cli.practice.shift_edits import Line, log_edit


class AtWork:
    """What the commands that work on an incident or a support request share."""

    log_kind = EntryKind.NOTE

    def __init__(self, session: Session, rotation: str, person: str, moment: Instant) -> None:
        self.session = session
        self.rotation = rotation
        self.person = person
        self.moment = moment

    @cached_property
    def state(self) -> RotationState:
        """The rotation that the record is of."""
        found = states(self.session, wanted=self.rotation)
        if not found:
            raise self.session.invalid(f"rotations/{self.rotation}/")
        return found[0]

    @property
    def doing(self) -> Doing:
        """Who does it, and when."""
        return Doing(self.moment, self.person, self.state.zone)

    def logged(self, about: Record | str, text: str, kind: EntryKind | None = None) -> list[RecordEdit]:
        """Return the line for the log of the shift that runs; nothing where none does."""
        record = running_in(self.state, self.person)
        name = about if isinstance(about, str) else about.id
        line = Line(self.session.now, self.person, kind or self.log_kind, text, name)
        return [log_edit(LogTarget(self.state, record, None), line)] if record else []
