"""Where the program begins: ``oncall`` and ``python -m oncall_cli``."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Run the command line and return its exit code."""
    # A process that lives for a tenth of a second makes next to no garbage; looking for it took a twentieth of that.
    gc.set_threshold(500_000)
    # No plugin of pydantic's has a say in what a file may hold; searching all installed packages for one is slow.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from oncall_cli.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
