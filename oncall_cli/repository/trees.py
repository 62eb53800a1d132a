"""New trees from old ones: only the folders on the way to a changed file are read, and written anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from oncall_cli.errors import Place, Refused
from oncall_cli.repository.objects import Objects

_FOLDER = "40000"
_KINDS = {"160000": "a submodule", "120000": "a symbolic link"}


class Entry(NamedTuple):
    """What git says of a file: its mode, and the name of its content."""

    mode: str
    name: str


class Trees:
    """The folders of one commit, and those that a change makes."""

    def __init__(self, objects: Objects, top: str | None, hash_name: str) -> None:
        self.made: list[bytes] = []
        """The new folders, each after those inside it."""
        self._objects = objects
        self._hash_name = hash_name
        self._top = top
        self._read: dict[str, dict[bytes, Entry]] = {}

    def entry(self, path: str) -> Entry | None:
        """Return what the commit says of a path; None where it has no such file."""
        found = self._folder(self._top)
        *folders, name = path.encode("utf-8", "surrogateescape").split(b"/")
        for part in folders:
            inner = found.get(part)
            if inner is None:
                return None
            _refuse_no_folder(path, inner)
            found = self._folder(inner.name)
        entry = found.get(name)
        if entry and entry.mode in (_FOLDER, *_KINDS):
            raise Refused(f"'{path}' is {_KINDS.get(entry.mode, 'a folder')}", "name a file", Place(path))
        return entry and entry._replace(mode=_usual(entry.mode))

    def changed(self, files: Mapping[str, Entry | None]) -> str:
        """Return the name of the commit's top folder with other files in it; None deletes one."""
        named = {path.encode("utf-8", "surrogateescape"): entry for path, entry in files.items()}
        return self._change(self._top, named) or self._keep(b"")

    def _change(self, name: str | None, files: Mapping[bytes, Entry | None]) -> str | None:
        """Return the name of one folder with other files in it, None when nothing is left."""
        entries = dict(self._folder(name))
        inner: dict[bytes, dict[bytes, Entry | None]] = {}
        for path, entry in files.items():
            first, slash, rest = path.partition(b"/")
            if slash:
                inner.setdefault(first, {})[rest] = entry
            else:
                _set(entries, first, entry)
        for first, below in inner.items():
            old = entries.get(first)
            made = self._change(old.name if old else None, below)
            _set(entries, first, Entry(_FOLDER, made) if made else None)
        return self._keep(_spelled(entries)) if entries else None

    def _keep(self, data: bytes) -> str:
        self.made.append(data)
        head = b"tree %d\0" % len(data)
        return hashlib.new(self._hash_name, head + data, usedforsecurity=False).hexdigest()

    def _folder(self, name: str | None) -> dict[bytes, Entry]:
        if name is None:
            return {}
        if name not in self._read:
            size = hashlib.new(self._hash_name, usedforsecurity=False).digest_size
            self._read[name] = _parsed(self._objects.read(name), size)
        return self._read[name]


def _usual(mode: str) -> str:
    """Return a mode as the index says it; old commits have others."""
    return "100755" if int(mode, 8) & 0o100 else "100644"


def _set(entries: dict[bytes, Entry], name: bytes, entry: Entry | None) -> None:
    if entry is None:
        entries.pop(name, None)
    else:
        entries[name] = entry


def _parsed(data: bytes, size: int) -> dict[bytes, Entry]:
    entries = {}
    begin = 0
    while begin < len(data):
        end = data.index(b"\0", begin)
        mode, _, name = data[begin:end].partition(b" ")
        begin = end + 1 + size
        entries[name] = Entry(mode.decode(), data[end + 1 : begin].hex())
    return entries


def _spelled(entries: Mapping[bytes, Entry]) -> bytes:
    # git sorts a folder as if its name ended in a slash
    order = sorted(entries.items(), key=lambda one: one[0] + b"/" if one[1].mode == _FOLDER else one[0])
    return b"".join(b"%s %s\0%s" % (entry.mode.encode(), name, bytes.fromhex(entry.name)) for name, entry in order)


def _refuse_no_folder(path: str, entry: Entry) -> None:
    if entry.mode != _FOLDER:
        what = _KINDS.get(entry.mode, "a file")
        raise Refused(f"'{path}' goes through {what}", "name a file inside the team's repository", Place(path))
