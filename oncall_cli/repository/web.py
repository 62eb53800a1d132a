"""Reads what is on the web: http and https only, few redirects, a limit of size, a sentence for what goes wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    BaseHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

T = TypeVar("T")

_MOST_REDIRECTS = 4
_CHUNK = 64 * 1024
_SCHEMES = ("http", "https")


class Stopped(Exception):
    """The look at an address ends with this sentence."""


class Redirects(HTTPRedirectHandler):
    """Follows a few redirects; what has no handler here, such as a file, is not opened."""

    max_redirections = _MOST_REDIRECTS
    max_repeats = 2


class Stays(HTTPRedirectHandler):
    """Follows no redirect, where the redirect itself is what is expected."""

    def redirect_request(self, *_: Any) -> None:
        return None


def opened(url: str, agent: str, deadline: float, redirects: BaseHandler) -> Any:
    """Return the response of an address, by a deadline on the monotonic clock; raise ``HTTPError`` for a refusal."""
    if urlsplit(url).scheme not in _SCHEMES:
        raise Stopped("is no address that begins with http:// or https://")
    request = Request(url, headers={"User-Agent": agent, "Accept": "*/*"})
    return _opener(redirects).open(request, timeout=max(0.1, deadline - time.monotonic()))


def body_of(response: Any, deadline: float, most: int) -> bytes:
    """Return the body, if it is whole in time and not too large."""
    parts: list[bytes] = []
    length = 0
    while part := response.read1(_CHUNK):
        parts.append(part)
        length += len(part)
        if length > most:
            raise Stopped(f"answers more than {most // 2**20} MiB, which is not read")
        if time.monotonic() > deadline:
            raise TimeoutError
    if getattr(response, "length", None):
        raise Stopped("it hung up in the midst of its answer")
    return b"".join(parts)


def fetched(url: str, agent: str, deadline: float, most: int) -> bytes:
    """Return what stands at an address; raise ``TimeoutError``, or ``Stopped`` with the reason."""
    try:
        with opened(url, agent, deadline, Redirects()) as response:
            return body_of(response, deadline, most)
    except HTTPError as refused:
        raise Stopped(f"it answers {refused.code}") from None
    except (Stopped, HTTPException, OSError, ValueError) as wrong:
        if isinstance(_reason(wrong), TimeoutError):
            raise TimeoutError from None
        raise Stopped(sentence_of(wrong)) from None


def in_time(seconds: float, work: Callable[[float], T]) -> T:
    """Return what the work returns, which is given its deadline; raise ``TimeoutError`` if it is not done in time.

    A thread that is kept waiting, be it by a byte a second, is left behind: it ends with the program.
    """
    found: list[T] = []
    failed: list[Exception] = []
    deadline = time.monotonic() + seconds

    def run() -> None:
        try:
            found.append(work(deadline))
        except Exception as wrong:  # it belongs to whoever waits
            failed.append(wrong)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not found:
        raise TimeoutError
    return found[0]


def sentence_of(wrong: Exception) -> str:
    """Return in words what went wrong, without the library's own."""
    reason = _reason(wrong)
    if isinstance(reason, TimeoutError):
        return "no whole answer in time"
    if isinstance(reason, Stopped):
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


def _reason(wrong: Exception) -> Exception:
    return wrong.reason if isinstance(wrong, URLError) and isinstance(wrong.reason, Exception) else wrong


def _opener(redirects: BaseHandler) -> OpenerDirector:
    made = OpenerDirector()
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
