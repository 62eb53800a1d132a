"""Where the pages of a site stand, and the links that lead out of it."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from oncall_cli.render.text import one_line

_FAR = re.compile(r"https?://", re.IGNORECASE)


def incident_path(rotation: str, incident: str) -> str:
    """Return where the page of an incident stands."""
    return f"incidents/{rotation}/{incident}.html"


def runbook_path(name: str) -> str:
    """Return where the page of a runbook stands; one that is called ``index`` does not take the place of the list."""
    return f"runbooks/{name}{'-' if name == 'index' else ''}.html"


def is_far(address: str) -> bool:
    """Whether an address is one of the web, and nothing that a browser would run."""
    return bool(_FAR.match(address))


def far_link(address: str | None, text: str) -> Markup:
    """Return a text as a link to elsewhere; as the text alone where the address is none of the web."""
    if address is None or not is_far(address):
        return escape(one_line(text))
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(one_line(address), one_line(text))
