"""What nobody looks into is never found out."""

from __future__ import annotations

from collections.abc import Iterator

from oncall_cli.practice.when_asked import WhenAsked


def test_it_is_found_out_once_and_not_before_somebody_asks() -> None:
    """Afterwards it is a sequence like others."""
    asked = []

    def find() -> Iterator[str]:
        asked.append(1)
        yield from "abc"

    letters = WhenAsked(find)
    assert not asked
    assert (list(letters), len(letters), letters[1], letters[1:], "c" in letters) == (
        ["a", "b", "c"],
        3,
        "b",
        ("b", "c"),
        True,
    )
    assert asked == [1]
