"""Help is printed once, and kept for as long as the program is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cache.asking import ask, process


@pytest.fixture(autouse=True)
def kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))


@pytest.mark.parametrize("words", [("--help",), ("who", "-h"), ("rotation", "--help"), ("incident", "ack", "--help")])
def test_the_help_is_the_same(words: tuple[str, ...], tmp_path: Path) -> None:
    usual = process(*words, folder=tmp_path, ONCALL_NO_CACHE="1")
    first = process(*words, folder=tmp_path)
    again = process(*words, folder=tmp_path, known=True)
    assert (usual.returncode, usual.stdout, usual.stderr) == (0, first.stdout, "")
    assert again.stdout == first.stdout
    assert "Usage: oncall" in first.stdout


def test_a_terminal_of_another_width_or_alphabet_asks_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    ask("who", "--help")
    assert ask("who", "--help").kept
    for name, value in (("COLUMNS", "60"), ("FORCE_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patched:
            patched.setenv(name, value)
            assert not ask("who", "--help").kept


@pytest.mark.parametrize(
    "words", [("log", "--", "--help"), ("who", "--at", "--help"), ("--as", "--help"), ("nosuch", "-h")]
)
def test_what_only_looks_like_a_wish_for_help(words: tuple[str, ...]) -> None:
    """Nothing else is ever kept for a command line that ends so."""
    assert not any(ask(*words).kept for _ in range(2))


def test_a_wrong_time_is_told_before_the_help(tmp_path: Path) -> None:
    process("--help", folder=tmp_path)
    assert process("--help", folder=tmp_path, ONCALL_NOW="yesterday").returncode == 2


def test_where_no_home_is_nothing_is_kept(tmp_path: Path) -> None:
    for home in ("", "relative"):
        done = process("--help", folder=tmp_path, XDG_CACHE_HOME=home, HOME="")
        assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []
