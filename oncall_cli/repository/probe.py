"""Looks at web pages, all at once and for a few seconds: whatever a server does, the budget holds."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from oncall_cli.model.rotation import Link
from oncall_cli.practice.probing import Answer, needs_body

MOST_BYTES = 1024 * 1024
_MOST_REDIRECTS = 4
_CHUNK = 64 * 1024
_SCHEMES = ("http", "https")


class _Stopped(Exception):
    """The look at a page ends with this sentence."""


def look_at(links: Sequence[Link], seconds: float) -> list[Answer]:
    """Ask every page at the same time; after ``seconds`` those that have not answered have not.

    A thread that a server keeps waiting, be it by a byte a second, is left behind: it ends with the program.
    """
    begun = time.monotonic()
    found: list[Answer | None] = [None] * len(links)

    def look(index: int) -> None:
        found[index] = _answer(links[index], begun + seconds)

    threads = [threading.Thread(target=look, args=(index,), daemon=True) for index in range(len(links))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, begun + seconds - time.monotonic()))
    silent = Answer(seconds, wrong=f"no whole answer within {seconds:g} seconds")
    return [each or silent for each in found]


def _answer(link: Link, deadline: float) -> Answer:
    begun = time.monotonic()
    try:
        status, body = _asked(link, deadline)
    except (_Stopped, HTTPException, OSError, ValueError) as wrong:
        return Answer(time.monotonic() - begun, wrong=_sentence(wrong))
    return Answer(time.monotonic() - begun, status, body)


def _asked(link: Link, deadline: float) -> tuple[int, bytes | None]:
    if urlsplit(link.url).scheme not in _SCHEMES:
        raise _Stopped("is no address that begins with http:// or https://")
    request = Request(link.url, headers={"User-Agent": "oncall-probe", "Accept": "*/*"})
    try:
        response = _opener(link).open(request, timeout=max(0.1, deadline - time.monotonic()))
    except HTTPError as refused:
        if "Location" in refused.headers and refused.code != link.status:
            raise _Stopped("redirects too often, or to what is no web page") from None
        response = refused
    with response:
        return response.status or 0, _body(response, deadline) if needs_body(link) else None


def _body(response: Any, deadline: float) -> bytes:
    """Return the body, if it is whole in time and not too large."""
    parts: list[bytes] = []
    length = 0
    while part := response.read1(_CHUNK):
        parts.append(part)
        length += len(part)
        if length > MOST_BYTES:
            raise _Stopped("answers more than 1 MiB, which is not read")
        if time.monotonic() > deadline:
            raise TimeoutError
    if getattr(response, "length", None):
        raise _Stopped("it hung up in the midst of its answer")
    return b"".join(parts)


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects; what has no handler here, such as a file, is not opened."""

    max_redirections = _MOST_REDIRECTS
    max_repeats = 2


class _Stays(HTTPRedirectHandler):
    """Follows no redirect, where the redirect itself is what is expected."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _opener(link: Link) -> OpenerDirector:
    made = OpenerDirector()
    redirects = _Stays() if link.status is not None and 300 <= link.status < 400 else _Redirects()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        redirects,
        HTTPErrorProcessor(),
    ):
        made.add_handler(handler)
    return made


def _sentence(wrong: Exception) -> str:
    """Return in words what went wrong, without the library's own."""
    reason = wrong.reason if isinstance(wrong, URLError) and isinstance(wrong.reason, Exception) else wrong
    if isinstance(reason, TimeoutError):
        return "no whole answer in time"
    if isinstance(reason, _Stopped):
        return str(reason)
    known = (
        ("CertificateVerify", "its certificate cannot be trusted"),
        ("SSLCert", "its certificate cannot be trusted"),
        ("SSL", "it does not speak TLS as it should"),
        ("gaierror", "its name cannot be found"),
        ("ConnectionRefused", "the connection is refused"),
        ("ConnectionReset", "it hung up"),
        ("RemoteDisconnected", "it hung up without an answer"),
        ("InvalidURL", "is no address"),
    )
    name = type(reason).__name__
    for part, words in known:
        if part in name:
            return words
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return "its answer is not HTTP" if isinstance(reason, HTTPException) else (str(reason) or name)
