"""``oncall doctor``: whether git, the machine and the program can be relied on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson
from oncall_cli.commands.session import Session
from oncall_cli.errors import GitInTheWay, OncallError, Unreadable
from oncall_cli.model.zone import Zone
from oncall_cli.practice.diagnosis import Finding, is_ill, note, ok, wrong
from oncall_cli.practice.git_health import GitFacts, git_findings
from oncall_cli.practice.machine_health import machine_findings
from oncall_cli.render.doctor import doctor_data, doctor_text
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_facts import git_facts
from oncall_cli.repository.machine_facts import machine_facts
from oncall_cli.repository.mend import mend
from oncall_cli.repository.reach import unreachable

Fix = Annotated[bool, typer.Option("--fix", help="Remove what commands that died have left behind.")]
Online = Annotated[bool, typer.Option("--online", help="Also ask the remote whether it answers.")]


def doctor(ctx: typer.Context, fix: Fix = False, online: Online = False, as_json: AsJson = False) -> int:
    """Say whether git, the machine and the program can be relied on, and what to do.

    The exit code is 1 when something is wrong. Nothing is changed without --fix, no network used without --online.
    """
    session = Session(ctx.obj)
    findings = [*(_mended(session) if fix else ()), *_findings(session, online=online)]
    if as_json:
        session.answer(doctor_data(findings))
    else:
        session.show(doctor_text(findings, session.given.width, session.given.colour))
    return OncallError.exit_code if is_ill(findings) else 0


def _findings(session: Session, *, online: bool) -> Iterator[Finding]:
    root, people = session.repository.root, session.repository.people()
    about_git = git_facts(root, people, session.given.acting, session.now)
    yield from git_findings(about_git)
    if online:
        yield from _remotes(session, about_git)
    zones = _zones(session)
    about_machine = machine_facts(root, session.now, zones, session.repository.paths_read)
    yield from machine_findings(about_machine, _zone(session))


def _mended(session: Session) -> Iterator[Finding]:
    try:
        for said in mend(session.repository.root):
            yield ok("mended", said)
    except (GitInTheWay, OSError) as reason:
        said = reason.message if isinstance(reason, GitInTheWay) else str(reason)
        yield note("mended", f"nothing could be mended: {said}")


def _remotes(session: Session, facts: GitFacts) -> Iterator[Finding]:
    for remote in facts.branch.remotes if facts.branch else ():
        reason = unreachable(Git(session.repository.root), remote)
        if reason is None:
            yield ok("network", f"'{remote}' answers")
        else:
            hint = "look at the network, at 'git remote --verbose' and at your keys; everything else works without"
            yield wrong("network", f"'{remote}' cannot be reached: {reason}", hint)


def _zones(session: Session) -> list[str]:
    """Return the zones of the team, its rotations and its people, as far as their files can be read."""
    read = session.repository
    zones = {person.timezone for person in read.people().values()}
    for rotation in read.rotations().values():
        zones |= {rotation.timezone, *(layer.timezone for layer in rotation.all_layers())}
    return sorted(str(zone) for zone in zones if zone)


def _zone(session: Session) -> Zone:
    """Return the reader's zone, or that of no place when the team's file cannot be read."""
    try:
        return session.zone
    except Unreadable:
        return Zone.parse("UTC")
