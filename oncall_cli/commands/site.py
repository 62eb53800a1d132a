"""``oncall site``: a static site of the team, to look at."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.session import Session
from oncall_cli.commands.site_making import SiteWishes, made_site
from oncall_cli.errors import WrongUsage
from oncall_cli.render.text import in_sentence
from oncall_cli.repository.published_set import SITE, publish_set

_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")

Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the site is written.", show_default=False)]
Url = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="URL",
        help="The address that it will have; then its calendars can be subscribed to without a script.",
    ),
]
Contacts = Annotated[bool, typer.Option("--contacts", help="Show telephone numbers, e-mails and chat names as well.")]
ScheduleOnly = Annotated[
    bool,
    typer.Option(
        "--schedule-only", help="Only who is on call when: no incidents, reviews, reports, loads or runbooks."
    ),
]
Private = Annotated[
    bool, typer.Option("--private", help="Put the feeds where only ONCALL_FEED_SECRET leads, and link none of them.")
]


def site(
    ctx: typer.Context,
    out: Out,
    url: Url = None,
    contacts: Contacts = False,
    schedule_only: ScheduleOnly = False,
    private: Private = False,
) -> int:
    """Write a static site: who is on call now, the weeks, people and calendars, incidents, runbooks, reports.

    It loads nothing from elsewhere, and works from a folder as from any web server.
    The same commit gives the same bytes on the same day. Whoever can open it can read it: see --schedule-only.
    """
    session = Session(ctx.obj)
    files = made_site(session, SiteWishes(_address(url), contacts, schedule_only, private))
    done = publish_set(out, files, session.repository.root, SITE)
    pages, feeds = (sum(path.endswith(ending) for path in files) for ending in (".html", ".ics"))
    changed = f"{len(done.changed)} files changed{f', {len(done.removed)} removed' if done.removed else ''}"
    session.tell(f"Wrote a site of {pages} pages and {feeds} feeds to {in_sentence(str(out))} ({changed}).")
    return session.close()


def _address(said: str | None) -> str | None:
    if said is not None and not _ADDRESS.fullmatch(said):
        raise WrongUsage(f"--url: '{said}' is no address of a site", hint="write it as https://example.com/oncall")
    return said.rstrip("/") if said else None
