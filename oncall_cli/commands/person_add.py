"""``oncall person add``: somebody new among the people."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun
from oncall_cli.commands.questions import Questions
from oncall_cli.commands.roster import open_session
from oncall_cli.errors import WrongUsage
from oncall_cli.model.person import parse_account
from oncall_cli.model.scalar import parse_id, parse_text
from oncall_cli.model.zone import Zone
from oncall_cli.practice.new_person import NewPerson, person_edit
from oncall_cli.render.text import one_line

Identity = Annotated[str, typer.Argument(metavar="ID", help="Their id, which names the file: 'alice'.")]
Name = Annotated[str | None, typer.Option("--name", help="Their name.", show_default=False)]
ZoneName = Annotated[
    str | None, typer.Option("--timezone", metavar="ZONE", help="Where they live; default: the team's zone.")
]
Email = Annotated[str | None, typer.Option("--email", help="Their e-mail; by it git's commits are known as theirs.")]
Phone = Annotated[str | None, typer.Option("--phone", help="The number to call: '+1-212-555-0101'.")]
Chat = Annotated[str | None, typer.Option("--chat", help="Their name in the chat: '@alice'.")]
AccountName = Annotated[str | None, typer.Option("--account", help="Their name on GitHub or GitLab, without '@'.")]


def add_person(
    ctx: typer.Context,
    identity: Identity,
    name: Name = None,
    timezone: ZoneName = None,
    email: Email = None,
    phone: Phone = None,
    chat: Chat = None,
    account: AccountName = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Add somebody to the people of the team."""
    session = open_session(ctx, acting)
    try:
        parse_id(identity)
    except ValueError as wrong:
        raise WrongUsage(f"ID: {wrong}") from None
    ask = Questions(session.given.asks, "oncall person add")
    team = session.repository.team()
    title = ask("Their name", "--name", name, identity.replace("-", " ").title(), parse_text)
    zone = ask("Where they live", "--timezone", timezone, str(team.timezone), Zone.parse)
    new = NewPerson(
        identity,
        title,
        None if zone == team.timezone else zone,
        ask("Their e-mail, as in git", "--email", email, "", _email, needed=False),
        ask("The number to call", "--phone", phone, "", _phone, needed=False),
        ask("Their name in the chat", "--chat", chat, "", _perhaps, needed=False),
        ask("Their name on the git host", "--account", account, "", _account, needed=False),
    )
    edit = person_edit(new, session.repository.people())
    made = make_change(session, [edit], f"Add {identity} to the people", dry_run=dry_run, as_json=as_json)
    made.show(
        {"person": identity},
        f"{one_line(title)} is one of the people. Next: oncall rotation join {identity} --shadow '1 week'",
    )
    return 0


def _perhaps(text: str) -> str | None:
    return text.strip() or None


def _account(text: str) -> str | None:
    said = _perhaps(text)
    return parse_account(said.removeprefix("@")) if said else None


def _email(text: str) -> str | None:
    if text.strip() and not re.fullmatch(r"[^@\s]+@[^@\s]+", text.strip()):
        raise ValueError(f"'{text}' is not an e-mail address, such as 'ana@example.com'")
    return _perhaps(text)


def _phone(text: str) -> str | None:
    if text.strip() and not re.search(r"\d{3}", text):
        raise ValueError(f"'{text}' is not a phone number, such as '+1-212-555-0101'")
    return _perhaps(text)
