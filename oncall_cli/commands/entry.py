"""What the table of commands is made of: an entry a command, and the panels of ``--help``."""

from __future__ import annotations

from typing import NamedTuple

EVERY_DAY = "Every day"
SCHEDULE = "Schedule"
INCIDENTS = "Incidents"
REQUESTS = "Requests"
REVIEW = "Review"
CALENDARS = "Calendars"
REPOSITORY = "Repository"


class Entry(NamedTuple):
    """A command: its words, its panel, one line of help, and the function that does it."""

    name: str
    panel: str
    summary: str
    module: str = ""
    function: str = ""
    commands: tuple[Entry, ...] = ()
    hidden: bool = False
    """Whether it is for programs alone, as those that git calls; help does not list it."""


def listing(noun: str, module: str, plural: str, *more: Entry) -> tuple[Entry, ...]:
    """Return the commands that every noun has, and those that it has besides."""
    return (
        Entry("list", "", f"List the {plural}.", module, f"list_{noun}"),
        Entry("show", "", f"Show one {noun}.", module, f"show_{noun}"),
        *more,
    )
