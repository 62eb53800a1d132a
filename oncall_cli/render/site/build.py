"""The whole site: from what is known to the bytes of every file, the same for the same records and day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from oncall_cli.render.site.calendars import calendars_page
from oncall_cli.render.site.frame import Frame, Options, asset
from oncall_cli.render.site.home import home_page
from oncall_cli.render.site.incident import incident_pages
from oncall_cli.render.site.load import load_page
from oncall_cli.render.site.person import people_pages
from oncall_cli.render.site.report import report_pages
from oncall_cli.render.site.rotation import rotation_pages
from oncall_cli.render.site.runbook import runbook_pages
from oncall_cli.render.weeks_svg import STYLE as WEEKS_STYLE

if TYPE_CHECKING:
    from oncall_cli.practice.site import SiteFacts

Pages = Callable[[Frame], dict[str, bytes]]

STYLE, SCRIPT, ICON = "site.css", "site.js", "icon.svg"
# One script, from parts that can be read one by one; none of their names is seen by anybody else.
SCRIPT_PARTS = ("time", "zones", "now", "timeline", "table", "keys", "search", "calendars", "start")
PARTS: tuple[Pages, ...] = (
    home_page,
    rotation_pages,
    people_pages,
    incident_pages,
    runbook_pages,
    report_pages,
    load_page,
    calendars_page,
)


def site_files(facts: SiteFacts, options: Options) -> dict[str, bytes]:
    """Return every file of a team's site but its feeds, by its path."""
    frame = Frame(facts, options)
    style = asset(STYLE) + f"{WEEKS_STYLE}\n".encode()
    files = {STYLE: style, ICON: asset(ICON), SCRIPT: _script()}
    for pages in PARTS:
        files.update(pages(frame))
    return files


def _script() -> bytes:
    parts = [asset(f"script/{name}.js") for name in SCRIPT_PARTS]
    return b"\n".join([b'"use strict";\n{', *parts, b"}\n"])
