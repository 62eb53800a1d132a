"""The pages of runbooks: each for itself, and all of them with what the search in the browser knows of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from oncall_cli.practice.sections import sections
from oncall_cli.practice.words import stem, words_of
from oncall_cli.render.site.data import block
from oncall_cli.render.site.places import runbook_path
from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.practice.site import RunbookPage
    from oncall_cli.render.site.frame import Frame

_HEADING = re.compile(r"^#+[ \t].*$", re.MULTILINE)


def runbook_pages(frame: Frame) -> dict[str, bytes]:
    """Return the list of all runbooks, and the page of each."""
    runbooks = frame.facts.runbooks
    if not runbooks:
        return {}
    listed = sorted(runbooks.items(), key=lambda item: (one_line(item[1].head.title).casefold(), item[0]))
    index = block({"runbooks": [_indexed(name, page) for name, page in listed]})
    values = {
        "title": "Runbooks",
        "listed": [(runbook_path(name), page.head) for name, page in listed],
        "index": index,
    }
    found = frame.page("runbooks/index.html", "runbooks.html", values)
    for name, page in listed:
        text = frame.prose.html(page.body, page.head.path, "../", title=page.head.title)
        used = [one for one in frame.facts.incidents if one.incident.runbook == name]
        shown = {"title": one_line(page.head.title), "head": page.head, "text": text, "used": used}
        found.update(frame.page(runbook_path(name), "runbook.html", shown))
    return found


def _indexed(name: str, page: RunbookPage) -> dict[str, Any]:
    """Return the stems of a runbook's words by where they stand, those that weigh more first, each word once."""
    head, seen = page.head, set[str]()
    headings = [part.heading for part in sections(page.body)]
    fields = [
        _stems(head.alerts, seen),
        _stems((head.title, name), seen),
        _stems(head.services, seen),
        _stems(headings, seen),
        _stems((_HEADING.sub("", page.body),), seen),
    ]
    return {"path": runbook_path(name), "title": one_line(head.title), "words": fields}


def _stems(texts: Iterable[str], seen: set[str]) -> str:
    """Return the stems that were in no field before, in their order."""
    found = dict.fromkeys(stem(word) for text in texts for word in words_of(text))
    new = [word for word in found if word not in seen]
    seen.update(new)
    return " ".join(new)
