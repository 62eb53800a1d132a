"""``oncall probe``: look at the pages that tell how production is."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, of_rotation, states
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, MaybeRotation
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound, WrongUsage
from oncall_cli.model.shift import EntryKind
from oncall_cli.practice.log_target import log_target
from oncall_cli.practice.probing import State, probes, verdict
from oncall_cli.practice.shift_edits import Line, log_edit
from oncall_cli.render.probe import Seen, probe_data, probe_line, probe_text
from oncall_cli.repository.probe import look_at

_LONGEST = 60.0

Seconds = Annotated[float, typer.Option("--seconds", metavar="N", help="How long to wait for all of them together.")]
ToLog = Annotated[bool, typer.Option("--log", help="Write what was seen into the log of the shift.")]


def probe(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    seconds: Seconds = 5,
    to_log: ToLog = False,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Look at the pages that tell how production is: up, slow or down."""
    session = Session(ctx.obj, acting)
    if not 0 < seconds <= _LONGEST:
        raise WrongUsage(
            f"'{seconds:g}' is no time to wait", hint=f"--seconds takes more than 0 and at most {_LONGEST:g}"
        )
    known = of_rotation(session, states(session), rotation)
    wanted = probes(state.rotation for state in known)
    if not wanted:
        raise NothingFound("there is no page to look at", hint="mark a link of a rotation with 'probe: true'")
    person = acting_person(session).id if to_log else None
    target = log_target(known, person, session.now) if person else None
    answers = look_at([each.link for each in wanted], seconds)
    found = [Seen(each, answer, verdict(each.link, answer)) for each, answer in zip(wanted, answers, strict=True)]
    code = 1 if any(each.verdict.state is State.DOWN for each in found) else 0
    text = probe_text(found, session.given.width, session.given.colour)
    if target and person:
        line = Line(session.now, person, EntryKind.NOTE, probe_line(found))
        edits, subject = [log_edit(target, line)], f"{person} probes the pages of {target.state.id}"
        made = make_change(session, edits, subject, dry_run=dry_run, as_json=as_json)
        made.show({"pages": probe_data(found)}, text)
        return code
    if as_json:
        session.answer(probe_data(found))
    else:
        session.show(text)
    return session.close(code)
