"""Where the program begins: ``oncall`` and ``python -m oncall_cli``."""

import gc
import os
import sys

from oncall_cli.cache.answers import answered
from oncall_cli.cache.question import Question, question

_COMPLETE, _SHAPE = "complete", "shape"


def main() -> int:
    """Run the command line and return its exit code."""
    # A process that lives for a tenth of a second makes next to no garbage; looking for it took a twentieth of that.
    gc.set_threshold(500_000)
    arguments = sys.argv[1:]
    if arguments[:1] == [_COMPLETE]:
        from oncall_cli.cache.completion import complete

        return complete(arguments[1:], _shape)
    asked = question(arguments)
    code = told(asked) if asked else None
    if code is not None:
        # nothing is left that the end of the interpreter would have to put away, which takes longer than the answer
        os._exit(code)
    return usual(arguments, asked)


def _shape(path: list[str]) -> str:
    """Return what the house says may follow a command, as it was kept or anew."""
    arguments = [_SHAPE, *path]
    asked = question(arguments)
    known = answered(asked) if asked else None
    if known:
        return known[0]
    from oncall_cli.cache.keeping import overheard

    return overheard(lambda: usual(arguments, asked))


def told(asked: Question) -> int | None:
    """Print the answer that is kept and return its exit code; None when there is none, or it cannot be printed."""
    known = answered(asked)
    if known is None:
        return None
    try:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        print(known[0], flush=True)
    except OSError:
        # the usual way tells
        return None
    return known[1]


def usual(arguments: list[str], asked: Question | None) -> int:
    """Answer with all that the house is made of, and keep the answer to what may be asked again."""
    # No plugin of pydantic's has a say in what a file may hold; searching all installed packages for one is slow.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from oncall_cli.app import run

    if asked is None:
        return run(arguments)
    from oncall_cli.cache.keeping import answer_and_keep

    return answer_and_keep(asked, lambda noted: run(arguments, noted))


if __name__ == "__main__":
    sys.exit(main())
