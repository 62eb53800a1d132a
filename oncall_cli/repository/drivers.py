"""What makes git compare and merge records by what they mean: lines of ``.gitattributes``, and settings of a clone."""

from __future__ import annotations

import shlex
from pathlib import Path

from oncall_cli.repository.git import Git

ATTRIBUTES_FILE = ".gitattributes"
LINES = (
    "oncall.yaml merge=oncall",
    "rotations/**/*.yaml merge=oncall",
    "rotations/*/rotation.yaml diff=oncall",
)
_HEAD = "# Git compares and merges these by what they mean, in clones where 'oncall init --drivers' was run."


def attributes_with_drivers(before: bytes | None) -> bytes | None:
    """Return the attributes with the lines that they lack, None where they lack none; all others stay."""
    text = (before or b"").decode("utf-8", "surrogateescape")
    known = {" ".join(line.split()) for line in text.splitlines()}
    missing = [line for line in LINES if line not in known]
    if not missing:
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = newline if text and not text.endswith("\n") else ""
    head = [] if _HEAD in known else [_HEAD]
    added = "".join(f"{line}{newline}" for line in [*head, *missing])
    return f"{text}{gap}{added}".encode("utf-8", "surrogateescape")


def missing_settings(root: Path) -> dict[str, str]:
    """Return the settings that this clone's git lacks, or has otherwise, with what they should be."""
    git = Git(root)
    return {name: value for name, value in _settings(_program(git, root)).items() if git.setting(name) != value}


def set_up(root: Path) -> list[str]:
    """Give this clone's git the settings that it lacks, and return their names."""
    git, missing = Git(root), missing_settings(root)
    for name, value in missing.items():
        git.tell("config", "--local", "--replace-all", name, value, reads_only=False)
    return [*missing]


def _program(git: Git, root: Path) -> str:
    """Return the words that call us from the top of the work tree, where git calls drivers."""
    folder = root.resolve().relative_to(git.toplevel().resolve()).as_posix()
    return "oncall" if folder == "." else f"oncall -C {shlex.quote(folder)}"


def _settings(program: str) -> dict[str, str]:
    # where the program is gone, git would end with an error instead of a comparison
    textconv = f'f() {{ {program} textconv "$1" 2>/dev/null || cat "$1"; }}; f'
    return {
        "diff.oncall.textconv": textconv,
        "merge.oncall.name": "records of oncall, by what they mean",
        "merge.oncall.driver": f"{program} merge-driver %O %A %B %P",
    }
