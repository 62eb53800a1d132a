"""The answers in JSON that a served site has besides its files: those of ``--json``, at addresses of their own."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from oncall_cli.commands.session import Session
from oncall_cli.commands.who import answers_at
from oncall_cli.errors import WrongUsage
from oncall_cli.model.time import WEEK, Instant
from oncall_cli.render.json import answer_json
from oncall_cli.render.schedule import listing_data
from oncall_cli.render.who import who_data

_PLACE = re.compile(r"(?:rotations/(?P<rotation>[^/]+)/)?(?P<what>who|schedule)\.json")
_MAY_SAY = {"who": {"at"}, "schedule": {"from", "to", "role", "person"}}
_LONGEST_QUERY = 1000


def is_data(path: str) -> bool:
    """Tell whether an address is one of an answer, and not of a file."""
    return _PLACE.fullmatch(path) is not None


def data_at(session: Session, path: str, query: str, now: Instant, *, contacts: bool) -> str:
    """Return the answer of an address as of now; raise what the command would raise."""
    found = _PLACE.fullmatch(path)
    assert found is not None, path
    view = _view(session, now)
    said = _said(query, _MAY_SAY[found["what"]])
    if found["what"] == "who":
        data: Any = _who(view, found["rotation"], said, contacts=contacts)
    else:
        data = _schedule(view, found["rotation"], said)
    return answer_json(data)


def _view(session: Session, now: Instant) -> Session:
    """Return the session as it is at another time; what it has read is shared, what it notes is not."""
    view = copy.copy(session)
    view.__dict__.pop("times", None)
    view.now, view.strangers, view.unread = now, [], []
    return view


def _said(query: str, may: set[str]) -> Mapping[str, str]:
    """Return what a query says; raise for what it may not say, so that nothing is answered that was not asked."""
    pairs = parse_qsl(query[:_LONGEST_QUERY], keep_blank_values=True)
    for name, _ in pairs:
        if name not in may:
            raise WrongUsage(f"'{name}' is nothing that can be asked here", f"there are: {', '.join(sorted(may))}")
    if len(dict(pairs)) < len(pairs):
        raise WrongUsage("something is asked twice", "say each thing once")
    return dict(pairs)


def _who(session: Session, rotation: str | None, said: Mapping[str, str], *, contacts: bool) -> list[dict[str, Any]]:
    answers, people = answers_at(session, rotation, session.when(said.get("at"), session.now))
    items = who_data(answers, people)
    return items if contacts else [{**item, "contact": {}} for item in items]


def _schedule(session: Session, rotation: str | None, said: Mapping[str, str]) -> Any:
    person = said.get("person")
    if person is not None:
        session.person(person)
    window = session.window(said.get("from"), said.get("to"), (12 if person else 4) * WEEK)
    listings = session.listings(rotation, *window, said.get("role"))
    if person is not None:
        listings = [listing.only(person) for listing in listings]
    data = [listing_data(listing) for listing in listings]
    return data[0] if rotation and data else data
