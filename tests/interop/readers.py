"""Calendar programs that are not ours, each read a folder of feeds in a process of its own, in a zone of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

PARSERS = Path(__file__).parent / "parsers"
NODE_MODULES = os.environ.get("INTEROP_NODE_MODULES", "")
"""Where ical.js and node-ical are installed; npm puts them there: ``npm install --prefix FOLDER ical.js node-ical``."""

Events = list[tuple[int, int, str]]
Read = Callable[[Path, str], dict[str, Events]]


class Reader(NamedTuple):
    """A parser, what it lacks on this machine if anything, and how it reads."""

    name: str
    lacks: str
    read: Read


def _python(module: str) -> Reader:
    lacks = "" if find_spec(module) else f"{module} is not installed: pip install 'oncall-cli[interop]'"
    script = PARSERS / f"read_{module}.py"
    return Reader(module, lacks, lambda folder, zone: _said([sys.executable, str(script), str(folder)], zone))


def _node(module: str, script: str) -> Reader:
    lacks = ""
    if not shutil.which("node"):
        lacks = "node is not installed"
    elif not NODE_MODULES or not (Path(NODE_MODULES) / module).is_dir():
        lacks = f"{module} is not in INTEROP_NODE_MODULES: npm install --prefix FOLDER {module}"
    command = ["node", str(PARSERS / script)]
    return Reader(module, lacks, lambda folder, zone: _said([*command, str(folder), NODE_MODULES], zone))


def _libical() -> Reader:
    lacks = "" if shutil.which("cc") and shutil.which("pkg-config") else "no C compiler, or no pkg-config"
    found = not lacks and subprocess.run(["pkg-config", "--exists", "libical"], check=False).returncode == 0
    return Reader("libical", "" if found else lacks or "libical is not installed: apt-get install libical-dev", _by_c)


def _by_c(folder: Path, zone: str) -> dict[str, Events]:
    program = folder.parent / "read_libical"
    if not program.exists():
        flags = _run(["pkg-config", "--cflags", "--libs", "libical"], zone).split()
        _run(["cc", "-o", str(program), str(PARSERS / "read_libical.c"), *flags], zone)
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.ics"))
    found: dict[str, Events] = {path: [] for path in paths}
    for line in _run([str(program), *paths], zone, folder).splitlines():
        path, start, end, summary = line.split("\t")
        found[path].append((int(start), int(end), summary))
    return found


def _said(command: list[str], zone: str) -> dict[str, Events]:
    found = json.loads(_run(command, zone))
    return {path: [(start, end, summary) for start, end, summary in events] for path, events in found.items()}


def _run(command: list[str], zone: str, folder: Path | None = None) -> str:
    done = subprocess.run(
        command, capture_output=True, check=False, encoding="utf-8", cwd=folder, env={**os.environ, "TZ": zone}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


READERS = (
    _python("ical"),
    _python("vobject"),
    _node("ical.js", "read_icaljs.cjs"),
    _node("node-ical", "read_nodeical.cjs"),
    _libical(),
)
