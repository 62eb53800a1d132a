"""A support request that comes in: from a line, from a mail, from standard input."""

from __future__ import annotations

from collections.abc import Collection
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.time import Instant, day_of
from oncall_cli.model.zone import Zone
from oncall_cli.practice.beginning import id_from
from oncall_cli.practice.edits import RecordEdit, Value
from oncall_cli.practice.stamps import stamp
from oncall_cli.schedule.walls import WallClock

_MOST_TEXT = 20_000
_MOST_TITLE = 200
# What the standard library's parser of mails raises where a header or a part is not what it should be.
_MALFORMED = (LookupError, ValueError, AttributeError, TypeError, OverflowError)


class NewRequest(NamedTuple):
    """What there is to know of a request when it comes in."""

    title: str
    received: Instant
    requester: str | None = None
    channel: str | None = None
    section: str | None = None
    kind: str | None = None
    links: tuple[str, ...] = ()
    text: str | None = None


class Arrived(NamedTuple):
    """What a mail or a text says of itself."""

    title: str
    text: str
    requester: str | None = None
    sent: Instant | None = None
    is_mail: bool = False


def arrived(data: bytes) -> Arrived:
    """Return what a mail (``.eml``) says, or a text whose first line is the title; refuse what is neither."""
    if b"\0" in data:
        raise Refused("this is neither a mail nor a text", hint="save the mail as '.eml', or give the words themselves")
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    if _is_mail(message):
        return _mail(message)
    lines = _clean(data.decode("utf-8", "replace")).strip().split("\n")
    if not lines[0]:
        raise Refused("there is nothing in it", hint="give a mail, or a text whose first line says what is wanted")
    return Arrived(_line(lines[0]), _text("\n".join(lines[1:])))


def dated_id(title: str, at: Instant, zone: Zone, taken: Collection[str], noun: str) -> str:
    """Return a free name: the day on the rotation's wall, the words of the title, a number if need be."""
    day = day_of(WallClock(zone).wall(at)).isoformat()
    name = f"{day}-{id_from(title) or noun}"
    numbered = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in numbered if one not in taken)


def request_id(title: str, received: Instant, zone: Zone, taken: Collection[str]) -> str:
    """Return a free name for a request."""
    return dated_id(title, received, zone, taken, "request")


def request_edit(
    new: NewRequest, rotation: str, zone: Zone, taken: Collection[str], created: Instant, acknowledged_by: str | None
) -> tuple[str, RecordEdit]:
    """Return the id of a new request, and what writes its file."""
    name = request_id(new.title, new.received, zone, taken)
    said: dict[str, Value | None] = {
        "title": new.title,
        "kind": new.kind or "",
        "section": new.section or "",
        "requester": new.requester or "",
        "channel": new.channel or "",
        "received": stamp(new.received, zone),
        "text": f"{new.text}\n" if new.text and "\n" in new.text else new.text or "",
        "acknowledged": stamp(created, zone) if acknowledged_by else "",
        "acknowledged_by": acknowledged_by or "",
        "links": list(new.links),
        "status": "acknowledged" if acknowledged_by else "open",
        "created": stamp(created, zone),
    }
    return name, RecordEdit(f"rotations/{rotation}/requests/{name[:4]}/{name}.yaml", new=said)


def _is_mail(message: EmailMessage) -> bool:
    try:
        return bool(message["From"] and (message["Subject"] or message["Date"]))
    except _MALFORMED:
        return False


def _mail(message: EmailMessage) -> Arrived:
    name, address = parseaddr(str(message["From"]))
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        text = body.get_content() if body else ""
        date = message["Date"]
        sent = Instant(int(date.datetime.timestamp())) if date and date.datetime else None
    except _MALFORMED:
        text, sent = "", None
    title = _line(str(message["Subject"] or "")) or "A mail without a subject"
    return Arrived(title, _text(text), _line(address or name) or None, sent, is_mail=True)


def _line(text: str) -> str:
    return " ".join(_clean(text).split())[:_MOST_TITLE]


def _text(text: str) -> str:
    lines = _clean(text).replace("\r\n", "\n").strip()
    return lines if len(lines) <= _MOST_TEXT else f"{lines[:_MOST_TEXT]}\n(the rest was left out)"


def _clean(text: str) -> str:
    """Leave out the characters that no record may hold."""
    return "".join(char for char in text if char in "\n\t" or char == " " or char.isprintable())
