"""Looks at web pages, all at once and for a few seconds: whatever a server does, the budget holds."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from http.client import HTTPException
from urllib.error import HTTPError

from oncall_cli.model.rotation import Link
from oncall_cli.practice.probing import Answer, needs_body
from oncall_cli.repository.web import Redirects, Stays, Stopped, body_of, opened, sentence_of

MOST_BYTES = 1024 * 1024


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
    except (Stopped, HTTPException, OSError, ValueError) as wrong:
        return Answer(time.monotonic() - begun, wrong=sentence_of(wrong))
    return Answer(time.monotonic() - begun, status, body)


def _asked(link: Link, deadline: float) -> tuple[int, bytes | None]:
    redirects = Stays() if link.status is not None and 300 <= link.status < 400 else Redirects()
    try:
        response = opened(link.url, "oncall-probe", deadline, redirects)
    except HTTPError as refused:
        if "Location" in refused.headers and refused.code != link.status:
            raise Stopped("redirects too often, or to what is no web page") from None
        response = refused
    with response:
        return response.status or 0, body_of(response, deadline, MOST_BYTES) if needs_body(link) else None
