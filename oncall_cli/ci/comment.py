"""Keep one comment on a pull request (GitHub) or merge request (GitLab) up to date with the plan of its change.

Needs Python alone. The comment is found again by a hidden marker, among those that the same account wrote.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

MARKER = "<!-- oncall plan -->"
MOST = 65_536
SECONDS = 20


def main() -> int:
    """Write, renew or leave the comment; say which."""
    given = parsed()
    host: GitHub | GitLab = GitHub() if given.host == "github" else GitLab()
    number = given.number or host.number_of(given.owner, given.branch, given.commit)
    if number is None:
        print("no open request has this commit at its head; nothing is written")
        return 0
    text = f"{MARKER}\n{(given.plan / 'plan.md').read_text(encoding='utf-8')}"[:MOST]
    said = host.own_comment(number)
    if said is None and not says_something(given.plan / "plan.json"):
        print("the change does nothing to the schedule or the records; nothing is written")
    elif said is None:
        host.write(number, text)
        print(f"wrote the plan to request {number}")
    elif said[1].strip() != text.strip():
        host.renew(number, said[0], text)
        print(f"renewed the plan on request {number}")
    else:
        print(f"the plan on request {number} is up to date")
    return 0


def parsed() -> argparse.Namespace:
    """Read the command line; an empty number is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", choices=["github", "gitlab"])
    parser.add_argument("plan", type=Path, help="the folder that holds plan.md and plan.json")
    parser.add_argument("--number", type=lambda said: int(said) if said else None)
    for name in ("owner", "branch", "commit"):
        parser.add_argument(f"--{name}", default="", help="where the request comes from, when its number is not known")
    return parser.parse_args()


def says_something(plan: Path) -> bool:
    """Whether the plan has a change; one that could not be made may have."""
    try:
        data = json.loads(plan.read_text(encoding="utf-8"))["data"]
    except (OSError, ValueError, KeyError):
        return True
    return bool(data["changes"] or data.get("records") or data["gaps"]["before"] != data["gaps"]["after"])


class Api:
    """JSON over HTTP, with a token, at one address."""

    def __init__(self, base: str, header: str, token: str) -> None:
        self.base = base
        self.header = header
        self.token = token

    def call(self, method: str, path: str, body: dict[str, str] | None = None) -> Any:
        """Send one request and return what was answered."""
        request = urllib.request.Request(
            f"{self.base}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={self.header: self.token, "Content-Type": "application/json", "Accept": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return json.loads(answer.read() or b"null")

    def all(self, path: str) -> list[dict[str, Any]]:
        """Return every item of a list that is given by the page."""
        found: list[dict[str, Any]] = []
        page = 1
        while True:
            items = self.call("GET", f"{path}{'&' if '?' in path else '?'}per_page=100&page={page}")
            found += items
            if len(items) < 100:
                return found
            page += 1


class GitHub:
    """The comments of a pull request."""

    def __init__(self) -> None:
        self.api = Api(os.environ["GITHUB_API_URL"], "Authorization", f"Bearer {os.environ['TOKEN']}")
        self.repository = f"/repos/{os.environ['GITHUB_REPOSITORY']}"

    def number_of(self, owner: str, branch: str, commit: str) -> int | None:
        """Return the open request from that branch whose head is that commit; a name alone could be anybody's."""
        head = urllib.parse.quote(f"{owner}:{branch}", safe=":")
        found = self.api.all(f"{self.repository}/pulls?state=open&head={head}")
        return next((each["number"] for each in found if each["head"]["sha"] == commit), None)

    def own_comment(self, number: int) -> tuple[int, str] | None:
        """Return the comment with the marker that a workflow wrote; anybody can write the marker."""
        for each in self.api.all(f"{self.repository}/issues/{number}/comments"):
            if each["user"]["type"] == "Bot" and each["body"].startswith(MARKER):
                return each["id"], each["body"].replace("\r\n", "\n")
        return None

    def write(self, number: int, text: str) -> None:
        """Write a new comment."""
        self.api.call("POST", f"{self.repository}/issues/{number}/comments", {"body": text})

    def renew(self, number: int, comment: int, text: str) -> None:
        """Give the comment another text."""
        self.api.call("PATCH", f"{self.repository}/issues/comments/{comment}", {"body": text})


class GitLab:
    """The notes of a merge request."""

    def __init__(self) -> None:
        self.api = Api(os.environ["CI_API_V4_URL"], "PRIVATE-TOKEN", os.environ["TOKEN"])
        self.requests = f"/projects/{os.environ['CI_PROJECT_ID']}/merge_requests"

    def number_of(self, owner: str, branch: str, commit: str) -> int | None:
        """Return nothing: a pipeline of GitLab always knows the number of its merge request."""
        return None

    def own_comment(self, number: int) -> tuple[int, str] | None:
        """Return the note with the marker that the owner of the token wrote."""
        me = self.api.call("GET", "/user")["id"]
        for each in self.api.all(f"{self.requests}/{number}/notes"):
            if each["author"]["id"] == me and each["body"].startswith(MARKER):
                return each["id"], each["body"]
        return None

    def write(self, number: int, text: str) -> None:
        """Write a new note."""
        self.api.call("POST", f"{self.requests}/{number}/notes", {"body": text})

    def renew(self, number: int, comment: int, text: str) -> None:
        """Give the note another text."""
        self.api.call("PUT", f"{self.requests}/{number}/notes/{comment}", {"body": text})


if __name__ == "__main__":
    try:
        sys.exit(main())
    except urllib.error.HTTPError as wrong:
        sys.exit(f"the plan is not on the request: {wrong.url} answered {wrong.code} {wrong.reason}")
    except (OSError, KeyError) as wrong:
        sys.exit(f"the plan is not on the request: {wrong!r}")
