"""An answer that stays right for a while: its words, with places for the distances, and until when it holds.

What keeps answers reads this file before any other of the house, so that it imports nothing that takes time.
"""

from _collections_abc import Callable

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


class Flow:
    """A sentence that is folded at a width, some of whose words (its integers) tell how far an instant is."""

    __slots__ = ("indent", "odd", "said", "width")

    def __init__(self, said: tuple[str | int, ...], width: int, indent: str, odd: dict[str, int]) -> None:
        self.said = said
        self.width = width
        self.indent = indent
        self.odd = odd
        """The characters that do not take one column, with the columns that they take."""

    def lines(self, now: int) -> list[str]:
        """Return its lines as they read now."""
        said = "".join(part if isinstance(part, str) else distance(part, now) for part in self.said)
        return folded(said, self.width, self.indent, self.indent, self.columns)

    def columns(self, text: str) -> int:
        """Return how many columns a text of its characters takes."""
        return len(text) + sum(self.odd[one] - 1 for one in text if one in self.odd) if self.odd else len(text)


class Lasting:
    """What is printed for an answer, and the time, in UTC seconds, within which it is the answer."""

    __slots__ = ("parts", "since", "until")

    def __init__(self, parts: list[str | Flow], since: int, until: int) -> None:
        self.parts = parts
        self.since = since
        self.until = until

    def at(self, now: int) -> str:
        """Return what it reads now."""
        lines: list[str] = []
        for part in self.parts:
            lines += [part] if isinstance(part, str) else part.lines(now)
        return "\n".join(lines)


def folded(text: str, width: int, indent: str, first: str, columns: Callable[[str], int]) -> list[str]:
    """Return ``text`` on lines of at most ``width`` columns, after ``first`` on the first and ``indent`` on others."""
    lines, line = [], first
    begun = False
    for word in text.split():
        longer = f"{line} {word}" if begun else line + word
        if begun and columns(longer) > width:
            lines.append(line)
            line = indent + word
        else:
            line, begun = longer, True
    return [*lines, line]
