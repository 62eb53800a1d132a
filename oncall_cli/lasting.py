"""An answer that stays right for a while: its words, with places for the distances, and until when it holds.

What keeps answers reads this file before any other of the house, so that it imports nothing that takes time.
"""

from _collections_abc import Callable

_SENTENCE, _INSTANT = "\x01", "\x02"
_UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


def span(seconds: int) -> str:
    """Return a length of time in its two greatest units, such as ``3d 22h``, ``5m`` or ``20s``."""
    parts: list[str] = []
    for letter, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{letter}")
        elif parts:
            break
        if len(parts) == 2:
            break
    return " ".join(parts) or "0s"


def distance(instant: int, now: int) -> str:
    """Return ``in 3d 22h``, ``2h 5m ago`` or ``now``."""
    if instant == now:
        return "now"
    length = span(abs(instant - now))
    return f"in {length}" if instant > now else f"{length} ago"


class Lasting:
    """What is printed for an answer, and the time, in UTC seconds, within which it is the answer.

    Its text has sentences and instants marked in it, by characters that no printed text holds. What depends on the
    minute is how far the instants are, and with that where the sentences are folded.
    """

    __slots__ = ("indent", "odd", "since", "text", "until", "width")

    def __init__(self, text: str, since: int, until: int, width: int = 80, indent: str = "") -> None:
        self.text = text
        self.since = since
        self.until = until
        self.width = width
        self.indent = indent
        self.odd: dict[str, int] = {}
        """The characters of its sentences that do not take one column, with the columns that they take."""

    def at(self, now: int) -> str:
        """Return what it reads now."""
        pieces = self.text.split(_INSTANT)
        told = {instant: distance(int(instant), now) for instant in {*pieces[1::2]}}
        pieces[1::2] = [told[instant] for instant in pieces[1::2]]
        parts = "".join(pieces).split(_SENTENCE)
        columns = self._columns if self.odd else len
        parts[1::2] = [
            "\n".join(folded(sentence, self.width, self.indent, self.indent, columns)) for sentence in parts[1::2]
        ]
        return "".join(parts)

    def _columns(self, text: str) -> int:
        return len(text) + sum(self.odd[one] - 1 for one in text if one in self.odd)


def sentence(text: str) -> str:
    """Return a text that is folded when it is read."""
    return f"{_SENTENCE}{' '.join(text.split())}{_SENTENCE}"


def told_as_distance(instant: int) -> str:
    """Return an instant that is read as how far it is."""
    return f"{_INSTANT}{instant}{_INSTANT}"


def in_sentences(text: str) -> str:
    """Return all that stands in the sentences of a text."""
    return "".join(text.split(_SENTENCE)[1::2])


def folded(text: str, width: int, indent: str, first: str, columns: Callable[[str], int]) -> list[str]:
    """Return words with single blanks between them on lines of ``width`` columns: after ``first``, then ``indent``."""
    lines, line, begin = [], first + text, len(first)
    last_blank = str.rfind if columns is len else _last_blank_of(columns)
    while columns(line) > width:
        cut = last_blank(line, " ", begin, max(width, 0) + 1)
        if cut < 0 and (cut := line.find(" ", begin)) < 0:
            break
        lines.append(line[:cut])
        line, begin = indent + line[cut + 1 :], len(indent)
    return [*lines, line]


def _last_blank_of(columns: Callable[[str], int]) -> Callable[[str, str, int, int], int]:
    """Return a search like that of ``str`` whose end is counted in columns."""

    def search(line: str, blank: str, begin: int, end: int) -> int:
        if line.isascii():
            return line.rfind(blank, begin, end)
        blanks = (at for at in range(begin, len(line)) if line[at] == blank)
        return max((at for at in blanks if columns(line[:at]) < end), default=-1)

    return search
