"""``oncall merge-driver``: git calls it, where ``.gitattributes`` says ``merge=oncall``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.render.sync import disagreement_text
from oncall_cli.repository.merge_driver import drive_merge

Version = Annotated[Path, typer.Argument(help="A file that git made.")]
Name = Annotated[str, typer.Argument(help="The path of the file that is merged.")]


def merge_driver(ctx: typer.Context, base: Version, ours: Version, theirs: Version, path: Name) -> int:
    """Merge a record by what it says, for git: %O %A %B %P."""
    disagreements = drive_merge(base, ours, theirs, path)
    for each in disagreements:
        print(disagreement_text(path, each), file=sys.stderr)
    return 1 if disagreements else 0
