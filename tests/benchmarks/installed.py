"""The program as a user has it: built as a wheel and installed, with its modules compiled, into a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.measure import Program

_PROJECT = Path(__file__).parent.parent.parent


def installed(folder: Path, *packages: str) -> Path:
    """Make a virtual environment with the packages, and return its Python; raise where they cannot be had."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([python, "-m", "pip", "install", *quiet, *packages], check=True, capture_output=True)
    return python


def installed_program(folder: Path) -> Program:
    """Build the wheel of this checkout and install it."""
    return Program(installed(folder, str(_PROJECT)))
