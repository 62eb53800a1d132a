"""The names that a team's files have, for the completion of words: folders are listed, and nothing is read."""

import os

_ID = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_YAML, _MARKDOWN = ".yaml", ".md"
_PEOPLE = "people"
# Of years of records those are named that somebody may still have to do with, unless more of the date is given.
_MOST = 200

NOUNS = ("rotation", "person", "override", "incident", "request", "shift", "action", "runbook", "template")


def names(root: str, noun: str, begun: str) -> list[str]:
    """Return the names of the records of a kind that begin so; dated ones with the newest first."""
    rotations = os.path.join(root, "rotations")
    if noun == "person":
        return _stems(os.path.join(rotations, _PEOPLE), _YAML, begun)
    if noun == "rotation":
        return [one for one in _rotations(rotations) if one.startswith(begun)]
    if noun == "runbook":
        return _stems(os.path.join(root, "runbooks"), _MARKDOWN, begun)
    if noun == "template":
        return _templates(os.path.join(root, "templates"), begun)
    found: set[str] = set()
    for rotation in _rotations(rotations):
        folder = os.path.join(rotations, rotation, f"{noun}s")
        found.update(_stems(folder, _YAML, begun) if noun == "override" else _dated(folder, begun))
    return sorted(found, reverse=True)[:_MOST]


def _rotations(folder: str) -> list[str]:
    found = [name for name in _listed(folder) if _is_id(name) and name != _PEOPLE]
    return [name for name in found if os.path.isfile(os.path.join(folder, name, "rotation.yaml"))]


def _dated(folder: str, begun: str) -> list[str]:
    """Return the names of records in folders by year, from the newest year on until there are enough."""
    found: list[str] = []
    for year in reversed(_listed(folder)):
        if len(found) < _MOST and (year.startswith(begun[:4]) or begun.startswith(year)):
            found += _stems(os.path.join(folder, year), _YAML, begun)
    return found


def _templates(folder: str, begun: str) -> list[str]:
    found = [f"{kind}/{name}" for kind in _listed(folder) for name in _stems(os.path.join(folder, kind), _MARKDOWN, "")]
    return [name for name in found if name.startswith(begun)]


def _stems(folder: str, ending: str, begun: str) -> list[str]:
    found = [name.removesuffix(ending) for name in _listed(folder) if name.endswith(ending) and name.startswith(begun)]
    return [name for name in found if _is_id(name)]


def _listed(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _is_id(name: str) -> bool:
    """Tell a name that a record may have, which no shell takes for anything but a word."""
    return bool(name) and _ID.issuperset(name)
