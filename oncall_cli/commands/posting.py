"""How a command posts what it has done: after the commit, for a few seconds, and never at the price of the command."""

from __future__ import annotations

from collections.abc import Mapping

from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused
from oncall_cli.model.person import Person
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.team import Event
from oncall_cli.practice.posting import Post, Waiting, fits, is_personal, variables, ways_to
from oncall_cli.render.text import in_sentence
from oncall_cli.repository.kept_state import OUTBOX, read_state, state_file, write_state
from oncall_cli.repository.notify import Delivery, deliver, personal

Variables = Mapping[str, str]


def post(session: Session, rotation: Rotation | None, event: Event, said: Post) -> None:
    """Post to the shared destinations of an event; say where it went, and keep what did not arrive."""
    named = shared(session, rotation, event)
    missed = _missed(session, named, said)
    if missed and (path := state_file(session.repository.root, OUTBOX)):
        write_state(path, [*read_state(path), list(Waiting(missed, *said))])
        session.tell("'oncall remind' sends it again")


def shared(session: Session, rotation: Rotation | None, event: Event) -> dict[str, str]:
    """Return the variables of the destinations that are a place and no person; say which of them is not set."""
    named = variables(session.repository.team(), rotation, event)
    environment = session.given.environment
    for name, variable in named.items():
        if not environment.get(variable):
            session.tell(
                f"not posted to '{in_sentence(name)}': the environment variable {in_sentence(variable)} is not set"
            )
    known = {name: environment.get(variable, "") for name, variable in named.items()}
    return {name: named[name] for name, address in known.items() if address and not is_personal(address)}


def reach(session: Session, person: Person | None, rotation: Rotation, event: Event, said: Post) -> bool:
    """Tell one person at their own addresses, else where everybody reads; return whether one of them took it."""
    theirs = own_addresses(session, person, rotation, event) if person else {}
    found = delivered(session, theirs or _addresses(session, shared(session, rotation, event)), said)
    return any(one.ok for one in found)


def own_addresses(session: Session, person: Person, rotation: Rotation, event: Event) -> dict[str, str]:
    """Return the personal destinations of an event that lead to this person."""
    ways = ways_to(person)
    named = variables(session.repository.team(), rotation, event)
    known = {name: session.given.environment.get(variable, "") for name, variable in named.items()}
    return {
        name: personal(address, ways) for name, address in known.items() if is_personal(address) and fits(address, ways)
    }


def delivered(session: Session, addresses: Mapping[str, str], said: Post) -> list[Delivery]:
    """Deliver a post and say what became of it; the part that is missing counts as a failure."""
    try:
        found = deliver(addresses, said)
    except Refused as missing:
        found = [Delivery(name, False, f"{missing.message}: {missing.hint}") for name in sorted(addresses)]
    for one in found:
        where = f"posted to '{in_sentence(one.destination)}'"
        session.tell(where if one.ok else f"not {where}: {in_sentence(one.why)}")
    return found


def send_again(session: Session) -> bool:
    """Send what could not be sent before; return whether nothing is left."""
    path = state_file(session.repository.root, OUTBOX)
    waiting = [one for kept in read_state(path) if (one := Waiting.read(kept))] if path else []
    if not path or not waiting:
        return True
    missed = [one._replace(variables=_missed(session, one.variables, one.post)) for one in waiting]
    left = [one for one in missed if one.variables]
    write_state(path, [list(one) for one in left])
    return not left


def _missed(session: Session, named: Variables, said: Post) -> dict[str, str]:
    """Deliver a post and return the variables of those destinations that did not take it."""
    addresses = _addresses(session, named)
    took = {one.destination for one in delivered(session, addresses, said) if one.ok}
    return {name: variable for name, variable in named.items() if name not in took}


def _addresses(session: Session, named: Variables) -> dict[str, str]:
    known = {name: session.given.environment.get(variable, "") for name, variable in named.items()}
    return {name: address for name, address in known.items() if address}
