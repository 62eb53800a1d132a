"""A calendar from elsewhere as bytes: a file, or what stands at an address of the web."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from oncall_cli.errors import Refused, Unreadable
from oncall_cli.repository.web import Stopped, fetched, in_time

T = TypeVar("T")

MOST_BYTES = 5 * 2**20


def calendar_at(place: str, seconds: float, read: Callable[[bytes], T]) -> T:
    """Return what reading the calendar gives, all within some seconds.

    The address of a calendar is often a secret: of it only the host is ever said.
    """
    is_file = "://" not in place
    name = f"'{place}'" if is_file else f"the calendar at '{_host(place)}'"
    try:
        return in_time(seconds, lambda deadline: read(_file(Path(place)) if is_file else _page(place, deadline)))
    except OSError as wrong:
        if isinstance(wrong, TimeoutError):
            message, hint = f"not read within {seconds:g} seconds", "wait longer with --seconds"
        else:
            message, hint = wrong.strerror or str(wrong), "name a file that you can read"
    except Stopped as wrong:
        message, hint = str(wrong), "look at the address with a browser"
    except ValueError as wrong:
        message, hint = str(wrong), "--check takes a calendar that was exported or published as .ics"
        raise Unreadable(f"{name} cannot be compared: {message}", hint) from None
    raise Refused(f"{name} cannot be read: {message}", hint)


def _file(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES // 2**20} MiB")
    return data


def _page(url: str, deadline: float) -> bytes:
    scheme, _, rest = url.partition("://")
    address = f"https://{rest}" if scheme.lower() == "webcal" else url
    return fetched(address, "oncall-calendar", deadline, MOST_BYTES)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "nowhere"
    except ValueError:
        return "nowhere"
