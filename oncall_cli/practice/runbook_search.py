"""Which runbook tells what to do about a pasted alert.

The measure is BM25F: S. Robertson, H. Zaragoza, M. Taylor, "Simple BM25 extension to multiple weighted fields",
CIKM 2004. A word counts for how rare it is among the runbooks, ``ln(1 + (N - n + 0.5) / (n + 0.5))``, times
``t / (K + t)``, where ``t`` adds up how often it stands in each field, in relation to the field's length (``B``),
times the field's weight. Once said in an alert is as good as ten times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple

from oncall_cli.practice.sections import sections
from oncall_cli.practice.words import stem, words_of

WEIGHTS = {"alerts": 5.0, "title": 4.0, "services": 3.0, "headings": 2.0, "body": 1.0}
K = 1.2
B = 0.5
LEAST = 0.15
"""The share of what an alert says that a runbook must answer; less than that is a coincidence."""
LEAST_IN_BODY = 0.3
"""The share where only the text below the head answers, and then with two words at least."""

_STRONG = ("alerts", "title", "services", "headings")


class RunbookText(NamedTuple):
    """What a runbook says."""

    title: str
    body: str
    alerts: Sequence[str] = ()
    services: Sequence[str] = ()


class Match(NamedTuple):
    """A runbook that may tell what to do, the entry in it where it has several, and the words that say so."""

    id: str
    score: float
    heading: str | None = None
    words: tuple[str, ...] = ()


class _Entry(NamedTuple):
    """What is ranked: a whole runbook, or what stands below one of its headings."""

    id: str
    heading: str | None
    fields: Mapping[str, Counter[str]]


def ranked(text: str, runbooks: Mapping[str, RunbookText]) -> list[Match]:
    """Return the runbooks that fit a pasted text, the best first; the text's numbers, hosts and hashes say nothing."""
    asked: dict[str, str] = {}
    for word in words_of(text):
        asked.setdefault(stem(word), word)
    entries = [entry for name, runbook in runbooks.items() for entry in _entries(name, runbook)]
    rarity = _rarity([entry for entry in entries if entry.heading is None], asked)
    lengths = _mean_lengths(entries)
    best: dict[str, Match] = {}
    for entry in entries:
        if match := _match(entry, asked, rarity, lengths):
            known = best.get(entry.id)
            # an entry of a runbook has to say more about the alert than the runbook as a whole
            if known is None or match.score > known.score:
                best[entry.id] = match
    return sorted(best.values(), key=lambda match: (-match.score, match.id))


def _entries(name: str, runbook: RunbookText) -> Iterable[_Entry]:
    parts = [part for part in sections(runbook.body) if part.heading.strip().lower() != runbook.title.strip().lower()]
    yield _Entry(
        name,
        None,
        {
            "alerts": _stems(*runbook.alerts),
            "title": _stems(runbook.title, name),
            "services": _stems(*runbook.services),
            "headings": _stems(*(part.heading for part in parts)),
            "body": _stems(runbook.body),
        },
    )
    for part in parts:
        yield _Entry(name, part.heading, {"title": _stems(part.heading), "body": _stems(part.text)})


def _stems(*texts: str) -> Counter[str]:
    return Counter(stem(word) for text in texts for word in words_of(text))


def _rarity(wholes: Sequence[_Entry], asked: Iterable[str]) -> dict[str, float]:
    """Return how much each word says: the fewer runbooks have it, the more."""
    counts = {word: sum(any(word in field for field in each.fields.values()) for each in wholes) for word in asked}
    return {word: log(1 + (len(wholes) - count + 0.5) / (count + 0.5)) for word, count in counts.items()}


def _mean_lengths(entries: Sequence[_Entry]) -> dict[str, float]:
    means = {}
    for name in WEIGHTS:
        lengths = [entry.fields[name].total() for entry in entries if name in entry.fields]
        means[name] = max(1.0, sum(lengths) / len(lengths)) if lengths else 1.0
    return means


def _match(
    entry: _Entry, asked: Mapping[str, str], rarity: Mapping[str, float], lengths: Mapping[str, float]
) -> Match | None:
    """Return how well an entry fits; None where it does by nothing but a common word."""
    found = [word for word in asked if any(word in field for field in entry.fields.values())]
    strong = [word for word in found if any(word in entry.fields.get(name, ()) for name in _STRONG)]
    answered = sum(rarity[word] for word in found)
    enough = strong or len(found) > 1
    if not enough or answered < (LEAST if strong else LEAST_IN_BODY) * sum(rarity.values()):
        return None
    score = sum(rarity[word] * _saturated(entry, word, lengths) for word in found)
    return Match(entry.id, round(score, 4), entry.heading, tuple(asked[word] for word in found))


def _saturated(entry: _Entry, word: str, lengths: Mapping[str, float]) -> float:
    weighted = sum(
        WEIGHTS[name] * field[word] / (1 - B + B * field.total() / lengths[name])
        for name, field in entry.fields.items()
        if word in field
    )
    return weighted / (K + weighted)
