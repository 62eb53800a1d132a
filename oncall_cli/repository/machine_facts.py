"""What ``oncall doctor`` finds out about the machine: its clock, zones, folders, and what is installed."""

from __future__ import annotations

import os
import re
import sys
import zoneinfo
from collections.abc import Collection, Iterator
from importlib import import_module, metadata
from pathlib import Path

from oncall_cli import __version__
from oncall_cli.errors import GitInTheWay
from oncall_cli.model.time import Instant
from oncall_cli.practice.machine_health import (
    SYNC_MARKERS,
    Clock,
    Folder,
    Library,
    MachineFacts,
    Program,
    Zones,
)
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_state import locate
from oncall_cli.repository.history import last_commit

_PACKAGE = "oncall-cli"
_FOR_DEVELOPERS = ("test", "dev")
_REQUIREMENT = re.compile(r"([\w.-]+)[^;]*?(?:>=([\d.]+))?[^;]*(?:;(.*))?")
_EXTRA = re.compile(r"extra == ['\"]([\w-]+)['\"]")


def machine_facts(root: Path, now: int, zones: Collection[str], paths: Collection[str]) -> MachineFacts:
    """Return what there is to know, given the zones that the team uses and the files that it has."""
    return MachineFacts(_clock(root, now, paths), _zones(zones), _folder(root), _unkept(root), _program())


def _clock(root: Path, now: int, paths: Collection[str]) -> Clock:
    try:
        commit = last_commit(Git(root))
    except GitInTheWay:
        commit = None
    times = [int(file.stat().st_mtime) for path in paths if (file := root / path).exists()]
    newest = Instant(max(times)) if times else None
    return Clock(Instant(now), Instant(commit.committed) if commit else None, newest)


def _zones(used: Collection[str]) -> Zones:
    return Zones(_system_edition(), _package_edition(), len(used), tuple(each for each in used if not _works(each)))


def _system_edition() -> str | None:
    """Return the edition of the first system folder that has the zones, as the library looks for them."""
    for folder in map(Path, zoneinfo.TZPATH):
        if not (folder / "UTC").is_file():
            continue
        for name in ("tzdata.zi", "+VERSION"):
            if (folder / name).is_file():
                with (folder / name).open(encoding="utf-8", errors="replace") as file:
                    return file.readline().removeprefix("# version ").strip()
        return "an unknown edition"
    return None


def _package_edition() -> str | None:
    try:
        return str(import_module("tzdata").IANA_VERSION)
    except ImportError:
        return None


def _works(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, OSError, ValueError):
        return False
    return True


def _folder(root: Path) -> Folder:
    markers = [name for folder in (root, *root.parents) for name in SYNC_MARKERS if (folder / name).exists()]
    return Folder(root.parts, tuple(markers), (root / TEAM_FILE.upper()).exists())


def _unkept(root: Path) -> str:
    """Return why no answers can be kept beside git's own files; empty when they can."""
    if os.name == "nt":
        return "Windows does not tell when a file was last changed"
    try:
        folder = locate(Git(root)).common_dir
    except GitInTheWay:
        return "there is no git repository to keep answers beside"
    if folder.stat().st_uid != os.geteuid():
        return f"'{folder}' belongs to another user"
    if not all(os.access(one, os.W_OK) for one in (folder, folder / "oncall") if one.exists()):
        return f"'{folder / 'oncall'}' cannot be written"
    return ""


def _program() -> Program:
    from ruamel.yaml import __with_libyaml__

    needed = []
    extras: dict[str, list[str]] = {}
    for name, least, extra in _requirements():
        if not extra:
            needed.append(Library(name, _installed(name), least))
        elif extra not in _FOR_DEVELOPERS:
            missing = extras.setdefault(extra, [])
            missing += [] if _installed(name) >= least and _installed(name) else [name]
    optional = tuple((extra, tuple(missing)) for extra, missing in sorted(extras.items()))
    return Program(__version__, sys.version_info[:3], tuple(needed), optional, bool(__with_libyaml__))


def _requirements() -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Yield the name, the least version and the extra of each library that the package asks for."""
    try:
        asked = metadata.requires(_PACKAGE) or []
    except metadata.PackageNotFoundError:
        # run from its source: nothing tells what it needs, and it runs
        return
    for line in asked:
        found = _REQUIREMENT.fullmatch(line)
        if not found:
            continue
        name, least, condition = found.groups()
        extra = _EXTRA.search(condition or "")
        # what only some machines need is a matter of speed, and told by itself
        if extra or not condition:
            yield name, _numbers(least or "0"), extra[1] if extra else ""


def _installed(name: str) -> tuple[int, ...]:
    try:
        return _numbers(metadata.version(name))
    except metadata.PackageNotFoundError:
        return ()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version.partition("+")[0])[:3])
