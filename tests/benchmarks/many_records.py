"""Figures 5, 6 and 9: what becomes of a team that has kept records for ten years."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Bench, Figure
from tests.benchmarks.installed import installed
from tests.benchmarks.measure import Work, peak_memory, process, ratio
from tests.benchmarks.sizes import large, small, team_of
from tests.benchmarks.team import NOW, TODAY, member

# what somebody would write who has to read all files of a folder
_PARSE = """
import sys, pathlib, yaml
for path in pathlib.Path(sys.argv[1]).rglob("*.yaml"):
    yaml.load(path.read_bytes(), yaml.CSafeLoader)
"""
_MOST_MEMORY = 300.0
_MEGABYTE = 1_000_000


def check(bench: Bench) -> Iterator[Figure]:
    """Figure 5: a check that has seen nothing before, and one after which nothing has changed."""
    root = large(bench)
    what, unit = f"`check` of {bench.files:,} files", "x parsing with PyYAML's C loader"
    cold = process([bench.program.oncall, "check"], root, {"ONCALL_NOW": NOW, "ONCALL_NO_CACHE": "1"})
    try:
        python = installed(bench.folder / "pyyaml", "pyyaml")
    except subprocess.CalledProcessError:
        yield Figure(5, what, unit, 1 / 1.5, None, "PyYAML cannot be installed here")
    else:
        parse = process([python, "-c", _PARSE, root])
        yield Figure(5, what, unit, 1 / 1.5, ratio(cold, parse, bench.few, rehearsed=False))
    status = process(["git", "status", "--short"], root)
    again = bench.program.run(root, "check", now=NOW)
    yield Figure(5, f"{what}, again", "x `git status`", 1.5, ratio(again, status, bench.few, rehearsed=False))


def first_screens(bench: Bench) -> Iterator[Figure]:
    """Figure 6: what is open costs no more for what is over."""
    opened = ("incident", "open", "Checkout answers 5xx", "-r", "r0", "--sev", "3", "--dry-run")
    for words in (("incident", "list"), ("request", "list"), (), ("start", "r0", "--dry-run"), opened):
        many, few = (_screen(bench, root, files, *words) for root, files in _both(bench))
        what = f"`{' '.join(('oncall', *words[:2]))}`, {bench.files:,} files"
        yield Figure(6, what, "x with 100", 3, ratio(many, few, bench.few))


def memory(bench: Bench) -> Iterator[Figure]:
    """Figure 9: the most that a command holds at a time."""
    root, person = large(bench), _on_call(bench.files)
    commands = (
        ("who",),
        ("check",),
        ("incident", "list"),
        ("request", "list"),
        ("start", "r0", "--as", person, "--dry-run"),
        ("schedule",),
        ("agenda",),
        ("history",),
        ("site", "--out", str(bench.folder / "site")),
    )
    for words in commands:
        used = peak_memory([bench.program.oncall, *words], root, {"ONCALL_NOW": NOW, "ONCALL_NO_CACHE": "1"})
        what = f"`{words[0]}{f' {words[1]}' if words[1:2] == ('list',) else ''}`, {bench.files:,} files"
        yield Figure(9, what, "MB", _MOST_MEMORY, used / _MEGABYTE)
    used = peak_memory([bench.program.oncall], root, {"ONCALL_NOW": NOW})
    yield Figure(9, f"`oncall`, {bench.files:,} files", "MB", _MOST_MEMORY, used / _MEGABYTE)


def _both(bench: Bench) -> tuple[tuple[Path, int], tuple[Path, int]]:
    return (large(bench), bench.files), (small(bench), 100)


def _screen(bench: Bench, root: Path, files: int, *words: str) -> Work:
    acting = ("--as", _on_call(files)) if "--dry-run" in words else ()
    return bench.program.run(root, *words, *acting, now=NOW)


def _on_call(files: int) -> str:
    return member(team_of(files), 0, TODAY)
