"""``oncall runbook``: what to do when an alert comes."""

from __future__ import annotations

from shlex import quote
from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson
from oncall_cli.commands.records import pick, record_data, show_rows
from oncall_cli.commands.session import Session, one_of
from oncall_cli.errors import NothingFound, WrongUsage
from oncall_cli.practice.runbook_search import Match, RunbookText, ranked
from oncall_cli.practice.sections import sections
from oncall_cli.render.records import runbook_row
from oncall_cli.render.runbook import head_text, matches_data, matches_text, page_text
from oncall_cli.render.text import one_line

_MOST_SHOWN = 5

Name = Annotated[str, typer.Argument(metavar="RUNBOOK", help="Which runbook: its name, or a part that only it has.")]
Alert = Annotated[
    list[str], typer.Argument(metavar="ALERT...", help="The alert's text, as it came; '-' reads standard input.")
]
Heading = Annotated[str | None, typer.Option("--heading", metavar="TEXT", help="Only what stands below this heading.")]


def list_runbook(ctx: typer.Context, as_json: AsJson = False) -> int:
    """List the runbooks."""
    session = Session(ctx.obj)
    heads = [page.head for page in session.repository.runbooks().values()]
    return show_rows(session, heads, [runbook_row(head) for head in heads], as_json, "runbooks")


def find_runbook(ctx: typer.Context, alert: Alert, as_json: AsJson = False) -> int:
    """Find the runbook for a pasted alert, whatever its numbers and hosts are."""
    session = Session(ctx.obj)
    text = session.given.said(alert)
    if not text:
        raise WrongUsage("there is nothing to look for: the alert is empty", hint='oncall runbook find "ALERT"')
    found = found_for(session, text)[:_MOST_SHOWN]
    heads = {name: page.head for name, page in session.repository.runbooks().items()}
    if not found:
        session.close()
        raise NothingFound(
            "no runbook says anything about this", hint="nothing fits: 'oncall escalate' names who is next"
        )
    if as_json:
        session.answer(matches_data(found, heads))
    else:
        session.show(matches_text(found, heads, session.given.width))
        heading = f" --heading {quote(one_line(found[0].heading))}" if found[0].heading else ""
        session.tell(f"Read it: oncall runbook show {found[0].id}{heading}")
    return session.close()


def show_runbook(ctx: typer.Context, runbook: Name, heading: Heading = None, as_json: AsJson = False) -> int:
    """Show one runbook."""
    session = Session(ctx.obj)
    head, body = pick(session.repository.runbooks(), runbook, "runbook")
    text = below(body, heading) if heading else body
    if as_json:
        session.answer({**record_data(session, head), "text": text})
    elif session.given.colour:
        session.show(f"{head_text(head)}\n\n{page_text(text.strip(), colour=True)}")
    else:
        session.show(page_text(text.strip() if heading else session.repository.text(head.path).rstrip(), colour=False))
    return session.close()


def below(body: str, heading: str) -> str:
    """Return a heading and what stands below it; a part of its words is enough."""
    known = {one.heading: one for one in sections(body)}
    meant = [name for name in known if heading.lower() in name.lower()]
    name = heading if heading in known else meant[0] if len(meant) == 1 else one_of(heading, known, "heading")
    return f"{'#' * known[name].level} {name}\n{known[name].text}"


def found_for(session: Session, text: str) -> list[Match]:
    """Return the runbooks of the team that fit an alert, the best first."""
    pages = session.repository.runbooks()
    texts = {
        name: RunbookText(page.head.title, page.body, page.head.alerts, page.head.services)
        for name, page in pages.items()
    }
    return ranked(text, texts)
