"""Who does something to a record, and when, as its file says it."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.stamps import stamp


class Doing(NamedTuple):
    """Who works on a record, when, and in which zone the record says it."""

    at: Instant
    by: str
    zone: Zone

    @property
    def stamp(self) -> str:
        """The instant as a file has it."""
        return stamp(self.at, self.zone)
