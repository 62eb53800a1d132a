"""`oncall serve`: the site of this machine, right at every moment, and nothing that a stranger could use."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from tests.commands.serving import NOW, command, environment, serving
from tests.commands.shift_team import person
from tests.conftest import MakeTeam, Run, TeamFolder

WHERE = "rotations/platform/rotation.yaml"
ROTATION = """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-11-03
    members: [alice, bob]
roles:
  primary: {}
  secondary: {offset: 1}
"""
TEAM = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": person("Alice", 'contact: {chat: "@alice", phone: "+1-212-555-0101"}\n'),
    "rotations/people/bob.yaml": person("Bob"),
    WHERE: ROTATION,
}
STRICT = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}
TYPES = {
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}


@pytest.fixture
def made(team: MakeTeam) -> TeamFolder:
    return team(TEAM)


def test_it_serves_what_site_writes(made: TeamFolder, run: Run, tmp_path: Path) -> None:
    """Every file, byte for byte, with its type, a validator, and headers that keep a browser strict."""
    assert run("site", "--out", str(tmp_path / "site"), now=NOW, ONCALL_TZ="UTC").code == 0
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file() and path.name[0] != "."]
    assert {path.suffix for path in files} >= {".html", ".css", ".js", ".ics"}
    with serving(made.root) as server:
        for path in files:
            got = server.ask(f"/{path.relative_to(tmp_path / 'site').as_posix()}")
            assert (got.status, got.body) == (200, path.read_bytes())
            assert got.headers["content-type"] == TYPES[path.suffix[1:]]
            assert got.headers.items() >= STRICT.items()
            assert "frame-ancestors 'none'" in got.headers["content-security-policy"]
            assert "default-src 'none'" in got.headers["content-security-policy"]
            assert re.fullmatch(r'"[0-9a-f]{32}"', got.headers["etag"])
        assert server.ask("/").body == server.ask("/index.html").body
        assert server.ask("/nowhere.html").status == 404
        assert server.ask("/?x=1").status == 200


@pytest.mark.parametrize("contacts", [True, False])
def test_json_is_that_of_the_commands(made: TeamFolder, run: Run, contacts: bool) -> None:
    """At addresses of their own, for all and for one rotation, now and at any time; contacts on request."""
    pairs = {
        "/who.json": ["who"],
        "/who.json?at=2026-12-24%2010:00": ["who", "--at", "2026-12-24 10:00"],
        "/rotations/platform/who.json": ["who", "platform"],
        "/schedule.json": ["schedule"],
        "/schedule.json?person=bob": ["schedule", "--person", "bob"],
        "/rotations/platform/schedule.json?from=2026-12-01&to=2027-01-01&role=primary": [
            *("schedule", "platform", "--from", "2026-12-01", "--to", "2027-01-01", "--role", "primary")
        ],
    }
    with serving(made.root, *(["--contacts"] if contacts else [])) as server:
        for address, words in pairs.items():
            got = server.ask(address)
            expected = run(*words, "--json", now=NOW, ONCALL_TZ="UTC").out
            said = got.text if contacts else re.sub(r'"contact": \{\}', '"contact": ?', got.text)
            if not contacts:
                expected = re.sub(r'"contact": \{.*?\}', '"contact": ?', expected, flags=re.DOTALL)
                assert "555-0101" not in got.text
            assert (got.status, said) == (200, expected), address


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/rotations/nowhere/who.json", 404, "not_found"),
        ("/schedule.json?person=zoe", 404, "not_found"),
        ("/who.json?at=someday", 400, "usage"),
        ("/who.json?at=now&at=now", 400, "usage"),
        ("/who.json?callback=x", 400, "usage"),
        ("/schedule.json?from=2027-01-01&to=2026-01-01", 400, "usage"),
        ("/rotations/people/who.json", 404, "not_found"),
        ("/nothing.json", 404, "refused"),
    ],
)
def test_what_cannot_be_answered_is_said_in_json(made: TeamFolder, address: str, status: int, code: str) -> None:
    """The envelope of failures, and a status that fits."""
    with serving(made.root) as server:
        got = server.ask(address)
        assert (got.status, got.data["error"]["code"], got.headers["content-type"]) == (status, code, TYPES["json"])
        assert got.headers.items() >= STRICT.items()


def test_whoever_has_it_already_is_told_so(made: TeamFolder) -> None:
    """ETags for pages, feeds and JSON; HEAD tells the same and brings nothing."""
    with serving(made.root) as server:
        for path in ("/", "/feeds/all.ics", "/who.json"):
            got, head = server.ask(path), server.ask(path, "HEAD")
            assert (head.status, head.body) == (200, b"")
            assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
            tag = got.headers["etag"]
            for known in (tag, f'"other", W/{tag}', "*"):
                again = server.ask(path, If_None_Match=known)
                assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
            assert server.ask(path, If_None_Match='"other"').status == 200


def test_no_answer_is_older_than_the_files(made: TeamFolder) -> None:
    """As soon as a file is saved, a commit made, or another one checked out, everything tells of it."""
    with serving(made.root) as server:
        for number in range(4):
            made.write({WHERE: ROTATION.replace("alice, bob", "bob, alice" if number % 2 == 0 else "alice, bob")})
            first = server.ask("/who.json").data["data"][0]["people"]
            assert first == ["alice" if number % 2 else "bob"]
            made.write({"rotations/people/bob.yaml": person(f"Bob {number}")})
            assert f"Bob {number}" in server.ask("/people/bob.html").text
            assert f"Bob {number}" in server.ask("/feeds/all.ics").text
        made.write({"rotations/people/zoe.yaml": person("Zoe")})
        assert server.ask("/people/zoe.html").status == 200
        made.git("stash", "--include-untracked", "--quiet")
        assert server.ask("/people/zoe.html").status == 404
        assert "Bob 3" not in server.ask("/people/bob.html").text


def test_an_invalid_file_takes_nothing_away(made: TeamFolder) -> None:
    """The last good pages with a notice, the last good feeds; scripts get the problems instead of an old answer."""
    with serving(made.root) as server:
        page, feed = server.ask("/"), server.ask("/feeds/all.ics")
        made.write({WHERE: ROTATION + "colour: red\n"})
        told = server.ask("/")
        assert told.status == 200
        assert 'role="alert"' in told.text
        assert f"{WHERE}:9:1: error: " in told.text
        assert told.headers["etag"] != page.headers["etag"]
        assert server.ask("/feeds/all.ics").body == feed.body
        refused = server.ask("/who.json")
        assert (refused.status, refused.data["error"]["path"]) == (503, WHERE)
        assert [problem["line"] for problem in refused.data["error"]["problems"]] == [9]
        made.write({WHERE: ROTATION})
        assert server.ask("/").body == page.body
        assert server.ask("/who.json").status == 200


def test_nobody_loses_their_feed_to_a_typo(made: TeamFolder, run: Run, tmp_path: Path) -> None:
    """An invalid file of a person takes away neither what is served nor what was written."""
    assert run("ics", "--out", str(tmp_path / "feeds"), now=NOW).code == 0
    before = (tmp_path / "feeds/people/bob.ics").read_bytes()
    with serving(made.root) as server:
        made.write({"rotations/people/bob.yaml": "nmae: Bob\n"})
        assert server.ask("/feeds/people/bob.ics").status == 200
        assert 'role="alert"' in server.ask("/people/bob.html").text
        assert server.ask("/who.json").status == 503
    assert run("ics", "--out", str(tmp_path / "feeds"), now=NOW).code == 5
    assert (tmp_path / "feeds/people/bob.ics").read_bytes() == before


def test_what_the_schedule_does_not_need_may_be_invalid(made: TeamFolder) -> None:
    """The rest is as new as ever, and says at its foot what is not shown."""
    with serving(made.root) as server:
        made.write({"rotations/platform/incidents/2026/2026-11-16-x.yaml": "title: 1\n"})
        assert "Not shown, because it cannot be read: rotations/platform/incidents" in server.ask("/").text
        assert server.ask("/who.json").status == 200


def test_it_begins_with_an_invalid_file_as_well(made: TeamFolder) -> None:
    """There is nothing older to show: the problems are, until they are solved."""
    made.write({WHERE: "name: <b>\n"})
    with serving(made.root) as server:
        got = server.ask("/")
        assert (got.status, got.headers.items() >= STRICT.items()) == (503, True)
        assert WHERE in got.text
        assert server.ask("/who.json").status == 503
        assert server.ask("/feeds/all.ics").status == 503
        made.write({WHERE: ROTATION})
        assert server.ask("/").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW"])
def test_nothing_can_be_changed(made: TeamFolder, method: str) -> None:
    """Any other method is refused, its body is never read as a request, and no file changes."""
    with serving(made.root) as server:
        got = server.ask("/who.json", method, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert (got.status, got.headers["allow"], got.headers["connection"]) == (405, "GET, HEAD", "close")
    assert made.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:1", 200),
        ("localhost", 200),
        ("LOCALHOST.:80", 200),
        ("[::1]:80", 200),
        ("192.168.1.5", 200),
        ("oncall.example.com", 200),
        ("evil.example", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.nip.example", 403),
        ("", 403),
    ],
)
def test_a_page_elsewhere_cannot_read_it_by_another_name(made: TeamFolder, host: str, status: int) -> None:
    """Whatever a name of a stranger's is made to lead to, what asks by that name is told nothing."""
    with serving(made.root, "--allow", "oncall.example.com") as server:
        for path in ("/", "/who.json"):
            got = server.ask(path, Host=host)
            assert got.status == status
            assert (b"lice" in got.body) == (status == 200)


def test_nothing_but_the_site_is_reached(made: TeamFolder) -> None:
    """No path leads out of it, into the repository, or to git."""
    paths = [
        "/../oncall.yaml",
        "/%2e%2e/oncall.yaml",
        "/..%2foncall.yaml",
        "/feeds/..%2f..%2foncall.yaml",
        "/oncall.yaml",
    ]
    paths += [
        "/oncall.yaml",
        "/rotations/people/alice.yaml",
        "/.git/config",
        "/%00",
        "/%ff",
        "//etc/passwd",
        "/c:%5cx",
        "/feeds",
    ]
    paths += ["http://evil.example/oncall.yaml", "/rotations/..%2f..%2fx/who.json", "/rotations/%2e%2e/who.json", "*"]
    with serving(made.root) as server:
        for path in paths:
            got = server.ask(path)
            assert got.status in (301, 400, 403, 404), path
            assert b"timezone" not in got.body
        for line in (b"GET\r\n\r\n", b"\x16\x03\x01\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / x\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
                raw.sendall(line)
                assert b"Traceback" not in raw.recv(65536)
        assert server.ask("/").status == 200


def test_many_at_once_while_files_change(made: TeamFolder) -> None:
    """Each answer is whole and one of those that were right in the meantime."""
    seen: list[tuple[int, bool]] = []
    with serving(made.root) as server:

        def look() -> None:
            for _ in range(10):
                got = server.ask("/people/bob.html")
                seen.append((got.status, bool(re.search(r"Bob \d", got.text)) and got.text.endswith("</html>\n")))

        made.write({"rotations/people/bob.yaml": person("Bob 0")})
        assert "Bob 0" in server.ask("/people/bob.html").text
        readers = [threading.Thread(target=look) for _ in range(6)]
        for reader in readers:
            reader.start()
        for number in range(1, 5):
            made.write({"rotations/people/bob.yaml": person(f"Bob {number}")})
        for reader in readers:
            reader.join()
    # A file that is only half written while it is looked at is invalid, and the page before it stays.
    assert seen == [(200, True)] * 60


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_it_ends_as_it_is_told(made: TeamFolder, sent: signal.Signals, code: int) -> None:
    """Ctrl-C and an ordinary end: at once, without another word."""
    with serving(made.root) as server:
        server.process.send_signal(sent)
        assert server.process.wait(timeout=30) == code
        assert server.process.stderr is not None
        assert server.process.stderr.read() == ""


def test_a_port_in_use(made: TeamFolder) -> None:
    """It is said which, and what to do."""
    with serving(made.root) as server:
        done = subprocess.run(
            command("--port", str(server.port)),
            cwd=made.root, env=environment(), capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 1
    assert f"port {server.port} of 127.0.0.1 is in use" in done.stderr
    assert "--port 0" in done.stderr


def test_an_address_that_is_none_of_ours(made: TeamFolder, run: Run) -> None:
    """Another machine's address, or none at all."""
    for host in ("192.0.2.1", "no such host"):
        done = run("serve", "--host", host, "--port", "0")
        assert done.code == 1
        assert "cannot be used" in done.err
    assert run("serve", "--port", "70000").code == 2


def test_private_feeds_stand_where_only_the_secret_leads(made: TeamFolder) -> None:
    """Neither a page nor the usual places have them."""
    with serving(made.root, "--private", ONCALL_FEED_SECRET="0123456789abcdef" * 4) as server:
        assert server.ask("/feeds/all.ics").status == 404
        assert ".ics" not in server.ask("/").text
