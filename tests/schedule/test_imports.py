"""The pure core starts fast: it needs neither the records' library nor anything of the world."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pydantic", "ruamel", "typer", "rich", "git")


def test_the_schedule_imports_nothing_heavy() -> None:
    """The compiler and the reader of WHEN load without the libraries of the other rooms."""
    program = (
        "import sys, oncall_cli.schedule.compile, oncall_cli.schedule.when\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.split() == []
