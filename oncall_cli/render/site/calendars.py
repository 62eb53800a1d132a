"""The page of the calendars that one can subscribe to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oncall_cli.render.site.frame import Frame


def calendars_page(frame: Frame) -> dict[str, bytes]:
    """Return the page, or none where the site has no feeds that everybody may know."""
    feeds = frame.facts.feeds
    if not feeds:
        return {}
    known = (
        ("Everybody", [feed for feed in feeds if not feed.person and not feed.rotation]),
        ("People", [feed for feed in feeds if feed.person]),
        ("Rotations", [feed for feed in feeds if feed.rotation]),
    )
    values = {"title": "Calendars", "groups": [(heading, links) for heading, links in known if links]}
    return frame.page("calendars.html", "calendars.html", values)
