"""``oncall init``: a new team's repository in one command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.ci import add_ci, ci_change
from oncall_cli.commands.drivers import attributes_of, set_up_drivers
from oncall_cli.commands.invocation import Invocation
from oncall_cli.commands.options import DryRun
from oncall_cli.commands.questions import Questions
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage
from oncall_cli.model.scalar import parse_id, parse_text
from oncall_cli.model.zone import Zone
from oncall_cli.practice.beginning import (
    NewTeam,
    first_monday,
    members,
    parse_rotation_id,
    person_id,
    rotation_id,
)
from oncall_cli.render.begun import begun_text, ci_text
from oncall_cli.render.change import plan_text
from oncall_cli.render.drivers import drivers_text
from oncall_cli.repository.begin import begin, begun_at, identity_near, missing_files, refuse_begun
from oncall_cli.repository.commit import Change, Committed, diff_text
from oncall_cli.repository.drivers import set_up
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.new_team import new_team_files
from oncall_cli.repository.owner_files import Host

Folder = Annotated[
    Path | None, typer.Argument(metavar="[PATH]", help="The folder; default: this one.", show_default=False)
]
Name = Annotated[str | None, typer.Option("--name", help="The team's name.", show_default=False)]
ZoneName = Annotated[
    str | None, typer.Option("--timezone", metavar="ZONE", help="Such as 'Europe/Berlin'.", show_default=False)
]
Rotation = Annotated[
    str | None, typer.Option("--rotation", metavar="ID", help="The first rotation.", show_default=False)
]
People = Annotated[
    list[str] | None,
    typer.Option("--person", metavar="ID", help="A member, in the order of turns; again for each.", show_default=False),
]
Drivers = Annotated[
    bool, typer.Option("--drivers", help="Let git in this clone compare and merge records by what they mean.")
]

Ci = Annotated[
    Host | None,
    typer.Option("--ci", help="Also, or in a team that has begun: what the git host runs for it.", show_default=False),
]


def init(
    ctx: typer.Context,
    path: Folder = None,
    name: Name = None,
    timezone: ZoneName = None,
    rotation: Rotation = None,
    person: People = None,
    ci: Ci = None,
    drivers: Drivers = False,
    dry_run: DryRun = False,
) -> int:
    """Begin a new team's repository: files that explain themselves, in one commit.

    What is not given is asked for on a terminal, and otherwise told from the folder, the machine and git.
    With --drivers it can be run in every clone of a team's repository as well, and does that alone.
    """
    given: Invocation = ctx.obj
    folder = Path(os.path.abspath(given.folder / (path or "")))
    if ci and (folder / TEAM_FILE).exists():
        if drivers:
            raise WrongUsage(
                "in a team that has begun, --ci and --drivers are a commit each", "give one, then the other"
            )
        return add_ci(Session(given._replace(folder=folder)), ci, dry_run=dry_run)
    if drivers and (begun := begun_at(folder)):
        return set_up_drivers(begun, dry_run=dry_run)
    refuse_begun(folder)
    team = _team(given, folder, name, timezone, rotation, person or [])
    files = missing_files(folder, new_team_files(team))
    files |= (ci_change(folder, ci, files) if ci else {}) | (attributes_of(folder) if drivers else {})
    change = Change(files, f"Begin the repository of {team.name}")
    if dry_run:
        print(plan_text(Committed("", tuple(change.files), change.subject), diff_text(folder, change)))
        return 0
    made = begin(folder, change)
    session = Session(given._replace(folder=folder))
    [(_, schedule)] = session.schedules(team.rotation)
    print(begun_text(team, folder, made, schedule.at("primary", given.now), session.times))
    if ci:
        print(ci_text(ci))
    if drivers:
        print(drivers_text(set_up(folder)))
    return session.close()


def _team(
    given: Invocation, folder: Path, name: str | None, timezone: str | None, rotation: str | None, people: list[str]
) -> NewTeam:
    """Put together what was given, what is answered, and what can be told."""
    me = identity_near(folder)
    ask = Questions(given.asks, "oncall init")
    machine = given.asked_zone or given.machine_zone or Zone("UTC")
    default_name = folder.name.replace("-", " ").replace("_", " ").strip().capitalize() or "On call"
    team = ask("The team's name", "--name", name, default_name, parse_text)
    zone = ask("Its time zone", "--timezone", timezone, str(machine), Zone.parse)
    first = ask("The first rotation", "--rotation", rotation, rotation_id(team), parse_rotation_id)
    said = " ".join(people) or None
    ids = ask("Who takes turns, in order", "--person", said, person_id(me.name, me.email), _parse_ids)
    return NewTeam(team, zone, first, members(ids, me.name, me.email), first_monday(given.now, zone))


def _parse_ids(text: str) -> list[str]:
    ids = [parse_id(each) for each in text.replace(",", " ").split()]
    if not ids:
        raise ValueError("somebody must be on call: name a person by an id, such as 'alice'")
    return ids
