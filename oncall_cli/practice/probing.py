"""What a look at a page means: whether it is up, slow or down, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from oncall_cli.model.rotation import Link, Rotation

SLOW = 2.0
_MOST_SAID = 80


class State(StrEnum):
    """How a page is."""

    UP = "up"
    SLOW = "slow"
    DOWN = "down"


class Probe(NamedTuple):
    """A page to look at, and the rotations that look at it."""

    link: Link
    rotations: tuple[str, ...]


class Answer(NamedTuple):
    """What came back: a status and a body, or a sentence about what went wrong; and after how many seconds."""

    seconds: float
    status: int | None = None
    body: bytes | None = None
    wrong: str = ""


class Verdict(NamedTuple):
    """How a page is, and what there was to see."""

    state: State
    seen: str


def probes(rotations: Iterable[Rotation]) -> list[Probe]:
    """Return the links marked ``probe``, those that several rotations share once."""
    found: dict[tuple[object, ...], Probe] = {}
    for rotation in rotations:
        for link in rotation.links:
            if link.probe:
                key = (link.url, link.status, link.json_, link.expect)
                before = found.get(key, Probe(link, ()))
                found[key] = Probe(before.link, (*before.rotations, rotation.id))
    return list(found.values())


def needs_body(link: Link) -> bool:
    """Whether the status alone does not tell how a page is."""
    return link.json_ is not None or link.expect is not None


def verdict(link: Link, answer: Answer) -> Verdict:
    """Return how a page is by its answer."""
    if answer.wrong:
        return Verdict(State.DOWN, answer.wrong)
    fits = answer.status == link.status if link.status is not None else 200 <= (answer.status or 0) < 300
    if not fits:
        expected = f", expected {link.status}" if link.status is not None else ""
        return Verdict(State.DOWN, f"status {answer.status}{expected}")
    state = State.SLOW if answer.seconds > SLOW else State.UP
    try:
        told = _told(link, answer.body or b"")
    except ValueError as wrong:
        return Verdict(State.DOWN, str(wrong))
    return Verdict(state, f"status {answer.status}{told}")


def _told(link: Link, body: bytes) -> str:
    """Return what the body tells; raise ``ValueError`` with what it should have said."""
    if link.json_ is not None:
        said = _spelled(_at(_document(body), link.json_))
        if link.expect is not None and said != link.expect:
            raise ValueError(f"'{link.json_}' is '{_cut(said)}', expected '{_cut(link.expect)}'")
        return f", '{link.json_}' is '{_cut(said)}'"
    if link.expect is not None and link.expect not in body.decode("utf-8", "replace"):
        raise ValueError(f"the page does not say '{_cut(link.expect)}'")
    return f", says '{_cut(link.expect)}'" if link.expect is not None else ""


def _document(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise ValueError("the answer is not JSON") from None


def _at(document: Any, path: str) -> Any:
    """Return what stands at ``status.checks.0`` in a document; raise ``ValueError`` where nothing does."""
    value = document
    for key in path.split("."):
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key[:6]) < len(value):
            value = value[int(key[:6])]
        else:
            raise ValueError(f"the answer has no '{path}'")
    return value


def _spelled(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SAID else f"{text[:_MOST_SAID]}…"
