"""How one piece of text in a file becomes one value of ours.

Every scalar of a file arrives as text; nothing is guessed from its look. A scalar type has a ``parse``
that raises ``ValueError`` with a sentence for the person who wrote the file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from oncall_cli.model.patterns import Written

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import CoreSchema


# Other readers of YAML take some texts for numbers and truths: 007 and NO are texts to us.
_TYPES = ("string", "number", "boolean")
ANY_SCALAR: Written = {"type": _TYPES}


class Scalar:
    """A value written as one piece of text; ``str`` gives the canonical spelling back."""

    __slots__ = ()
    describes = "text"
    example = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the value that ``text`` spells; raise ``ValueError`` when it spells none."""
        raise TypeError(f"{cls.__name__} does not say how it is read")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        return TextParser(cls.parse, cls.describes, cls.example, {}, cls).__get_pydantic_core_schema__(source, handler)

    @classmethod
    def written(cls) -> Written:
        """Return the JSON Schema of the texts that ``parse`` accepts."""
        return {"type": "string"}


class TextParser:
    """Pydantic annotation: the field is read from text by a function.

    Only building a record's schema needs pydantic, so it is imported there and the pure core, which
    shares these types, starts without it.
    """

    def __init__(
        self,
        parse: Callable[[str], Any],
        describes: str,
        example: str,
        written: Written = ANY_SCALAR,
        kind: type | None = None,
    ) -> None:
        self.parse = parse
        self.describes = describes
        self.example = example
        self.written = written
        self.kind = kind

    def read(self, value: Any) -> Any:
        """Parse text; let a value of the right kind through, for records built in the program."""
        if isinstance(value, str):
            return self.parse(value)
        if self.kind is not None and isinstance(value, self.kind):
            return value
        raise ValueError(f"needs {self.describes}, such as '{self.example}'")

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.read, serialization=core_schema.to_string_ser_schema())


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 64
_NOBODY = "nobody"
# Windows opens a device instead of a file of such a name, whatever its suffix, so git cannot check one out there.
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")

TEXT: Written = {"type": _TYPES, "pattern": r"\S"}
ID: Written = {
    "type": _TYPES,
    "pattern": f"^(?!{_NOBODY}$)[a-z0-9]+(-[a-z0-9]+)*$",
    "maxLength": _LONGEST_ID,
    "minimum": 0,
}
COUNT: Written = {"type": ("integer", "string"), "minimum": 0, "maximum": 999_999, "pattern": "^[0-9]{1,6}$"}
FLAG: Written = {"enum": (True, False, "true", "false")}


@lru_cache(maxsize=4096)
def parse_id(text: str) -> str:
    """Return ``text`` if it may name a record: lower-case letters, digits and single hyphens."""
    if len(text) > _LONGEST_ID:
        raise ValueError(f"'{text[:20]}...' is too long for an id: at most {_LONGEST_ID} characters")
    if not _ID.fullmatch(text):
        raise ValueError(f"'{text}' is not an id: use lower-case letters, digits and hyphens, such as 'ana-b'")
    if text == _NOBODY:
        raise ValueError(f"'{text}' is the word for an intended gap, and no id")
    if _DEVICE.fullmatch(text):
        raise ValueError(f"'{text}' is no id: no file can have this name on Windows")
    return text


def parse_count(text: str) -> int:
    """Return the whole number that ``text`` spells in decimal digits."""
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise ValueError(f"'{text}' is not a whole number, such as '1'")
    return int(text)


def parse_flag(text: str) -> bool:
    """Return what ``true`` or ``false`` say; no other spelling is a truth."""
    if text not in ("true", "false"):
        raise ValueError(f"'{text}' is neither 'true' nor 'false'")
    return text == "true"


def parse_text(text: str) -> str:
    """Return ``text``, which must say something."""
    if not text.strip():
        raise ValueError("needs some text")
    return text
