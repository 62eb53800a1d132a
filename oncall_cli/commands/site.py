"""``oncall site``: a static site of the team, to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.session import Session
from oncall_cli.commands.site_facts import site_facts
from oncall_cli.render.site.build import site_files
from oncall_cli.render.site.frame import Options
from oncall_cli.render.text import in_sentence
from oncall_cli.repository.published_set import SITE, publish_set

Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the site is written.", show_default=False)]
Contacts = Annotated[bool, typer.Option("--contacts", help="Show telephone numbers, e-mails and chat names as well.")]
ScheduleOnly = Annotated[
    bool,
    typer.Option(
        "--schedule-only", help="Only who is on call when: no incidents, reviews, reports, loads or runbooks."
    ),
]


def site(ctx: typer.Context, out: Out, contacts: Contacts = False, schedule_only: ScheduleOnly = False) -> int:
    """Write a static site: who is on call now, the weeks of every rotation, people, incidents, runbooks, reports.

    It loads nothing from elsewhere, and works from a folder as from any web server.
    The same commit gives the same bytes on the same day.
    """
    session = Session(ctx.obj)
    facts = site_facts(session, schedule_only=schedule_only)
    files = site_files(facts, Options(contacts=contacts))
    done = publish_set(out, files, session.repository.root, SITE)
    pages = sum(path.endswith(".html") for path in files)
    session.tell(f"Wrote a site of {pages} pages to {in_sentence(str(out))} ({len(done.changed)} files changed).")
    return session.close()
