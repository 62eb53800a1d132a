"""The index of a set of feeds: a page for people, and the same for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from posixpath import dirname, relpath
from typing import TYPE_CHECKING, Any

from oncall_cli.practice.feeds import FeedKind
from oncall_cli.render.ics import feed_colour
from oncall_cli.render.json import answer_json
from oncall_cli.render.markdown import markdown
from oncall_cli.render.page import markdown_page
from oncall_cli.render.text import columns, one_line

if TYPE_CHECKING:
    from oncall_cli.practice.feeds import Feed

PAGE, DATA = "feeds.html", "feeds.json"
_GROUPS = (
    ("Everybody", (FeedKind.ALL, FeedKind.GAPS, FeedKind.DUTIES)),
    ("Rotations", (FeedKind.ROTATION, FeedKind.ROLE)),
    ("People", (FeedKind.PERSON,)),
)
_TOLD = "Copy the address of a calendar, and let your calendar program subscribe to it; it stays up to date by itself."


def index_page(team: str, feeds: Sequence[Feed], path: str = PAGE) -> bytes:
    """Return the page, which stands at a path in the folder of the feeds."""
    parts = [f"# {markdown(team)}: calendars", "", _TOLD]
    for heading, kinds in _GROUPS:
        links = [_link(feed, path) for feed in feeds if feed.kind in kinds]
        parts += ["", f"## {heading}", "", *links] if links else []
    return markdown_page(f"Calendars: {team}", ["\n".join(parts)]).encode()


def index_bytes(feeds: Iterable[Feed]) -> bytes:
    """Return the same for programs, as a file."""
    return f"{answer_json(index_data(feeds))}\n".encode()


def index_data(feeds: Iterable[Feed]) -> list[dict[str, Any]]:
    """Return for each feed its path in the folder, what it is about, and how many events it holds."""
    return [
        {
            "path": feed.path,
            "title": feed.title,
            "kind": feed.kind,
            "rotation": feed.rotation,
            "role": feed.role,
            "person": feed.person,
            "colour": feed_colour(feed).rgb,
            "events": len(feed.entries) + len(feed.gaps) + len(feed.duties),
        }
        for feed in feeds
    ]


def index_text(feeds: Iterable[Feed], width: int) -> str:
    """Return a line a feed, for a terminal."""
    return "\n".join(columns([[one_line(feed.title), feed.path] for feed in feeds], width))


def _link(feed: Feed, path: str) -> str:
    return f"- [{markdown(feed.title)}]({relpath(feed.path, dirname(path) or '.')})"
