"""Which people a text from elsewhere means: by their id, name, e-mail, chat name or account."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oncall_cli.model.person import Person


class Recognition:
    """Knows the people of a team by whatever they are called."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        names = [(folded_text(name), person) for person, record in people.items() for name in _names(person, record)]
        # "dana" is not also "dan", and "Alice Moreau" is one person although "alice" may be another's id
        self._names = dict(sorted(names, key=lambda one: -len(one[0])))
        given = {person: _given(record) for person, record in people.items() if record.active}
        count = Counter(given.values())
        self._given = {name: person for person, name in given.items() if count[name] == 1}
        self._whole = _any_of(self._names)
        self._first = _any_of(self._given)

    def people_in(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the people whom the first text that names anybody names; given names count where none else does."""
        said = [folded_text(text) for text in texts]
        for pattern, known in ((self._whole, self._names), (self._first, self._given)):
            for text in said:
                found = dict.fromkeys(known[name] for name in pattern.findall(text))
                if found:
                    return tuple(sorted(found))
        return ()


def folded_text(text: str) -> str:
    """Return a text without case and accents, its blanks single."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())


def word_in(word: str, text: str) -> bool:
    """Return whether a word stands in a text, both folded, and is no part of another."""
    return re.search(_bounded(re.escape(word)), text) is not None


def _names(person: str, record: Person) -> Iterator[str]:
    yield person
    yield record.name
    yield from record.git_emails
    if record.contact.email:
        yield record.contact.email
    if record.contact.chat and record.contact.chat.lstrip("@"):
        yield record.contact.chat.lstrip("@")
    if record.account:
        yield record.account


def _given(record: Person) -> str:
    return folded_text(record.name).partition(" ")[0]


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_bounded("|".join(re.escape(name) for name in names if name) or r"(?!)"))


def _bounded(pattern: str) -> str:
    # an id is not found within an e-mail of somebody else, nor within a longer id; a chat name may follow its "@"
    return rf"(?<![\w.-])(?<!\w@)(?:{pattern})(?![\w@-]|\.\w)"
