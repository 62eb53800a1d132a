"""Throw bytes at the loader: ``python tests/faults/fuzz_loader.py [SECONDS]``.

With atheris (``pip install atheris``) the bytes grow towards new branches of our code; without it, hypothesis spoils
the files of the repository. Whatever the bytes: a record, or problems that say where; never an exception, and
whatever was read can be told in JSON. The first input that breaks this is printed, and fails the script.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
SECONDS = 60

try:
    import atheris
except ImportError:
    atheris = None

if atheris:
    with atheris.instrument_imports(include=["oncall_cli", "ruamel.yaml"]):
        from tests.repository.loading import PATHS, SEEDS, said_of, spoilt_files
else:
    from tests.repository.loading import PATHS, SEEDS, said_of, spoilt_files


def one_input(data: bytes) -> None:
    """Read the bytes as the record of one kind; the first byte says which."""
    if data:
        said_of(PATHS[data[0] % len(PATHS)], data[1:])


def with_atheris(seconds: int) -> None:
    """Let libFuzzer look for inputs, from the good and the bad files on."""
    import tempfile

    with tempfile.TemporaryDirectory() as corpus:
        for number, (path, data) in enumerate(SEEDS):
            (Path(corpus) / str(number)).write_bytes(bytes([PATHS.index(path)]) + data[:4096])
        options = [f"-max_total_time={seconds}", "-max_len=4096", "-timeout=20", "-rss_limit_mb=2048", "-verbosity=1"]
        atheris.Setup([sys.argv[0], *options, corpus], one_input)
        atheris.Fuzz()


def with_hypothesis(seconds: int) -> None:
    """Spoil files until the time is over."""
    from hypothesis import HealthCheck, given, settings

    end = time.monotonic() + seconds
    rounds = 0

    @settings(max_examples=1000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(spoilt_files())
    def look(spoilt: tuple[str, bytes]) -> None:
        said_of(*spoilt)

    while time.monotonic() < end:
        look()
        rounds += 1
        print(f"{rounds * 1000} inputs, nothing raised", flush=True)


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    (with_atheris if atheris and "--hypothesis" not in sys.argv else with_hypothesis)(asked)
