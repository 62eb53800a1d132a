"""Rules W421 to W423: what broke has a runbook, the pages lead to each other, and somebody has looked at them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from posixpath import join, normpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from oncall_cli.checks.rule import Finding
from oncall_cli.errors import Place
from oncall_cli.model.incident import IncidentStatus
from oncall_cli.model.time import Wall, day_of
from oncall_cli.model.zone import Zone
from oncall_cli.practice.sections import anchor, outside_code, sections
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.checks.records import RotationRecords, TeamRecords

_YEAR = 365
_LINK = re.compile(
    r"\]\([ \t]*(?P<inline><[^<>\n]+>|[^()\s<>]+)|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*(?P<named><[^<>\n]+>|\S+)"
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_CODE = re.compile(r"`[^`\n]+`")
_AGAIN = re.compile(r"-\d+$")


class _Link(NamedTuple):
    """A link from one file of the repository to another: where it stands, and what it leads to."""

    place: Place
    said: str
    path: str
    fragment: str


def runbook_debt(_: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """W421: an incident that is over names the runbook that helps the next time."""
    for incident in part.incidents:
        solved = incident.status is IncidentStatus.RESOLVED and incident.merged_into is None
        if solved and incident.runbook is None:
            message = f"'{incident.id}' was resolved without a runbook"
            hint = f"write what helped: oncall runbook new --from {incident.id}"
            yield Finding(incident.place("status"), message, hint)


def dead_links(records: TeamRecords) -> Iterator[Finding]:
    """W422: a link between the team's files leads to a file, and to a heading in it."""
    for path, data in sorted(records.pages.items()):
        if not path.startswith("templates/"):
            yield from _dead_links_of(path, data.decode("utf-8", "replace"), records)


def _dead_links_of(path: str, text: str, records: TeamRecords) -> Iterator[Finding]:
    """Yield the links of one page that lead nowhere; addresses elsewhere are not looked at."""
    for link in _links(path, text):
        if not _is_read(link.path):
            continue
        if not _exists(link.path, records.paths):
            yield Finding(link.place, f"the link to '{link.said}' leads to no file", "name a file that exists")
        elif link.fragment and link.path.endswith(".md"):
            page = records.pages.get(link.path, b"").decode("utf-8", "replace")
            known = [anchor(section.heading) for section in sections(page)]
            if _AGAIN.sub("", link.fragment) not in {_AGAIN.sub("", each) for each in known}:
                hint = f"there are: {', '.join(known[:8])}" if known else "the page has no headings"
                yield Finding(link.place, f"the link to '{link.said}' leads to no heading of that page", hint)


def unreviewed(records: TeamRecords) -> Iterator[Finding]:
    """W423: somebody has looked at each runbook within the last year."""
    for runbook in records.runbooks.values():
        today = day_of(_wall(records))
        if runbook.reviewed and (today - runbook.reviewed).days > _YEAR:
            message = f"nobody has looked at it since {runbook.reviewed}"
            hint = f"ask '{runbook.owner}'" if runbook.owner else "give it an 'owner'"
            yield Finding(runbook.place("reviewed"), message, f"{hint}; read it, mend it, and write today's date")


def _links(path: str, text: str) -> Iterator[_Link]:
    for number, line in outside_code(text):
        plain = _CODE.sub(lambda code: " " * len(code[0]), line)
        for found in _LINK.finditer(plain):
            said = (found["inline"] or found["named"]).strip("<>")
            if not _ELSEWHERE.match(said) and "{{" not in said:
                file, _, fragment = unquote(said).partition("#")
                folder = "" if file.startswith("/") else path.rpartition("/")[0]
                target = normpath(join(folder, file.lstrip("/"))) if file else path
                yield _Link(
                    Place(path, number + 1, found.start(found.lastgroup or 0) + 1), said, target, fragment.lower()
                )


def _is_read(path: str) -> bool:
    """Tell whether a file of that path would have been read: only of these can be told that they do not exist."""
    top, *below = path.split("/")
    depth = {"runbooks": 1, "templates": 2}.get(top)
    return path == "oncall.yaml" or (top == "rotations" and bool(below)) or len(below) == depth


def _exists(path: str, paths: Collection[str]) -> bool:
    return path in paths or any(each.startswith(f"{path}/") for each in paths)


def _wall(records: TeamRecords) -> Wall:
    zone = records.team.timezone if records.team else Zone("UTC")
    return WallClock(zone).wall(records.now)
