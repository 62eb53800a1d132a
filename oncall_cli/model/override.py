"""``rotations/<rotation>/overrides/<id>.yaml``: a change to who is on call, for a while."""

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from oncall_cli.model.record import Id, Moment, Part, Record, Text
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.rotation import TOGETHER, Together, people_together

NOBODY = "nobody"


class OverrideKind(StrEnum):
    """Why the schedule is changed."""

    COVER = "cover"
    SWAP = "swap"
    NOBODY = "nobody"


def _people_or_nobody(value: Any) -> tuple[str, ...]:
    return () if value == NOBODY else people_together(value)


class Change(Part):
    """Who holds a role between two instants, whatever the turns say; no people is an intended gap."""

    role: Id = PRIMARY
    """The role that is held."""
    start: Moment
    """From when."""
    end: Moment
    """Until when, exclusive."""
    people: Annotated[
        tuple[str, ...],
        Together(
            _people_or_nobody,
            "a person's id, a list of ids, or 'nobody'",
            "alice",
            {"anyOf": ({"const": NOBODY}, *TOGETHER)},
        ),
    ] = Field(alias="person")
    """Who has it, or 'nobody' for an intended gap."""
    instead_of: Id | None = None
    """Limits the change to the time that this person would have had."""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end <= self.start:
            raise ValueError("'end' is not after 'start'")
        return self


class Override(Record):
    """One declared change: a cover, a swap with its two changes, or an intended gap."""

    kind: OverrideKind = OverrideKind.COVER
    """Why the schedule is changed."""
    changes: tuple[Change, ...] = Field(min_length=1)
    """Who holds what when; a swap has two."""
    reason: Text | None = None
    """Why."""
    requested_by: Id | None = None
    """Who asked for it."""
    agreed_by: tuple[Id, ...] = ()
    """Who has agreed to it."""

    @model_validator(mode="after")
    def _nobody_is_meant(self) -> Self:
        """Refuse a cover or a swap that names nobody: it would read as an intended gap."""
        said = "kind" in self.model_fields_set and self.kind is not OverrideKind.NOBODY
        if said and any(not change.people for change in self.changes):
            raise ValueError(f"a {self.kind} names somebody: write 'kind: nobody' for an intended gap")
        return self
