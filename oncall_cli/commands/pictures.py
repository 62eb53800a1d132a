"""The option that writes a picture, for every command that has one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.session import Session
from oncall_cli.render.text import in_sentence
from oncall_cli.repository.publish import publish_file

Svg = Annotated[
    Path | None,
    typer.Option(
        "--svg", metavar="FILE", help="Write it as a picture (SVG); '-' is standard output.", show_default=False
    ),
]
STANDARD_OUTPUT = Path("-")


def put_picture(session: Session, picture: str, target: Path) -> None:
    """Write a picture where it was asked for."""
    if target == STANDARD_OUTPUT:
        session.put(picture.encode())
        return
    publish_file(target, picture.encode())
    session.tell(f"Wrote the picture to {in_sentence(str(target))}.")
