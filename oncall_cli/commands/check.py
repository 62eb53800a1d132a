"""``oncall check``: every file, and the schedule eight weeks ahead; with ``--base``, what a change does to both."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, At
from oncall_cli.commands.progress import Progress
from oncall_cli.commands.session import Session
from oncall_cli.errors import OncallError, Severity
from oncall_cli.model.time import Instant
from oncall_cli.render.check import Format, check_output
from oncall_cli.render.findings import Findings
from oncall_cli.repository.everything import Checked, checked

Wanted = Annotated[Format, typer.Option("--format", help="For whom: 'github' for annotations, 'summary' for Markdown.")]
Base = Annotated[
    str | None,
    typer.Option("--base", metavar="REV", help="Also compare with this revision: 'main', 'origin/main...HEAD'."),
]
_OF_A_HOST = (Format.GITHUB, Format.SUMMARY, Format.GITLAB, Format.SARIF)


def check(
    ctx: typer.Context, at: At = None, base: Base = None, wanted: Wanted = Format.TEXT, as_json: AsJson = False
) -> int:
    """Check every file and the schedule eight weeks ahead.

    The exit code is 1 when there is an error; warnings are told.
    """
    session = Session(ctx.obj)
    wanted = Format.JSON if as_json else wanted
    found = _checked(session, session.when(at, session.now), base)
    findings = Findings(
        found.problems, found.files, found.ignored, _prefix(session, wanted), colour=session.given.colour
    )
    session.show(check_output(findings, wanted))
    return OncallError.exit_code if findings.of(Severity.ERROR) else 0


def _checked(session: Session, now: Instant, base: str | None) -> Checked:
    progress = Progress(watched=session.given.watched)
    try:
        return _inspected(session, now, base, progress)
    finally:
        progress.end()


def _inspected(session: Session, now: Instant, base: str | None, progress: Progress) -> Checked:
    if base is None:
        return checked(session.repository.root, now, progress, remembers=session.remembers)
    # only a comparison needs git, which takes as long to import as a small team takes to check
    from oncall_cli.repository.reviewed import reviewed

    found, notes = reviewed(session.repository.root, now, base, progress, remembers=session.remembers)
    for note in notes:
        session.tell(note)
    return found


def _prefix(session: Session, wanted: Format) -> str:
    """Return what leads from the top of the git repository to the team's root, where a git host asks for it."""
    if wanted not in _OF_A_HOST:
        return ""
    from oncall_cli.repository.git import Git

    return Git(session.repository.root).prefix()
