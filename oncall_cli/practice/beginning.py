"""How a team begins: what nobody has to say, because it can be told from who begins it, and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from oncall_cli.model.scalar import parse_id
from oncall_cli.model.time import HOUR, WEEK, Instant, Wall, day_of
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.handoffs import FIRST_MONDAY
from oncall_cli.schedule.walls import WallClock

_HANDOFF = 9 * HOUR
_LONGEST = 40
_RESERVED = ("people",)
_FILLERS = ("team", "oncall", "on", "call", "the")


class NewPerson(NamedTuple):
    """Somebody who is on call from the first day; the e-mail is the one that their git commits with."""

    id: str
    name: str
    email: str | None = None


class NewTeam(NamedTuple):
    """What there is to know of a team that begins."""

    name: str
    timezone: Zone
    rotation: str
    members: tuple[NewPerson, ...]
    since: date
    """The Monday on which the first turn begins."""


def first_monday(now: Instant, zone: Zone) -> date:
    """Return the Monday of the turn under way at ``now``, so that somebody is on call at once."""
    wall = WallClock(zone).wall(now) - _HANDOFF
    return day_of(Wall(wall - (wall - FIRST_MONDAY) % WEEK))


def id_from(text: str) -> str:
    """Return the words of ``text`` as an id; empty where it has no letters that an id may have."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    # whole words, as far as they fit: half of one would be read as another
    return words if len(words) <= _LONGEST else words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]


def person_id(name: str | None, email: str | None) -> str:
    """Return the id that somebody would choose: the first name, or what stands before the ``@``."""
    first = (name or "").split()[:1]
    return id_from(first[0] if first else "") or id_from((email or "").partition("@")[0])


def rotation_id(team: str) -> str:
    """Return the id of a team's first rotation: ``platform`` for ``Platform team``."""
    found = "-".join(word for word in id_from(team).split("-") if word not in _FILLERS)
    return found if found and found not in _RESERVED else "oncall"


def parse_rotation_id(text: str) -> str:
    """Return ``text`` if it may name a rotation."""
    if text in _RESERVED:
        raise ValueError(f"'{text}' cannot name a rotation: its folder is where the people are")
    return parse_id(text)


def members(ids: Sequence[str], name: str | None, email: str | None) -> tuple[NewPerson, ...]:
    """Return the first members; git's identity is put to whoever gives the command, if that can be told."""
    own = person_id(name, email)
    me = own if own in ids else ids[0] if len(ids) == 1 else None
    return tuple(
        NewPerson(each, name or _title(each), email) if each == me else NewPerson(each, _title(each))
        for each in dict.fromkeys(ids)
    )


def _title(person: str) -> str:
    return person.replace("-", " ").title()
