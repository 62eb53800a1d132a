"""A look at pages: every kind of bad server gets a sentence, and none of them holds the program up."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from oncall_cli.model.rotation import Link
from oncall_cli.practice.probing import State, verdict
from oncall_cli.repository.probe import look_at
from tests.repository.talking import OK, Talk, drips, drips_headers, says, server, silent, ten_megabytes

STATUS = b'{"status": {"indicator": "none", "checks": [{"up": true}, {"up": false}]}}'


def seen(talk: Talk, seconds: float = 3, **said: object) -> tuple[State, str]:
    with server(talk) as url:
        link = Link.model_validate({"title": "Page", "url": url, "probe": True, **said})
        [answer] = look_at([link], seconds)
        state, words = verdict(link, answer)
        return state, words


def redirects(where: str) -> Talk:
    return says(f"HTTP/1.1 302 Found\r\nLocation: {where}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())


AT = {"json": "status.indicator"}
HALF = OK + b"Content-Length: 9\r\n\r\nx"
JSON = OK + b"\r\n" + STATUS


@pytest.mark.parametrize(
    ("talk", "said", "state", "words"),
    [
        (says(OK + b"\r\nhello"), {}, State.UP, "status 200"),
        (says(OK + b"\r\nhello"), {"expect": "hell"}, State.UP, "status 200, says 'hell'"),
        (says(OK + b"\r\nhello"), {"expect": "bye"}, State.DOWN, "the page does not say 'bye'"),
        (says(b"HTTP/1.1 503 No\r\n\r\n"), {}, State.DOWN, "status 503"),
        (says(b"HTTP/1.1 401 No\r\n\r\n"), {"status": "401"}, State.UP, "status 401"),
        (says(OK + b"\r\n"), {"status": "401"}, State.DOWN, "status 200, expected 401"),
        (redirects("https://elsewhere.invalid/"), {"status": "302"}, State.UP, "status 302"),
        (says(JSON), {**AT, "expect": "none"}, State.UP, "status 200, 'status.indicator' is 'none'"),
        (says(JSON), {**AT, "expect": "ok"}, State.DOWN, "'status.indicator' is 'none', expected 'ok'"),
        (says(JSON), {"json": "status.checks.1.up"}, State.UP, "status 200, 'status.checks.1.up' is 'false'"),
        (says(JSON), {"json": "status.missing"}, State.DOWN, "the answer has no 'status.missing'"),
        (says(OK + b"\r\n<html>"), {"json": "status"}, State.DOWN, "the answer is not JSON"),
        (says(OK + b"\r\n" + b"[" * 200_000), {"json": "0"}, State.DOWN, "the answer is not JSON"),
        (ten_megabytes, {"json": "status"}, State.DOWN, "answers more than 1 MiB, which is not read"),
        (ten_megabytes, {}, State.UP, "status 200"),
        (redirects("/status"), {}, State.DOWN, "redirects too often, or to what is no web page"),
        (redirects("file:///etc/passwd"), {}, State.DOWN, "redirects too often, or to what is no web page"),
        (says(b"SSH-2.0-OpenSSH\r\n"), {}, State.DOWN, "its answer is not HTTP"),
        (says(b""), {}, State.DOWN, "it hung up without an answer"),
        (says(HALF), {"expect": "x"}, State.DOWN, "it hung up in the midst of its answer"),
    ],
)  # fmt: skip
def test_what_a_page_says_is_judged(talk: Talk, said: dict[str, str], state: State, words: str) -> None:
    assert seen(talk, **said) == (state, words)


@pytest.mark.parametrize("talk", [silent, drips, drips_headers])
def test_nothing_takes_longer_than_the_budget(talk: Talk) -> None:
    begun = time.monotonic()
    state, words = seen(talk, 0.4, expect="x" * 2000)
    assert (state, time.monotonic() - begun < 2) == (State.DOWN, True)
    assert words in ("no whole answer within 0.4 seconds", "no whole answer in time")


def test_pages_are_looked_at_side_by_side() -> None:
    """Ten pages that each take a while take that while together."""

    def late(connection: socket.socket, _: threading.Event) -> None:
        time.sleep(0.3)
        connection.sendall(OK + b"\r\n")

    with server(late) as url:
        begun = time.monotonic()
        answers = look_at([Link(title="Page", url=url, probe=True)] * 10, 10)
        assert time.monotonic() - begun < 2.5
    assert {answer.status for answer in answers} == {200}
    assert all(answer.seconds >= 0.3 for answer in answers)


def test_an_answer_that_took_its_time_is_slow() -> None:
    link = Link(title="Page", url="http://127.0.0.1", probe=True)
    [answer] = look_at([link.model_copy(update={"url": "http://127.0.0.1:1/"})], 2)
    assert verdict(link, answer) == (State.DOWN, "the connection is refused")
    assert verdict(link, answer._replace(wrong="", status=200, seconds=2.5)) == (State.SLOW, "status 200")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.com", "is no address that begins with http:// or https://"),
        ("http://127.0.0.1:port/", "is no address"),
        ("http://name.invalid/", "its name cannot be found"),
    ],
)
def test_what_is_no_address_is_said(url: str, words: str) -> None:
    [answer] = look_at([Link(title="Page", url=url, probe=True)], 5)
    assert answer.wrong == words


def test_bad_tls_is_said() -> None:
    with server(says(OK + b"\r\n")) as url:
        [answer] = look_at([Link(title="Page", url=url.replace("http:", "https:"), probe=True)], 3)
    assert answer.wrong == "it does not speak TLS as it should"
