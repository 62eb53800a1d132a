"""How the commands that go up a ladder reach people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from oncall_cli.commands.posting import delivered, own_addresses
from oncall_cli.commands.session import Session
from oncall_cli.model.team import Event
from oncall_cli.practice.escalation import Step, left_to_us
from oncall_cli.practice.posting import Post
from oncall_cli.repository.git import Git
from oncall_cli.repository.ours import last_of_ours
from oncall_cli.repository.reading import TeamRepository

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.repository.commit import Committed


def not_told_by_others(
    session: Session, made: Committed, rotation: str, incident: str, taken: list[Step]
) -> list[Step]:
    """Return the steps that are ours to tell, once what was committed has been shared.

    Another clone may have taken the same steps meanwhile: it was first upstream, and tells. Then they stand twice in
    the timeline, or, where both say the same to the second, our commit is not there any more.
    """
    if not session.given.push:
        return taken
    root = session.repository.root
    shared = TeamRepository(root).incident(rotation, incident)
    return left_to_us(taken, shared, ours=last_of_ours(Git(root), made.mark) is not None) if shared else taken


def page(session: Session, rotation: Rotation, event: Event, people: Iterable[str], said: Post) -> None:
    """Tell people at their own addresses, those who have one."""
    for person in dict.fromkeys(people):
        record = session.repository.person(person)
        if record and (addresses := own_addresses(session, record, rotation, event)):
            delivered(session, addresses, said)
