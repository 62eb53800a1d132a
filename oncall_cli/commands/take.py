"""``oncall take``: I take it over now."""

from __future__ import annotations

import typer

from oncall_cli.commands.acting import acting_person, the_only
from oncall_cli.commands.options import ActAs, AsJson, DryRun, MaybeRotation
from oncall_cli.commands.plan import make_planned_change
from oncall_cli.commands.session import Session
from oncall_cli.commands.setting import InRole, Reason, asked_of, search_of, setting_of
from oncall_cli.practice.cover import post_asked
from oncall_cli.practice.new_override import override_edit
from oncall_cli.practice.take import take as taken
from oncall_cli.render.overriding import override_data, override_text, take_subject


def take(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    role: InRole = None,
    reason: Reason = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Take over now, until the present shift hands off.

    Another role that you have in the rotation is left to nobody for that time. Where a shift of yours in
    another rotation begins earlier, it ends there.
    """
    session = Session(ctx.obj, acting)
    by = acting_person(session)
    setting = setting_of(session)
    search = search_of(session, setting, rotation, role)
    known = [setting.state(name) for name in setting.chosen(search.rotation)]
    state = the_only(known, by.id, "oncall take ROTATION")
    post = post_asked(setting, search._replace(rotation=state.id))
    made = taken(setting, asked_of(by, reason), post)
    zone = setting.files(post.rotation).schedule.zone
    told = [override_text(each, session.repository.people(), session.times, zone) for each in made]
    return make_planned_change(
        session,
        [override_edit(each, zone) for each in made],
        take_subject(by.id, post, made[0]),
        dry_run=dry_run,
        as_json=as_json,
        answer=override_data(made[0], post.rotation),
        text="\n".join([*told, "Report for duty with 'oncall start'."]),
    )
