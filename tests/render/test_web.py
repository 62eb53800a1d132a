"""What a web server answers, without one: validators by time, and what a browser may do."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from oncall_cli.model.time import Instant
from oncall_cli.render.web import file_reply, is_ours, resources_of, with_notice
from oncall_cli.repository.web_server import Request

NOW = Instant(1_790_000_000)
FILES = {"index.html": b"<main>\nAlice</main>", "feeds/all.ics": b"BEGIN:VCALENDAR"}


def ask(**more: str) -> Request:
    return Request("GET", "/", "localhost", **more)


@pytest.mark.parametrize(("since", "status"), [(-1, 200), (0, 304), (3600, 304)])
def test_what_has_not_changed_since_is_not_sent_again(since: int, status: int) -> None:
    """By the time of the change, once it is old enough to be told apart by whole seconds."""
    found = resources_of(FILES, {}, NOW)
    asked = ask(since=formatdate(NOW + since, usegmt=True))
    reply = file_reply(asked, "index.html", found, Instant(NOW + 10))
    assert (reply.status, reply.headers["Last-Modified"]) == (status, formatdate(NOW, usegmt=True))
    assert "Last-Modified" not in file_reply(asked, "index.html", found, Instant(NOW + 1)).headers
    assert file_reply(asked, "index.html", found, Instant(NOW + 1)).status == 200


@pytest.mark.parametrize("since", ["", "yesterday", "Wed, 99 Foo 2026 00:00:00 GMT", "0", "\x00"])
def test_a_time_that_is_none_is_not_believed(since: str) -> None:
    """Whoever says nothing that can be read gets the whole file."""
    reply = file_reply(ask(since=since), "index.html", resources_of(FILES, {}, NOW), Instant(NOW + 10))
    assert reply.status == 200


def test_a_tag_beats_a_time() -> None:
    """A client that knows another tag has something else, whenever it got it."""
    asked = ask(known='"x"', since=formatdate(NOW + 100, usegmt=True))
    assert file_reply(asked, "index.html", resources_of(FILES, {}, NOW), Instant(NOW + 10)).status == 200


def test_what_stays_the_same_keeps_its_time() -> None:
    """A file that is made anew with the same bytes has not changed."""
    first = resources_of(FILES, {}, NOW)
    again = resources_of({**FILES, "index.html": b"<main>Bob</main>"}, first, Instant(NOW + 60))
    assert again["feeds/all.ics"] is first["feeds/all.ics"]
    assert again["index.html"].since == NOW + 60


def test_a_notice_is_text_and_stands_on_pages_alone() -> None:
    """Whatever is wrong, nothing of it is markup."""
    marked = with_notice(resources_of(FILES, {}, NOW), ["<script>x</script>"], NOW)
    assert marked["feeds/all.ics"].body == FILES["feeds/all.ics"]
    assert b"<script>" not in marked["index.html"].body
    assert b"<li>&lt;script&gt;x&lt;/script&gt;</li>" in marked["index.html"].body
    assert marked["index.html"].body.startswith(b"<main>\n<div")


@pytest.mark.parametrize("host", ["", "a b", "[::1", "127.0.0.1.", "1.2.3.4.5", "localhost:x", "@localhost"])
def test_odd_names_are_none_of_ours(host: str) -> None:
    """What is no number, no 'localhost' and no name that was told is a stranger's."""
    assert is_ours(host, ()) is (host == "127.0.0.1.")
