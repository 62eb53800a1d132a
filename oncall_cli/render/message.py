"""A message from a template: its subject and text, as a mail, as a link that begins one."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from oncall_cli.model.time import Instant, parse_instant
from oncall_cli.render.template import CannotFill, fill
from oncall_cli.render.text import one_line, visible
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.document import Template
    from oncall_cli.model.record import Record
    from oncall_cli.model.zone import Zone

REMINDER = "Before it goes out: no names, addresses, keys or numbers of others in it?"


class Message(NamedTuple):
    """What goes out."""

    subject: str
    text: str


def message_of(template: Template, body: str, names: Mapping[str, Any], zone: Zone) -> Message:
    """Return the message; raise ``CannotFill`` naming the file and the value that is missing."""
    filters = {"clock": _Clock(zone).time, "day": _Clock(zone).day, "moment": _Clock(zone).moment}
    place = "subject"
    try:
        subject = fill(template.subject or template.title, names, filters)
        place = "text"
        text = fill(body.strip("\n"), names, filters)
    except CannotFill as wrong:
        message = f"the template '{template.id}' cannot be filled in: {place}, {wrong.message}"
        raise CannotFill(message, _hint(names), template.place()) from None
    return Message(one_line(subject), visible(text.strip("\n")))


def names_of_record(raw: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """Return what a template may say of a record: what its file says, and empty lists where it says nothing."""
    empty: dict[str, Any] = {name: [] for name, value in record if isinstance(value, tuple)}
    return {**empty, "id": record.id, "path": record.path, **raw}


def message_text(message: Message) -> str:
    """Return the message for a terminal."""
    return f"Subject: {message.subject}\n\n{message.text}"


def message_mail(message: Message, to: str | None) -> bytes:
    """Return the message as a mail that a mail program opens as a draft."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = message.subject
    if to:
        mail["To"] = one_line(to)
    mail["X-Unsent"] = "1"
    mail.set_content(f"{message.text}\n", cte="quoted-printable")
    return mail.as_bytes()


def mail_link(message: Message, to: str | None) -> str:
    """Return a link that begins a mail with the message in it."""
    body = message.text.replace("\n", "\r\n")
    return f"mailto:{quote(to or '', safe='@,')}?subject={quote(message.subject)}&body={quote(body)}"


def template_row(template: Template) -> list[str]:
    """Return a template's name and title."""
    return [template.id, one_line(template.title)]


def _hint(names: Mapping[str, Any]) -> str:
    known = [f"{name}.{key}" for name, record in names.items() if isinstance(record, Mapping) for key in record]
    return f"there are: {', '.join(known)}" if known else "give it a record: --incident ID or --request ID"


class _Clock:
    """How a template says an instant of a record: on the team's wall."""

    def __init__(self, zone: Zone) -> None:
        self.zone = zone

    def time(self, said: str) -> str:
        """Return ``14:03``."""
        return Times(self.zone, self._instant(said)).time_of_day(self._instant(said))

    def day(self, said: str) -> str:
        """Return ``Thu 12 Nov``."""
        return Times(self.zone, self._instant(said)).day(self._instant(said))

    def moment(self, said: str) -> str:
        """Return ``Thu 12 Nov 14:03``."""
        return Times(self.zone, self._instant(said)).at(self._instant(said))

    def _instant(self, said: str) -> Instant:
        return parse_instant(str(said))
