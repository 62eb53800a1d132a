"""Listing and showing records: the same two commands for every kind, as their files say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from oncall_cli.commands.session import Session, one_of
from oncall_cli.errors import WrongUsage
from oncall_cli.render.text import columns, visible

if TYPE_CHECKING:
    from oncall_cli.model.record import Record

RecordT = TypeVar("RecordT")


def record_data(session: Session, record: Record) -> dict[str, Any]:
    """Return a record as its file says, every value as its text, with its id and path."""
    return {**session.repository.raw(record.path), "id": record.id, "path": record.path}


def show_rows(session: Session, records: Sequence[Record], rows: list[list[str]], as_json: bool, plural: str) -> int:
    """Answer with the records for a script, or with a row for each for a person."""
    if as_json:
        session.answer([record_data(session, record) for record in records])
    else:
        session.show("\n".join(columns(rows, session.given.width)) if rows else f"there are no {plural} yet")
    return session.close()


def pick(known: Mapping[str, RecordT], wanted: str, noun: str) -> RecordT:
    """Return the record of that id, or the only one whose id has these words in it; raise where none or several do."""
    if wanted in known:
        return known[wanted]
    meant = [name for name in known if wanted in name]
    if len(meant) > 1:
        raise WrongUsage(f"'{wanted}' can mean {', '.join(sorted(meant))}", hint=f"give more of the {noun}'s id")
    return known[meant[0] if meant else one_of(wanted, known, noun)]


def show_file(session: Session, record: Record, as_json: bool) -> int:
    """Answer with one record: for a script as data, for a person as its file."""
    if as_json:
        session.answer(record_data(session, record))
    else:
        session.show(f"# {record.path}\n{visible(session.repository.text(record.path))}")
    return session.close()
