"""What a web server answers about a set of files: types, validators, and what keeps a browser strict.

A page says in itself what a browser may do with it; the same is sent along as a header, and for all else nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email.utils import formatdate, parsedate_to_datetime
from hashlib import sha256
from html import escape, unescape
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from oncall_cli.errors import OncallError
from oncall_cli.model.time import Instant
from oncall_cli.render.failure import failure_json
from oncall_cli.render.page import page
from oncall_cli.render.text import one_line
from oncall_cli.repository.web_server import Reply, Request

HTML, JSON = "text/html; charset=utf-8", "application/json"
_KINDS = {
    ".html": HTML,
    ".json": JSON,
    ".ics": "text/calendar; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Kept, but asked for anew each time: who is on call may have changed.
    "Cache-Control": "no-cache",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_MAIN = re.compile(rb"<main[^>]*>\n?")
_OLD = "<p><strong>Out of date:</strong> this was made before a file of the team became invalid. What is wrong now:</p>"
_SETTLED = 2
"""A time of whole seconds tells two changes apart only when this many have passed."""


class Resource(NamedTuple):
    """A file as it is served: its bytes, what tells them from others, and since when they are these."""

    body: bytes
    kind: str
    tag: str
    since: Instant


Resources = Mapping[str, Resource]


def resources_of(files: Mapping[str, bytes], before: Resources, now: Instant) -> dict[str, Resource]:
    """Return the files as they are served; one whose bytes are those of before has been so since then."""
    found = {}
    for path, body in files.items():
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        old = before.get(path)
        found[path] = old if old and old.tag == tag else Resource(body, _kind(path), tag, now)
    return found


def with_notice(resources: Resources, lines: Iterable[str], now: Instant) -> dict[str, Resource]:
    """Return the resources with a notice on every page; all else stays as it is."""
    notice = f'<div class="notice loud" role="alert">\n{_OLD}\n{_list(lines)}</div>\n'.encode()
    marked = {
        path: _MAIN.sub(lambda found: found[0] + notice, each.body, count=1)
        for path, each in resources.items()
        if each.kind == HTML
    }
    return {**resources, **resources_of(marked, {}, now)}


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(one_line(line))}</li>' for line in lines)}</ul>"


def file_reply(request: Request, path: str, resources: Resources, now: Instant) -> Reply:
    """Return the file at a path, or that the client has it already; a folder's first page stands for the folder."""
    name = f"{path}index.html" if not path or path.endswith("/") else path
    found = resources.get(name)
    if found is not None:
        return _file(request, found, now)
    if f"{path}/index.html" in resources:
        return Reply(301, {**_ALWAYS, "Location": f"/{path}/"})
    return error_reply(404, "there is no such page here", as_json=path.endswith(".json"))


def json_reply(request: Request, text: str, status: int = 200) -> Reply:
    """Return an answer in JSON, or that the client has it already."""
    body = f"{text}\n".encode()
    found = Resource(body, JSON, f'"{sha256(body).hexdigest()[:32]}"', Instant(0))
    if status != 200:
        return Reply(status, {**_ALWAYS, "Content-Type": JSON, "Content-Security-Policy": _NOTHING}, body)
    return _file(request, found, Instant(0))


def error_reply(status: int, message: str, *, as_json: bool = False, **headers: str) -> Reply:
    """Return why there is no answer, as a page or in JSON."""
    if as_json:
        body = f"{failure_json(OncallError(message))}\n".encode()
    else:
        body = page(
            message, f'<h1>{escape(one_line(message)).capitalize()}</h1>\n<p><a href="/">To the first page</a></p>'
        ).encode()
    return Reply(status, {**_headers(JSON if as_json else HTML, body), **headers}, body)


def problems_reply(lines: Iterable[str]) -> Reply:
    """Return a page of what is wrong, where there is nothing older to show."""
    title = "There is nothing to show yet"
    body = page(title, f"<h1>{title}</h1>\n<p>A file of the team cannot be read:</p>\n{_list(lines)}").encode()
    return Reply(503, _headers(HTML, body), body)


def path_of(request: Request) -> str | None:
    """Return the path that is asked for, without the slash at its begin; None for what is no path of ours."""
    parts = urlsplit(request.target)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    try:
        path = unquote(parts.path[1:], errors="strict")
    except UnicodeDecodeError:
        return None
    return None if "\0" in path else path


def is_ours(host: str, names: Iterable[str]) -> bool:
    """Tell whether a request means this machine: by a number, as 'localhost', or by a name that was told.

    A page elsewhere can let a name of its own lead here, and would read what is answered to that name.
    """
    name = re.sub(r":\d+$", "", host.strip()).lower().rstrip(".")
    if name in {"localhost", *(each.lower() for each in names)}:
        return True
    try:
        ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _file(request: Request, found: Resource, now: Instant) -> Reply:
    headers = {**_headers(found.kind, found.body), "ETag": found.tag}
    settled = found.since + _SETTLED <= now
    if settled and found.since:
        headers["Last-Modified"] = formatdate(found.since, usegmt=True)
    if request.known:
        has = request.known.strip() == "*" or found.tag in re.findall(r'"[^"]*"', request.known)
    else:
        has = settled and bool(found.since) and (_seconds(request.since) or -1) >= found.since
    if has:
        kept = {name: value for name, value in headers.items() if name != "Content-Type"}
        return Reply(304, kept)
    return Reply(200, headers, found.body)


def _headers(kind: str, body: bytes) -> dict[str, str]:
    return {**_ALWAYS, "Content-Type": kind, "Content-Security-Policy": _policy(kind, body)}


def _policy(kind: str, body: bytes) -> str:
    said = _POLICY.search(body) if kind == HTML else None
    # A page allows files for those who open it without a server.
    return f"{unescape(said[1].decode()).replace(' file:', '')}; frame-ancestors 'none'" if said else _NOTHING


def _kind(path: str) -> str:
    return _KINDS.get(path[path.rfind(".") :], "application/octet-stream")


def _seconds(said: str) -> int | None:
    try:
        return int(parsedate_to_datetime(said).timestamp())
    except (ValueError, TypeError, OverflowError):
        return None
