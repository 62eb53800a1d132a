"""What a look at the pages showed, for a person, for the log and for a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from oncall_cli.practice.probing import Answer, Probe, State, Verdict
from oncall_cli.render.text import GREEN, RED, YELLOW, columns, one_line, styled

_STYLES = {State.UP: GREEN, State.SLOW: YELLOW, State.DOWN: RED}
_WORST_FIRST = (State.DOWN, State.SLOW, State.UP)


class Seen(NamedTuple):
    """A page, what it answered, and what that means."""

    probe: Probe
    answer: Answer
    verdict: Verdict


def probe_text(found: Sequence[Seen], width: int = 80, colour: bool = False) -> str:
    """Return a row for each page, those that are down first and in capitals."""
    rows = [
        [_word(each.verdict.state), one_line(each.probe.link.title), f"{each.answer.seconds:.1f}s", _seen(each)]
        for each in sorted(found, key=lambda each: _WORST_FIRST.index(each.verdict.state))
    ]
    styles = {_word(state): style for state, style in _STYLES.items()}
    lines = []
    for line in columns(rows, width):
        word = line.split(" ", 1)[0]
        lines.append(line.replace(word, styled(word, styles[word], colour), 1) if word in styles else line)
    return "\n".join(lines)


def probe_line(found: Sequence[Seen]) -> str:
    """Return what was seen as one entry of a log: what is down in full, the others by name."""
    parts = []
    for state in _WORST_FIRST:
        of_state = [each for each in found if each.verdict.state is state]
        names = [
            one_line(each.probe.link.title) + (f" ({_seen(each)})" if state is State.DOWN else "") for each in of_state
        ]
        if names:
            parts.append(f"{state}: {', '.join(names)}")
    return f"Probed. {'; '.join(parts)}"


def probe_data(found: Sequence[Seen]) -> list[dict[str, Any]]:
    """Return the pages for a script."""
    return [
        {
            "title": each.probe.link.title,
            "url": each.probe.link.url,
            "rotations": list(each.probe.rotations),
            "state": str(each.verdict.state),
            "status": each.answer.status,
            "milliseconds": round(each.answer.seconds * 1000),
            "seen": each.verdict.seen,
        }
        for each in found
    ]


def _word(state: State) -> str:
    return "DOWN" if state is State.DOWN else str(state)


def _seen(each: Seen) -> str:
    where = f" ({one_line(each.probe.link.url)})" if each.verdict.state is State.DOWN else ""
    return f"{one_line(each.verdict.seen)}{where}"
