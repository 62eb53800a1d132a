"""A browser without a window, the sites of the teams, and what a page must never do.

Needs Chromium, the driver (``pip install 'oncall-cli[browser]'``), and for the audit of accessibility the path of
axe-core's ``axe.min.js`` in ``AXE_CORE``; what is missing is skipped. The driver's own browser is never fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request

PROJECT = Path(__file__).parents[2]
TEAMS = PROJECT / "tests" / "teams"
BUILT = "2026-10-20T12:00:00Z"
"""When the sites are made: what they know reaches over both changes of the clocks, in Berlin and in New York."""
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

Sites = Callable[[str], "Site"]
Open = Callable[..., "Visit"]


class Site(NamedTuple):
    """A team's repository, and the site that was made of it."""

    team: Path
    folder: Path

    def kinds(self) -> list[str]:
        """Return a page of every kind: each at the top, and in every folder the index and one more."""
        found = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html")}
        folders: dict[str, list[str]] = {}
        for path in sorted(found):
            folders.setdefault(path.split("/")[0] if "/" in path else path, []).append(path)
        picked = []
        for paths in folders.values():
            indexes = [path for path in paths if path.count("/") == 1 and path.endswith("/index.html")]
            others = [path for path in paths if path not in indexes]
            picked += [*indexes, *others[:1]]
        return picked


class Visit(NamedTuple):
    """A page in the browser, what it said on the console, and what it asked for."""

    page: Page
    said: list[str]
    asked: list[str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    driver = pytest.importorskip("playwright.sync_api", reason="no driver: pip install 'oncall-cli[browser]'")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a page at a faked time, in a zone of the reader's: ``visit(address, now=..., zone=...)``."""
    contexts: list[BrowserContext] = []

    def open_page(address: str, now: str = BUILT, zone: str = "Europe/Berlin", **settings: Any) -> Visit:
        context = browser.new_context(timezone_id=zone, locale="en-GB", **settings)
        contexts.append(context)
        page = context.new_page()
        visited = Visit(page, [], [])
        page.on("console", lambda message: visited.said.append(message.text))
        page.on("pageerror", lambda error: visited.said.append(str(error)))
        page.on("requestfailed", lambda request: visited.said.extend(_failed(request)))
        page.on("request", lambda request: visited.asked.append(request.url))
        page.clock.set_fixed_time(now)
        page.goto(address)
        return visited

    yield open_page
    for context in contexts:
        context.close()


def _failed(request: Request) -> Iterator[str]:
    """Tell of a request that failed; one that the next page cut off is none."""
    if request.failure and "ERR_ABORTED" not in request.failure:
        yield f"{request.failure}: {request.url}"


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Make a team's site once: of the example team, or of one below ``tests/teams``."""
    made: dict[str, Site] = {}

    def site(team: str) -> Site:
        if team not in made:
            made[team] = _made(team, tmp_path_factory.mktemp(team))
        return made[team]

    return site


def _made(team: str, into: Path) -> Site:
    repository, folder = into / "team", into / "pages" / team
    folder.parent.mkdir()
    if team == "example":
        repository.mkdir()
        for name in ("oncall.yaml", "rotations", "runbooks", "templates"):
            kind = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
            kind(PROJECT / name, repository / name)
    else:
        shutil.copytree(TEAMS / team, repository)
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "ONCALL_"))}
    env = {**plain, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "ONCALL_NOW": BUILT, "TZ": "UTC"}
    env |= dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Team")
    env |= dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "team@example.com")
    for command in (
        ("git", "init", "--quiet", "--initial-branch=main"),
        ("git", "add", "--all"),
        ("git", "commit", "--quiet", "--message", "The team begins"),
        (sys.executable, "-m", "oncall_cli", "site", "--out", str(folder)),
    ):
        done = subprocess.run(command, cwd=repository, env=env, capture_output=True, check=False, encoding="utf-8")
        assert done.returncode == 0, done.stderr
    return Site(repository, folder)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def served() -> Iterator[Callable[[Site], str]]:
    """Serve the folder above a site on loopback, as a host of pages does; return the address of the site."""
    servers: list[ThreadingHTTPServer] = []

    def serve(site: Site) -> str:
        handler = partial(_Quiet, directory=str(site.folder.parent))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/{site.folder.name}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the auditor of accessibility, as a script."""
    path = os.environ.get("AXE_CORE")
    if not path or not Path(path).is_file():
        pytest.skip(
            "no axe-core: npm install axe-core into a folder, and AXE_CORE=FOLDER/node_modules/axe-core/axe.min.js"
        )
    return Path(path).read_text(encoding="utf-8")
