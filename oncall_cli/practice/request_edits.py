"""What working on a support request writes: into its record, and a line into the log of the shift."""

from __future__ import annotations

from oncall_cli.errors import Refused
from oncall_cli.model.request import Request, RequestStatus
from oncall_cli.practice.doing import Doing
from oncall_cli.practice.edits import Keys, RecordEdit, Value
from oncall_cli.practice.requests import is_open


def acknowledge(request: Request, doing: Doing) -> RecordEdit:
    """Say that somebody has seen it."""
    _must_be_open(request)
    if request.acknowledged is not None:
        by = f" by '{request.acknowledged_by}'" if request.acknowledged_by else ""
        raise Refused(f"'{request.id}' is acknowledged already{by}", place=request.place("acknowledged"))
    return RecordEdit(request.path, fields=_seen(request, doing, RequestStatus.ACKNOWLEDGED))


def delegate(request: Request, doing: Doing, person: str) -> RecordEdit:
    """Hand it to somebody; whoever took it still sees it through."""
    _must_be_open(request)
    fields = {**_seen(request, doing, RequestStatus.DELEGATED), "delegated_to": person}
    return RecordEdit(request.path, fields=fields)


def defer(request: Request, doing: Doing, meeting: str) -> RecordEdit:
    """Let it wait for a meeting."""
    _must_be_open(request)
    return RecordEdit(request.path, fields={**_seen(request, doing, RequestStatus.DEFERRED), "defer_to": meeting})


def spend(request: Request, doing: Doing, minutes: int, note: str | None) -> RecordEdit:
    """Count time that somebody put into it."""
    line: dict[str, Value] = {"at": doing.stamp, "by": doing.by, "time": _minutes(minutes)}
    spent: Value = {**line, "note": note} if note else line
    return RecordEdit(request.path, fields=_seen(request, doing, request.status), appends=((("spent",), spent),))


def annotate(request: Request, doing: Doing, text: str, *, tried: bool, links: tuple[str, ...]) -> RecordEdit:
    """Add a line, an attempt that failed, or links."""
    appends: list[tuple[Keys, Value]] = [(("links",), link) for link in links]
    if text and tried:
        appends.append((("attempts",), text))
    elif text:
        appends.append((("notes",), {"at": doing.stamp, "by": doing.by, "text": text}))
    return RecordEdit(request.path, appends=appends)


def give_issue(request: Request, issue: str) -> RecordEdit:
    """Keep the number or address of the issue that was made of it."""
    if request.issue is not None:
        raise Refused(f"'{request.id}' has the issue {request.issue} already", place=request.place("issue"))
    return RecordEdit(request.path, fields={"issue": issue})


def close(request: Request, doing: Doing, solution: str | None) -> RecordEdit:
    """End it, with what solved it."""
    _must_be_open(request)
    ended: dict[str, Value] = {"closed": doing.stamp, "closed_by": doing.by}
    solved: dict[str, Value] = {"solution": f"{solution}\n" if "\n" in solution else solution} if solution else {}
    return RecordEdit(request.path, fields={**solved, **_seen(request, doing, RequestStatus.CLOSED), **ended})


def _must_be_open(request: Request) -> None:
    if not is_open(request):
        raise Refused(
            f"'{request.id}' is closed", hint="open another one that links to it", place=request.place("status")
        )


def _seen(request: Request, doing: Doing, status: RequestStatus) -> dict[str, Value]:
    """Return what changes with a new status: whoever does something has also acknowledged it."""
    first: dict[str, Value] = {"acknowledged": doing.stamp, "acknowledged_by": doing.by}
    if status is RequestStatus.OPEN:
        status = RequestStatus.ACKNOWLEDGED
    return {**({} if request.acknowledged is not None else first), "status": str(status)}


def _minutes(count: int) -> str:
    return f"{count} minute{'' if count == 1 else 's'}"
