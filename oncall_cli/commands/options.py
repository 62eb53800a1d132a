"""The options and arguments that several commands share, said once."""

from __future__ import annotations

from typing import Annotated

import typer

# By this promise the door knows the commands that make a commit, and gives them `--push`.
WRITES_NOTHING = "Print the change and the commit message; write nothing."
# By this one it knows those that answer, and gives them `--as`.
ANSWERS_SCRIPTS = "Answer in JSON, for scripts."

AsJson = Annotated[bool, typer.Option("--json", help=ANSWERS_SCRIPTS)]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="WHEN", help="The time to answer for: '14:30', 'tomorrow 9am', '2026-11-24 09:00'."),
]
From = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="Where the time begins; default: now.")]
To = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Where the time ends.")]
MaybeRotation = Annotated[
    str | None,
    typer.Argument(metavar="[ROTATION]", help="One rotation; default: all of them.", show_default=False),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="REV|WHEN",
        help="What the files said then: at a commit, branch or tag, or at a time.",
        show_default=False,
    ),
]
ActAs = Annotated[str | None, typer.Option("--as", metavar="PERSON", help="Act as this person.", show_default=False)]
PastMoment = Annotated[
    str | None,
    typer.Option("--at", metavar="WHEN", help="When it happened: '9am', 'yesterday 17:00', '2h ago'. [default: now]"),
]
InRotation = Annotated[
    str | None, typer.Option("--rotation", "-r", metavar="ROTATION", help="In which rotation.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=WRITES_NOTHING)]
NoPost = Annotated[bool, typer.Option("--no-post", help="Do not post to the team's destinations.")]
Role = Annotated[str | None, typer.Option("--role", metavar="ROLE", help="Only this role.", show_default=False)]
OnlyPerson = Annotated[
    str | None,
    typer.Option("--person", metavar="PERSON", help="Only this person's shifts.", show_default=False),
]
