"""The clipboard of the machine, where it has one."""

from __future__ import annotations

import shutil
import subprocess

from oncall_cli.errors import Refused

_COMMANDS = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("clip.exe",),
)
_PATIENCE = 3


def copy(text: str) -> None:
    """Put the text on the clipboard; raise ``Refused`` where there is none."""
    command = next((each for each in _COMMANDS if shutil.which(each[0])), None)
    if command is None:
        names = ", ".join(each[0] for each in _COMMANDS)
        raise Refused("this machine has no clipboard that can be reached", hint=f"install one of {names}")
    try:
        subprocess.run(command, input=text.encode(), check=True, timeout=_PATIENCE, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        raise Refused(f"'{command[0]}' did not take the text", hint="print it, and copy it by hand") from None
