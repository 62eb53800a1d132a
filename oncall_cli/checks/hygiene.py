"""Rules E206, W501, W505 and W506: names and forms of files that tell the truth, and no secrets in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oncall_cli.checks.records import RotationRecords, SomeFiles, TeamRecords
from oncall_cli.checks.rule import Finding
from oncall_cli.errors import Place
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.shift import ShiftRecord
from oncall_cli.model.team import Team
from oncall_cli.model.time import day_of
from oncall_cli.practice.owners import BEGIN, owned_section, with_section
from oncall_cli.schedule.walls import WallClock

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_COUNTED = re.compile(r"-[0-9]+")


def misnamed_shifts(_: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """E206: a shift's file is named after the day it starts, the person and the role."""
    for shift in part.shifts:
        name = _name_of(shift, part)
        rest = shift.id.removeprefix(name)
        if rest == shift.id or (rest and not _COUNTED.fullmatch(rest)):
            hint = f"rename the file to '{name}.yaml', or correct the record"
            yield Finding(shift.place(), f"the record says '{name}', the file's name '{shift.id}'", hint)


def _name_of(shift: ShiftRecord, each: RotationRecords) -> str:
    """Return the name that the record asks for; a shift that says no time keeps the date of its name."""
    start = shift.scheduled.start if shift.scheduled else shift.started
    zone = each.rotation.timezone
    date = shift.id[:10] if start is None or zone is None else day_of(WallClock(zone).wall(start)).isoformat()
    return f"{date}-{shift.person}-{shift.role}"


def secret_destinations(records: TeamRecords) -> Iterator[Finding]:
    """W501: a destination names an environment variable; an address with a token is never in a file."""
    holders: list[Rotation | Team] = [each.rotation for each in records.rotations]
    if records.team:
        holders.append(records.team)
    for holder in holders:
        for kind, said in holder.destinations.items():
            if not _VARIABLE.fullmatch(said):
                # what was written may be the secret itself, so it is not repeated
                message = f"the destination '{kind}' is not the name of an environment variable"
                hint = "put the address into a variable, name that here, and renew a token that was committed"
                yield Finding(holder.place("destinations", kind), message, hint)


def stale_owners(records: TeamRecords) -> Iterator[Finding]:
    """W505: our part of CODEOWNERS names the owners that the people and rotations have."""
    section = owned_section(records.people, {each.rotation.id: each.rotation for each in records.rotations})
    for path, text in records.owners.items():
        before, begun, _ = text.partition(BEGIN)
        if begun and with_section(text, section) != text and not records.invalid:
            place = Place(path, before.count("\n") + 1)
            yield Finding(place, "the owners are not those of the people and rotations", "renew them: oncall init --ci")


def uneven_files(_: TeamRecords, files: SomeFiles) -> Iterator[Finding]:
    """W506: a record is in its canonical form, so that the first edit of it is no noisy diff."""
    for path in sorted(files.uneven):
        yield Finding(Place(path), "the file is not in its canonical form", f"mend it: oncall fmt {path}")
