"""The commands that move a support request on: each one line, one commit, and a word in the log of the shift."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, past_moment
from oncall_cli.commands.at_work import AtWork
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, PastMoment
from oncall_cli.commands.records import pick
from oncall_cli.commands.request import Name
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.request import Request
from oncall_cli.model.shift import EntryKind
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.new_issue import issue_body, new_issue_url
from oncall_cli.practice.request_edits import acknowledge, annotate, close, defer, delegate, give_issue, spend
from oncall_cli.practice.requests import parse_spent
from oncall_cli.render.request import asked_now
from oncall_cli.render.text import one_line

Words = Annotated[list[str] | None, typer.Argument(metavar="[TEXT...]", help="The words; '-' reads standard input.")]
To = Annotated[str, typer.Argument(metavar="PERSON", help="Who works on it from now on.")]
Spent = Annotated[str, typer.Argument(metavar="TIME", help="'+20m', '1h30m'.")]
Meeting = Annotated[str, typer.Argument(metavar="MEETING", help="Such as 'stand-up' or 'staff meeting'.")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What the time went into.")]
Tried = Annotated[bool, typer.Option("--tried", help="The words tell of an attempt that failed.")]
Link = Annotated[list[str] | None, typer.Option("--link", metavar="URL", help="A link; again for each.")]
Solution = Annotated[str | None, typer.Option("--solution", "-m", metavar="TEXT", help="What solved it.")]
Number = Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its number or address, to be kept.")]
Template = Annotated[str | None, typer.Option("--template", metavar="NAME", help="The host's issue template.")]
Repository = Annotated[str | None, typer.Option("--repository", metavar="URL", help="Where; default: the team's.")]


class Work(AtWork):
    """One request, who works on it, and where it is told."""

    log_kind = EntryKind.REQUEST

    def __init__(self, ctx: typer.Context, wanted: str, acting: str | None, at: str | None = None) -> None:
        session = Session(ctx.obj, acting)
        person, moment = acting_person(session).id, past_moment(session, at)
        read = session.repository
        found = {each.id: (each, name) for name in session.rotations() for each in read.requests(name)}
        self.request, rotation = pick(found, wanted, "support request")
        super().__init__(session, rotation, person, moment)
        if self.moment < self.request.received:
            came = self.session.times.at(self.request.received)
            raise Refused(f"that is before the request came: {came}", hint="give --at a later time")

    def make(self, edits: list[RecordEdit], what: str, *, dry_run: bool, as_json: bool) -> int:
        """Make the commit, say what was done, and what the policy asks now."""
        subject = f"{what} {self.request.id}"
        made = make_change(self.session, edits, subject, dry_run=dry_run, as_json=as_json)
        made.show({"id": self.request.id, "path": self.request.path}, f"{subject}.")
        if not dry_run:
            now = self._requests_again()
            for sentence in asked_now(now, self.session.repository.team().policy):
                self.session.tell(sentence)
        return 0

    def _requests_again(self) -> Request:
        fresh = Session(self.session.given).repository.requests(self.rotation)
        return next(each for each in fresh if each.id == self.request.id)


def ack_request(
    ctx: typer.Context,
    request: Name,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Acknowledge a support request."""
    work = Work(ctx, request, acting, at)
    edit = acknowledge(work.request, work.doing)
    return work.make([edit], "Acknowledge", dry_run=dry_run, as_json=as_json)


def delegate_request(
    ctx: typer.Context,
    request: Name,
    person: To,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Hand a support request to whoever suits better; it is still yours to close."""
    work = Work(ctx, request, acting, at)
    to = work.session.person(person).id
    edits = [delegate(work.request, work.doing, to)]
    edits += work.logged(work.request, f"Handed to {to}: {one_line(work.request.title)}")
    return work.make(edits, f"Hand to {to}:", dry_run=dry_run, as_json=as_json)


def note_request(
    ctx: typer.Context,
    request: Name,
    words: Words = None,
    tried: Tried = False,
    link: Link = None,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Write down a note, an attempt that failed, or a link."""
    work = Work(ctx, request, acting, at)
    text = work.session.given.said(words or [])
    if not text and not link:
        raise WrongUsage("there is nothing to note", hint="oncall request note ID TEXT")
    edit = annotate(work.request, work.doing, text, tried=tried, links=tuple(link or ()))
    return work.make([edit], "Note on", dry_run=dry_run, as_json=as_json)


def time_request(
    ctx: typer.Context,
    request: Name,
    spent: Spent,
    note: Note = None,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Count the time that a support request took; the limits of the policy speak up."""
    work = Work(ctx, request, acting, at)
    try:
        minutes = parse_spent(spent)
    except ValueError as wrong:
        raise WrongUsage(str(wrong)) from None
    edit = spend(work.request, work.doing, minutes, note)
    return work.make([edit], f"{minutes} minutes on", dry_run=dry_run, as_json=as_json)


def issue_request(
    ctx: typer.Context,
    request: Name,
    issue: Number = None,
    template: Template = None,
    repository: Repository = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Print the address that makes an issue of a support request; or keep the issue's number."""
    work = Work(ctx, request, acting)
    if issue is not None:
        edits = [give_issue(work.request, issue)]
        edits += work.logged(work.request, f"Issue {one_line(issue)}: {one_line(work.request.title)}", EntryKind.ISSUE)
        return work.make(edits, f"Issue {one_line(issue)} for", dry_run=dry_run, as_json=as_json)
    home = work.session.repository.team().repository
    page = f"{home.rstrip('/')}/blob/HEAD/{work.request.path}" if home else work.request.path
    url = new_issue_url(repository or home, work.request.title, issue_body(work.request, page), template)
    if as_json:
        work.session.answer({"id": work.request.id, "url": url})
    else:
        work.session.show(url)
        work.session.tell(
            f"Look for what must not be public, then keep its number: oncall request issue {work.request.id} NUMBER"
        )
    return work.session.close()


def defer_request(
    ctx: typer.Context,
    request: Name,
    meeting: Meeting,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Let a support request wait for a meeting; 'oncall agenda' has it then."""
    work = Work(ctx, request, acting, at)
    edits = [defer(work.request, work.doing, meeting)]
    edits += work.logged(work.request, f"For {one_line(meeting)}: {one_line(work.request.title)}")
    return work.make(edits, f"Defer to {one_line(meeting)}:", dry_run=dry_run, as_json=as_json)


def close_request(
    ctx: typer.Context,
    request: Name,
    solution: Solution = None,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Close a support request, with what solved it."""
    work = Work(ctx, request, acting, at)
    edits = [close(work.request, work.doing, solution)]
    edits += work.logged(work.request, f"Closed: {one_line(work.request.title)}")
    return work.make(edits, "Close", dry_run=dry_run, as_json=as_json)
