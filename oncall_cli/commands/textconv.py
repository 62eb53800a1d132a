"""``oncall textconv``: what git's diff driver shows of a rotation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from oncall_cli.commands.invocation import Invocation
from oncall_cli.errors import Unreadable
from oncall_cli.model.zone import Zone
from oncall_cli.render.textconv import no_schedule, schedule_text
from oncall_cli.repository.find import find_root
from oncall_cli.repository.layout import ROTATION
from oncall_cli.repository.parse import parse
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.schedule.compile import compile_schedule

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation

File = Annotated[Path, typer.Argument(metavar="FILE", help="A rotation's file, perhaps a copy that git made.")]


def textconv(ctx: typer.Context, file: File) -> int:
    """Print a rotation's file and the schedule that it means, for 'git diff'.

    Git compares what this prints of both sides. An invalid file is no failure, which would be one of 'git diff'.
    """
    given: Invocation = ctx.obj
    data = file.read_bytes()
    sys.stdout.flush()
    sys.stdout.buffer.write(data if data.endswith(b"\n") or not data else data + b"\n")
    sys.stdout.buffer.flush()
    parsed = parse(ROTATION, data, "rotation.yaml", "rotation")
    if isinstance(parsed, list):
        print(no_schedule(parsed[0]), end="")
        return 0
    record = cast("Rotation", parsed.record)
    zone = record.timezone or _team_zone(given.folder)
    print(schedule_text(compile_schedule(record.model_copy(update={"timezone": zone})), given.now), end="")
    return 0


def _team_zone(folder: Path) -> Zone:
    """Return the zone that the team has now, for both sides of the comparison."""
    try:
        return TeamRepository(find_root(folder)).team().timezone
    except Unreadable:
        return Zone("UTC")
