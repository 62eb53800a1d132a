"""What ruamel.yaml's parser complains of, in words for the person who wrote the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.errors import Place, Problem

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

_QUOTE_IT = "put the whole text in quotes"

# (part of the parser's words, our sentence, our hint); the first that fits is used
_WORDS = (
    ("character '\\t'", "a tab cannot indent or begin a value", "indent with spaces"),
    (
        "could not find expected ':'",
        "this line is neither 'key: value' nor part of a text",
        "add the ':' or quotes",
    ),
    (
        "mapping values are not allowed",
        "a ': ' in the middle of a text, or a key that is indented wrongly",
        "put the text in quotes, or indent the key like its neighbours",
    ),
    (
        "expected the node content",
        "a value is missing, or brackets are not closed",
        "write it as '[one, two]' or '{key: value}'",
    ),
    ("that cannot start any token", "a text cannot begin with this character", _QUOTE_IT),
    (
        "found unexpected end of stream",
        "a quotation mark is not closed",
        "close it before the end of the file",
    ),
    (
        "found unexpected document separator",
        "a quotation mark is not closed",
        "close it before the end of the text",
    ),
    (
        "unknown escape character",
        "a '\\' in double quotes begins an escape that does not exist",
        "use single quotes",
    ),
    (
        "expected escape sequence",
        "a '\\' in double quotes begins an escape that is not complete",
        "use single quotes",
    ),
    (
        "expected ',' or ']'",
        "a list in brackets is not closed, or a comma is missing",
        "write it as '[one, two]'",
    ),
    (
        "expected ',' or '}'",
        "a mapping in braces is not closed, or a comma is missing",
        "write it as '{key: value}'",
    ),
    ("expected <block end>", "this does not fit the lines above it", "check its indentation and its '-'"),
    ("sequence entries are not allowed", "a '- ' cannot stand here", "begin the list on a line of its own"),
    ("expected chomping or indentation", "'|' and '>' begin a block of text", _QUOTE_IT),
    ("expected a comment or a line break", "text follows '|' or '>' on the same line", _QUOTE_IT),
    (
        "end of the document",
        "a second document, or a '%' directive, is not allowed",
        "one file is one record",
    ),
    ("document start", "a second document, or a '%' directive, is not allowed", "one file is one record"),
)


def complaint(error: MarkedYAMLError, path: str) -> Problem:
    """Return the parser's error as a problem with a place, a sentence and a hint."""
    words = f"{error.problem or ''}"
    for part, sentence, hint in _WORDS:
        if part in words:
            return Problem("E102", _place(error, path, part), f"this is not YAML: {sentence}", hint)
    return Problem("E102", _place(error, path, words), f"this is not YAML: {words}", "look around this line")


def _place(error: MarkedYAMLError, path: str, part: str) -> Place:
    """Return where the fault is; what is left open is shown where it was opened, not at the file's end."""
    left_open = part.startswith(("found unexpected", "expected ',' or"))
    mark = (error.context_mark if left_open else None) or error.problem_mark or error.context_mark
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
