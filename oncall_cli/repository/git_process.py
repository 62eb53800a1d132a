"""The one way to start git: what may come from the data stands behind ``--``, what a caller left behind is dropped."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from oncall_cli.errors import GitInTheWay

# what a hook, an alias or another repository's git leaves in the environment
_INHERITED = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_EXTERNAL_DIFF",
        "GIT_GLOB_PATHSPECS",
        "GIT_GRAFT_FILE",
        "GIT_ICASE_PATHSPECS",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_NAMESPACE",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_QUARANTINE_PATH",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)
_ENVIRONMENT = {"GIT_TERMINAL_PROMPT": "0", "LANGUAGE": "C", "LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1"}
_ALWAYS = ("--no-pager", "-c", "safe.bareRepository=explicit", "-c", "protocol.ext.allow=never")

if os.name == "nt":
    # a program called git in the folder, which somebody may have committed, is not the one that is meant
    os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")


def surroundings() -> dict[str, str]:
    """Return the user's own variables, without what would lead to another repository."""
    return {name: value for name, value in os.environ.items() if name not in _INHERITED}


def started(
    folder: Path, *words: str, also: Mapping[str, str] = MappingProxyType({}), **streams: Any
) -> subprocess.Popen[bytes]:
    """Start git in a folder; ``also`` are variables for this call, ``streams`` go to ``Popen`` as they are."""
    variables = {**surroundings(), **_ENVIRONMENT, **also}
    try:
        return subprocess.Popen(["git", *_ALWAYS, *words], cwd=folder, env=variables, **streams)
    except FileNotFoundError as missing:
        if not folder.is_dir():
            raise GitInTheWay(f"the folder '{folder}' does not exist") from missing
        raise GitInTheWay("git is not installed, or not on the PATH", "install git") from None
