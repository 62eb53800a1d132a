"""Whether the machine can be trusted with times and files, and what of the program is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from oncall_cli.model.time import DAY, MINUTE, Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.diagnosis import Finding, age, note, ok, version_said, wrong
from oncall_cli.schedule.said import said
from oncall_cli.schedule.walls import WallClock

_YEAR = 365 * DAY
_SYNCED_NAMES = (
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("googledrive", "Google Drive"),
    ("google drive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("icloud drive", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("syncthing", "Syncthing"),
)
SYNC_MARKERS = {".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".sync": "Resilio Sync"}


class Clock(NamedTuple):
    """What the machine takes for now, and the latest moments that it has seen already."""

    now: Instant
    last_commit: Instant | None
    newest_file: Instant | None


class Zones(NamedTuple):
    """Which edition of the zones the system and the package have, and which zones cannot be used here."""

    system: str | None
    package: str | None
    used: int
    unusable: tuple[str, ...]


class Folder(NamedTuple):
    """Where the repository stands: the names of its folders from the top, and the marks that others left there."""

    parts: tuple[str, ...]
    markers: tuple[str, ...]
    ignores_case: bool


class Library(NamedTuple):
    """A library, the version that is installed (empty for none), and the least that is needed."""

    name: str
    version: tuple[int, ...]
    least: tuple[int, ...]


class Program(NamedTuple):
    """What runs the program; ``optional`` are the extras and which of their libraries are missing."""

    version: str
    python: tuple[int, ...]
    libraries: tuple[Library, ...]
    optional: tuple[tuple[str, tuple[str, ...]], ...]
    c_parser: bool


class MachineFacts(NamedTuple):
    """What was found out about the machine."""

    clock: Clock
    zones: Zones
    folder: Folder
    unkept: str
    """Why answers cannot be kept beside git's own files; empty when they can."""
    program: Program


def machine_findings(facts: MachineFacts, zone: Zone) -> Iterator[Finding]:
    """Yield what there is to say of the machine; times are told in the reader's zone."""
    yield _clock(facts.clock, WallClock(zone))
    yield from _zones(facts.zones)
    yield from _folder(facts.folder)
    yield _answers(facts.unkept)
    yield from _program(facts.program)


def _clock(found: Clock, wall: WallClock) -> Finding:
    """Compare the clock with the moments that it must have passed."""
    now = said(wall, Instant(found.now - found.now % MINUTE))
    hint = "set the machine's clock; who is on call is told by it"
    for moment, what, patience in (
        (found.last_commit, "the last commit was made", DAY),
        (found.newest_file, "a file was changed", _YEAR),
    ):
        if moment is not None and moment - found.now > patience:
            return wrong("clock", f"it is {now} here, and {what} {age(moment - found.now)} later", hint)
    if found.last_commit is not None and found.last_commit - found.now > 5 * MINUTE:
        return note("clock", f"it is {now} here, {age(found.last_commit - found.now)} before the last commit", hint)
    return ok("clock", f"it is {now}")


def _zones(found: Zones) -> Iterator[Finding]:
    for name in found.unusable:
        yield wrong("zones", f"this machine has no data for the zone '{name}'", "pip install --upgrade tzdata")
    edition = found.system or found.package
    if edition is None:
        yield wrong("zones", "there is no list of time zones", "pip install --force-reinstall tzdata")
    elif found.system and found.package and found.system < found.package:
        message = f"times are told by the system's zones of {found.system}; the package has those of {found.package}"
        yield note("zones", message, "update the system's 'tzdata', so that all of the team count alike")
    elif not found.unusable:
        whose = "the system's" if found.system else "the package's"
        yield ok("zones", f"{whose} of {edition}, with all that the team uses ({found.used})")


def _folder(found: Folder) -> Iterator[Finding]:
    service = _synced_by(found)
    if service:
        message = f"the repository stands in a folder of {service}, which damages git repositories now and then"
        yield note("folder", message, "move it out; 'oncall sync' and git do the sharing")
    if found.ignores_case:
        message = "the file system takes 'A.yaml' and 'a.yaml' for one file, and others' do not"
        yield note("folder", message, "names that differ only in case are refused")
    if not service and not found.ignores_case:
        yield ok("folder", "no other program shares it, and names are told apart by case")


def _answers(unkept: str) -> Finding:
    if unkept:
        hint = "nothing is wrong with its answers; they would be quicker where they can be kept"
        return note("answers", f"'oncall who' takes its full time each time: {unkept}", hint)
    return ok("answers", "those of 'oncall who' are kept for as long as they hold")


def _synced_by(found: Folder) -> str | None:
    for marker in found.markers:
        return SYNC_MARKERS[marker]
    for part in found.parts:
        for begin, service in _SYNCED_NAMES:
            if part.casefold().startswith(begin):
                return service
    return None


def _program(found: Program) -> Iterator[Finding]:
    bad = [each for each in found.libraries if each.version < each.least or not each.version]
    for each in bad:
        has = f"{each.name} {version_said(each.version)} is too old" if each.version else f"{each.name} is missing"
        yield wrong("program", has, f"pip install '{each.name}>={version_said(each.least)}'")
    if not bad:
        libraries = ", its libraries as it needs them" if found.libraries else ""
        yield ok("program", f"oncall {found.version}, Python {version_said(found.python)}{libraries}")
    for extra, missing in found.optional:
        if missing:
            hint = f"pip install 'oncall-cli[{extra}]'"
            yield note("program", f"the optional part '{extra}' is not installed: {', '.join(missing)}", hint)
        else:
            yield ok("program", f"the optional part '{extra}' is installed")
    if found.c_parser:
        yield ok("program", "files are read by the C parser")
    else:
        yield note("program", "files are read without the C parser: the same, slower", "pip install ruamel.yaml.clib")
