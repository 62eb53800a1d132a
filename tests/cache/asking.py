"""How the tests ask: as the program does, with what is kept and without, in this process or in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from oncall_cli.__main__ import told, usual
from oncall_cli.cache.question import question

TEAM = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/platform/rotation.yaml": """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-01-06
    members: [alice, carol]
roles:
  primary: {}
  secondary: {offset: 1}
escalation:
  - {notify: primary}
  - {after: 5 minutes, notify: secondary}
  - {after: 9 minutes, rotation: network, notify: primary}
""",
    "rotations/network/rotation.yaml": """\
name: Network
timezone: Europe/Berlin
handoff: {every: 12 hours, at: "08:00"}
roster:
  - from: 2026-01-06
    members: [erika, alice]
""",
    "rotations/people/alice.yaml": "name: Alice\ncontact: {phone: +1-212-555-0101}\n",
    "rotations/people/carol.yaml": "name: Carol\ntimezone: Asia/Tokyo\n",
    "rotations/people/erika.yaml": "name: Erika\n",
}


class Said(NamedTuple):
    """What one call of the program left."""

    code: int
    out: str
    err: str
    kept: bool
    """Whether it was given before; always False for the usual way."""


def ask(*arguments: str, kept: bool = True) -> Said:
    """Ask in this process; without ``kept``, as with ONCALL_NO_CACHE."""
    out, err = _Stream(), _Stream()
    with redirect_stdout(out), redirect_stderr(err):
        asked = question([*arguments]) if kept else None
        code = told(asked) if asked else None
        known = code is not None
        code = usual([*arguments], asked) if code is None else code
    return Said(code, out.text(), err.text(), known)


class _Stream(io.TextIOWrapper):
    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding="utf-8", newline="\n", write_through=True)

    def text(self) -> str:
        return self.bytes.getvalue().decode("utf-8")


# A process that must find its answer kept: the house cannot be loaded.
_KNOWN = "import sys; sys.modules['oncall_cli.app'] = None; from oncall_cli.__main__ import main; sys.exit(main())"


def process(*arguments: str, folder: Path, known: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own; ``known``: it fails unless the answer is kept."""
    begin = ["-c", _KNOWN] if known else ["-m", "oncall_cli"]
    return subprocess.run(
        [sys.executable, *begin, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def rewrite(path: Path, text: str, *, times: os.stat_result | None = None) -> None:
    """Write into the file that is there, as an editor that works in place; set its time back if asked."""
    with path.open("r+", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.truncate()
    if times is not None:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
