"""Files to throw at the loader, and what it must make of any of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from oncall_cli.model.time import format_instant
from oncall_cli.render.failure import problem_data, problems_text
from oncall_cli.render.json import to_json
from oncall_cli.repository.layout import claim
from oncall_cli.repository.parse import parse
from tests.repository.corpus import CORPUS

ROOT = Path(__file__).parents[2]
TEAMS = (ROOT, *sorted(path.parent for path in (ROOT / "tests" / "teams").glob("*/oncall.yaml")))


def _records(team: Path) -> list[tuple[str, bytes]]:
    folders = [team / name for name in ("rotations", "runbooks", "templates")]
    files = [team / "oncall.yaml", *(path for folder in folders for path in sorted(folder.rglob("*")))]
    named = [(path.relative_to(team).as_posix(), path) for path in files if path.is_file()]
    return [(name, path.read_bytes()) for name, path in named if claim(name)]


GOOD = [record for team in TEAMS for record in _records(team)]
BAD = [(bad.at, bad.data()) for bad in CORPUS if claim(bad.at) and len(bad.data()) < 20_000]
# one path for each kind of record
PATHS = sorted({claimed.kind.name: path for path, _ in GOOD if (claimed := claim(path))}.values())
_KINDS = {claimed.kind.name: path for path in PATHS if (claimed := claim(path))}
SEEDS = [(_KINDS[claimed.kind.name], data) for path, data in [*GOOD, *BAD] if (claimed := claim(path))]

_BYTES = b"\0\t\n\r \"#%&'*,-:>?@[]`{|}~!\x1b\x7f\x80\xc0\xff\\09aA"
_WORDS = [
    *(
        b"\n  ",
        b"- ",
        b": ",
        b" #",
        b"---\n",
        b"...\n",
        b"? ",
        b"|-\n",
        b">2\n",
        b"<<: ",
        b"!!str ",
        b"&a ",
        b"*a",
        b"'",
        b'"',
    ),
    *(b"\\U00110000", b"\xe2\x80\xae", b"\xc2\x85", b"\xef\xbb\xbf", b"[" * 40, b"{" * 40, b"\r\n", b""),
    *(b"null", b"9999-12-31", b"0001-01-01T00:00:00+14:00", b"999999", b"-1", b"24:00", b"nobody"),
    *(b"%YAML 1.2\n---\n", b"<<<<<<< HEAD\n"),
]


@st.composite
def spoilt_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a record's path and a real file of its kind, or a part of one, with some bytes put in or taken out."""
    path, data = draw(st.sampled_from(SEEDS))
    if draw(st.booleans()):
        start = draw(st.integers(0, len(data)))
        data = data[start : start + draw(st.integers(0, 600))]
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(data)))
        put = draw(
            st.sampled_from(_WORDS) | st.sampled_from(_BYTES).map(lambda byte: bytes([byte])) | st.binary(max_size=4)
        )
        data = data[:at] + put + data[at + draw(st.integers(0, 8)) :]
    return path, data


def said_of(path: str, data: bytes) -> bool:
    """Read a file as the record of its path; return whether it is one, and tell it or its problems either way."""
    claimed = claim(path)
    assert claimed is not None
    found = parse(claimed.kind, data, path, claimed.id)
    if not isinstance(found, list):
        to_json(found.tree.data)
        to_json(plain(found.record)).encode("utf-8")
        return True
    assert found, "neither a record nor a problem"
    for problem in found:
        assert problem.place.path == path
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert len(problem.message) < 1000
        to_json(problem_data(problem)).encode("utf-8")
    assert len(problems_text(found).splitlines()) <= 2 * len(found)
    return False


def plain(value: Any) -> Any:
    """Return a record as JSON has it, each field told by its own type."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return format_instant(value)  # type: ignore[arg-type]
    return value if isinstance(value, bool | None) else str(value)
