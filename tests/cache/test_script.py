"""The command itself is a few lines that load nothing but the side door."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from oncall_cli import __version__

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = ROOT / "oncall_cli" / "scripts"


def test_the_command_is_shipped_and_runs() -> None:
    """Installers put the path of their Python in place of ``#!python``, and keep that a file may be executed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-scripts"]
    assert shipped == {"oncall_cli/scripts/oncall": "oncall", "oncall_cli/scripts/oncall.cmd": "oncall.cmd"}
    assert (SCRIPTS / "oncall").read_text(encoding="utf-8").startswith("#!python\n")
    assert os.access(SCRIPTS / "oncall", os.X_OK)
    done = subprocess.run([sys.executable, SCRIPTS / "oncall", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"oncall {__version__}\n"


def test_it_loads_no_more_than_python_has() -> None:
    """Before the side door is asked, no module is there that an empty Python does not have, but ours and a few in C."""
    code = "import sys; had = {*sys.modules}; import oncall_cli.__main__; print(*sorted({*sys.modules} - had))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert {name for name in done.stdout.split() if not name.startswith("oncall_cli")} <= {"gc", "marshal", "time"}
