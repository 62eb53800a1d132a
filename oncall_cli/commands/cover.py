"""``oncall cover``: somebody's shift, or a part of it, goes to somebody else."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation
from oncall_cli.commands.plan import make_planned_change
from oncall_cli.commands.session import Session
from oncall_cli.commands.setting import Begin, End, InRole, Reason, asked_of, named_of, search_of, setting_of, window_of
from oncall_cli.errors import WrongUsage
from oncall_cli.practice.candidates import Candidate, best
from oncall_cli.practice.cover import cover as covered
from oncall_cli.practice.cover import shift_asked, time_asked
from oncall_cli.practice.handing import Target
from oncall_cli.practice.new_override import override_edit
from oncall_cli.practice.setting import Setting
from oncall_cli.practice.shift_asked import Search
from oncall_cli.render.overriding import candidates_data, chosen_text, cover_subject, override_data, override_text

Who = Annotated[str | None, typer.Argument(metavar="[WHO]", help="Who covers; default: you.", show_default=False)]
Whom = Annotated[
    str | None,
    typer.Option("--for", metavar="PERSON", help="Whose time it is; default: that of whoever has it then."),
]
ShiftNamed = Annotated[
    str | None,
    typer.Option("--shift", metavar="next|DATE", help="A whole shift: the next, or the one around a date."),
]
Auto = Annotated[bool, typer.Option("--auto", help="Choose who covers, and say why: free, rested, fewest hours.")]


def cover(
    ctx: typer.Context,
    who: Who = None,
    whom: Whom = None,
    begin: Begin = None,
    end: End = None,
    shift: ShiftNamed = None,
    role: InRole = None,
    rotation: InRotation = None,
    reason: Reason = None,
    auto: Auto = False,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Cover for somebody, or let somebody cover: a shift or a part of it."""
    session = Session(ctx.obj, acting)
    by = acting_person(session)
    people = session.repository.people()
    setting = setting_of(session)
    search = search_of(session, setting, rotation, role)
    wanted = _wanted(session, setting, whom and session.person(whom).id, (begin, end, shift), search)
    chosen = _chosen(setting, wanted, who, auto)
    taker = chosen.person if chosen else session.person(who or by.id).id
    made = covered(setting, asked_of(by, reason), taker, wanted)
    schedule = setting.files(wanted.post.rotation).schedule
    told = [
        override_text(made, people, session.times, schedule.zone),
        *([chosen_text(chosen, people)] if chosen else []),
    ]
    return make_planned_change(
        session,
        [override_edit(made, schedule.zone)],
        cover_subject(taker, wanted, schedule.clock),
        dry_run=dry_run,
        as_json=as_json,
        answer={
            **override_data(made, wanted.post.rotation),
            **({"chosen": candidates_data([chosen])[0]} if chosen else {}),
        },
        text="\n".join(told),
    )


def _wanted(
    session: Session,
    setting: Setting,
    whom: str | None,
    said: tuple[str | None, str | None, str | None],
    search: Search,
) -> Target:
    """Return the time that is to be covered."""
    begin, end, shift = said
    if shift is None:
        return time_asked(setting, whom, *window_of(session, begin, end), search)
    if begin is not None or end is not None:
        raise WrongUsage("--shift says the time already", hint="leave out --from and --to, or --shift")
    return shift_asked(setting, whom, named_of(shift, "--shift"), search)


def _chosen(setting: Setting, wanted: Target, who: str | None, auto: bool) -> Candidate | None:
    """Return the best of those who could cover, where the choice is left to the program."""
    if not auto:
        return None
    if who is not None:
        raise WrongUsage(f"--auto chooses who covers, and '{who}' is named", hint="leave out one of them")
    return best(setting, wanted)
