"""``oncall sync``: share with the others, and see what could not be shared."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson
from oncall_cli.commands.session import Session
from oncall_cli.errors import GitInTheWay, WrongUsage
from oncall_cli.render.sync import aside_data, asides_text, sync_data, sync_text
from oncall_cli.repository.settle import drop_aside, set_aside
from oncall_cli.repository.sync import Wish, sync

Seconds = Annotated[float, typer.Option("--timeout", metavar="SECONDS", help="Give up on the remote after this long.")]
OnlySay = Annotated[bool, typer.Option("--dry-run", help="Fetch, and say what would be shared; change nothing.")]
Rebase = Annotated[bool, typer.Option("--rebase", help="Put your own commits on top of the upstream, unpushed.")]
ListAside = Annotated[bool, typer.Option("--list", help="List what was set aside; the remote is not asked.")]
Drop = Annotated[
    str | None,
    typer.Option("--drop", metavar="MARK", help="Forget a commit that was set aside.", show_default=False),
]


def share(
    ctx: typer.Context,
    timeout: Seconds = 20,
    rebase: Rebase = False,
    list_aside: ListAside = False,
    drop: Drop = None,
    dry_run: OnlySay = False,
    as_json: AsJson = False,
) -> int:
    """Push what oncall committed, and take what others did."""
    session = Session(ctx.obj)
    if timeout <= 0:
        raise WrongUsage("the time for a sync is not more than nothing", "such as '--timeout 20'")
    if drop is not None:
        return _drop(session, drop, as_json)
    if list_aside:
        return _list(session, as_json)
    done = sync(session.repository.root, Wish(timeout, dry_run, rebase))
    if as_json:
        session.answer(sync_data(done))
    else:
        session.show(sync_text(done, session.given.width))
    return 0 if done.fine else GitInTheWay.exit_code


def _list(session: Session, as_json: bool) -> int:
    upstream, found = set_aside(session.repository.root)
    if as_json:
        session.answer([aside_data(one) for one in found])
    else:
        text = asides_text(found, upstream, session.given.width)
        session.show("\n".join(text) if found else "Nothing is set aside.")
    return 0


def _drop(session: Session, said: str, as_json: bool) -> int:
    dropped = drop_aside(session.repository.root, said)
    if as_json:
        session.answer({"mark": dropped.mark, "commit": dropped.sha, "subject": dropped.subject})
    else:
        session.show(f"Forgotten: {dropped.subject}\nIt is still there as {dropped.sha[:8]}.")
    return 0
