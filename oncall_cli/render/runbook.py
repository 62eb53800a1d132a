"""Runbooks for a person: which one fits and why, on a terminal, and as a new page to write on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from oncall_cli.practice.sections import outside_code
from oncall_cli.render.markdown import markdown, markdown_line
from oncall_cli.render.text import BOLD, CYAN, DIM, one_line, styled, visible, wrapped

if TYPE_CHECKING:
    from oncall_cli.model.document import Runbook
    from oncall_cli.model.incident import Incident
    from oncall_cli.practice.new_runbook import Taught
    from oncall_cli.practice.runbook_search import Match

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_CODE = re.compile(r"`[^`]+`")


def matches_text(matches: Sequence[Match], runbooks: Mapping[str, Runbook], width: int) -> str:
    """Return the runbooks that fit, the best first, each with its file, its heading and the words that said so."""
    blocks = []
    for match in matches:
        head = runbooks[match.id]
        entry = f", '{one_line(match.heading)}'" if match.heading else ""
        lines = [f"{match.id}: {one_line(head.title)}{entry}", f"  {head.path}"]
        lines += wrapped(f"because of: {', '.join(one_line(word) for word in match.words)}", width, "    ", "  ")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def matches_data(matches: Sequence[Match], runbooks: Mapping[str, Runbook]) -> list[dict[str, Any]]:
    """Return the same for a script."""
    return [
        {
            "id": match.id,
            "path": runbooks[match.id].path,
            "title": runbooks[match.id].title,
            "heading": match.heading,
            "score": match.score,
            "words": list(match.words),
        }
        for match in matches
    ]


def page_text(text: str, colour: bool) -> str:
    """Return a page's text: as it is for a pipe, with its headings and commands set off on a terminal."""
    shown = visible(text)
    if not colour:
        return shown
    plain = dict(outside_code(shown))
    return "\n".join(
        _styled(plain[number]) if number in plain else styled(line, CYAN if line.strip("`~ ") else DIM, True)
        for number, line in enumerate(shown.split("\n"))
    )


def head_text(runbook: Runbook) -> str:
    """Return what the head of a runbook says, on a few lines."""
    reviewed = runbook.reviewed.isoformat() if runbook.reviewed else "never"
    said = [
        ("services", ", ".join(map(one_line, runbook.services))),
        ("alerts", "; ".join(map(one_line, runbook.alerts))),
        ("owner", runbook.owner or "nobody"),
        ("reviewed", reviewed),
    ]
    return "\n".join([runbook.path, *(f"{name}: {value}" for name, value in said if value)])


def new_page_text(title: str, incident: Incident | None, taught: Taught | None) -> str:
    """Return the text of a new runbook, with what the incident taught, and what is still to be written."""
    came = f"\n\nFrom [{incident.id}](../{incident.path})." if incident else ""
    alerts = _block(taught.alerts if taught else (), "The alert's own words.", "")
    diagnosis = _block(taught.diagnosis if taught else (), "What to look at first, and what it means.", "1. ")
    mitigation = _block(taught.mitigation if taught else (), "What stops it from hurting.", "- ")
    return (
        f"# {markdown(title)}{came}\n\n## Alert\n\n{alerts}\n\n## Diagnosis\n\n{diagnosis}\n\n"
        f"## Mitigation\n\n{mitigation}\n\n## If that does not help\n\n`oncall escalate` names who is next.\n"
    )


def fenced(text: str) -> str:
    """Return text as a block of code that nothing in it can end."""
    ticks = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, ticks + 1)
    inside = visible(text.strip("\n"))
    return f"{fence}text\n{inside}\n{fence}"


def _block(texts: Sequence[str], empty: str, mark: str) -> str:
    """Return each text as an item; one of several lines, such as a command's output, as a block of code."""
    if not texts:
        return empty
    parts: list[str] = []
    for text in texts:
        if "\n" in text.strip("\n"):
            parts.append(f"\n{fenced(text)}\n")
        else:
            parts.append(f"{mark or '> '}{markdown_line(text)}")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).strip("\n")


def _styled(line: str) -> str:
    if heading := _HEADING.fullmatch(line):
        return styled(heading[1], BOLD, True)
    return _CODE.sub(lambda code: styled(code[0], CYAN, True), line)
