"""The plan of the house: arrows between rooms point down only, and the core knows nothing of the world."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "oncall_cli"

# From the rim to the middle; a room may import from the rooms after it, and from itself.
ROOMS = (
    *("__main__", "cache", "app", "commands", "render", "repository", "checks", "practice", "schedule", "model"),
    *("errors", "lasting"),
)

PURE = ("checks", "practice", "schedule", "model", "errors", "lasting")
WORLD = frozenset(
    {"git", "ruamel", "yaml", "typer", "click", "rich", "os", "sys", "io", "subprocess", "time", "pathlib", "shutil"}
    | {"socket", "tempfile", "random", "requests"}
)
# The cache keeps its own files, and asks before the door is open.
ONE_WRITER = ("repository", "cache")
CLOCKS = ("app", "cache")
# What the interpreter has loaded before any program begins, or holds in itself.
AT_ONCE = frozenset({"_collections_abc", "_imp", "gc", "marshal", "os", "stat", "sys", "time"})
BEFORE_THE_DOOR = (
    "__main__.py",
    "lasting.py",
    *(f"cache/{name}.py" for name in ("answers", "grounds", "place", "question", "store")),
)

READS_THE_CLOCK = ("datetime.now", "datetime.utcnow", "date.today", "time.time", "time.localtime", "time.gmtime")

# What `init --ci` copies into a team's repository is no part of the program: it runs on the host of the repository.
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] != "ci")


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield node.module or ""


def called(path: Path) -> Iterator[tuple[str, int]]:
    for node in nodes(path):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arrows_point_down(path: Path) -> None:
    """A module imports only from its own room and from rooms nearer the middle."""
    room = room_of(path)
    if room == "__init__":
        assert not list(imported(path))
        return
    inward = ROOMS[ROOMS.index(room) :]
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "oncall_cli" and len(parts) > 1:
            assert parts[1] in inward, f"{path} imports {name}: that arrow points up"


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path) in PURE], ids=str)
def test_the_core_knows_nothing_of_the_world(path: Path) -> None:
    """The pure rooms import no git, YAML, terminal, file system or clock."""
    for name in imported(path):
        assert name.split(".")[0] not in WORLD, f"{path} imports {name}"
    for name, line in called(path):
        assert name not in ("open", "print", "input", "datetime.now", "date.today"), f"{path}:{line} calls {name}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_one_room_writes_and_one_reads_the_clock(path: Path) -> None:
    """Only ``repository`` opens files or runs git; only the door reads the clock and the environment."""
    room = room_of(path)
    names = set(imported(path))
    if room not in ONE_WRITER:
        assert not names & {"git", "subprocess", "tempfile"}, f"{path} runs git or makes files"
        for name, line in called(path):
            writes = name == "open" or name.endswith((".write_text", ".write_bytes", ".unlink", ".mkdir"))
            assert not writes, f"{path}:{line} calls {name}"
    if room not in CLOCKS:
        for name, line in called(path):
            assert name not in READS_THE_CLOCK, f"{path}:{line} reads the clock"
            assert name not in ("os.getenv", "os.environ.get") or room == "repository", f"{path}:{line}"


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path) == "cache"], ids=lambda path: path.stem)
def test_the_cache_knows_nothing_of_the_house(path: Path) -> None:
    """What is kept are bytes: no other room has a part in it, but for the words of distances."""
    known = {name for name in imported(path) if name.startswith("oncall_cli.")}
    assert all(name.startswith(("oncall_cli.cache", "oncall_cli.lasting")) for name in known)


@pytest.mark.parametrize("name", BEFORE_THE_DOOR)
def test_nothing_is_loaded_for_an_answer_that_is_known(name: str) -> None:
    """The modules that give a kept answer import each other, and what costs nothing; others only in functions."""
    tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
    named = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)]
    ours = {f"oncall_cli.{one[:-3].replace('/', '.')}" for one in BEFORE_THE_DOOR} | {"oncall_cli", "oncall_cli.cache"}
    assert set(named) <= AT_ONCE | ours


def test_every_room_is_in_the_plan() -> None:
    """A new folder of the package is first given its place in the plan."""
    rooms = {room_of(path) for path in MODULES} - {"__init__"}
    assert rooms == set(ROOMS)
