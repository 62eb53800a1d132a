"""How the commands that go up a ladder reach people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from oncall_cli.commands.posting import delivered, own_addresses
from oncall_cli.commands.session import Session
from oncall_cli.model.team import Event
from oncall_cli.practice.posting import Post

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation


def page(session: Session, rotation: Rotation, event: Event, people: Iterable[str], said: Post) -> None:
    """Tell people at their own addresses, those who have one."""
    for person in dict.fromkeys(people):
        record = session.repository.person(person)
        if record and (addresses := own_addresses(session, record, rotation, event)):
            delivered(session, addresses, said)
