"""The words of a pasted alert that mean something: what varies from one time to the next is left out.

A word's stem is found by a few suffixes, after D. Harman, "How effective is suffixing?", Journal of the American
Society for Information Science 42(1), 1991: for short technical texts a light stemmer does as well as a heavy one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

MOST_TEXT = 20_000
"""How many characters of a pasted text are looked at: an alert begins with what it is about."""

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)?|.)", re.DOTALL)
_VARIES = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,10}://[^\s/]+"  # the host of an address; its path is words
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"  # a UUID
    r"|\b\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:z|[+-]\d\d:?\d\d)?)?\b"  # a date and time
    r"|\b\d\d?:\d\d(?::\d\d)?(?:\.\d+)?\b"  # a clock time
    r"|\b\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d{1,5})?\b"  # an IP address, with a port or a mask
    r"|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b"  # an IPv6 or hardware address
    r"|\b0x[0-9a-f]+\b"
    r"|\b(?=[a-f]*\d)[0-9a-f]{7,64}\b"  # a hash
    r"|(?<!\S)[^\s@]{1,64}@\S+"  # somebody's address
    r"|#\d+"
    r"|[-+]?\b\d{1,15}(?:[.,]\d{1,9}){0,3}\s?(?:%|[kmgtp]i?b|[nmµ]?s|secs?|mins?|hrs?|hours?|days?|[mhd]|/s|rps)(?!\w)",
    re.IGNORECASE,
)
_CLASS = re.compile(r"\b(http|status|code|error|errors|returned|answers?)((?:/\d(?:\.\d)?)?[ =:]*)([45])\d\d\b", re.I)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")
_LETTERS_AND_NUMBER = re.compile(r"([a-z]{2,})\d+")
_SHORT = 3

_SAY_NOTHING = """
a about above after again ago alert alerting alertname all also am an and any are as at be because been before below
between but by can cannot cluster com could critical current currently day description did do does down during each
else em fired firing for from had has have he her high him his host hostname hour how http https if in info instance
internal into io is it its job just last less level local low many may me message min minute minutes more most must
my name nearly net never new no node none not now of off on once one only or org other our out over own pager
percent priority prometheus second seconds severity since summary svc than that the their them then there these they
this those threshold through time to too trigger triggered under until up us value very warn warning was we were
what when where which while who why will with within would www yet you your
"""
_STOP = frozenset(_SAY_NOTHING.split())


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text, in lower case, without those that vary or say nothing."""
    plain = _CLASS.sub(r"\1\2\3xx", _ESCAPES.sub(" ", text[:MOST_TEXT]))
    for found in _WORD.finditer(_CAMEL.sub(" ", _VARIES.sub(" ", plain))):
        word = _constant(found[0].lower())
        if word and len(word) > 1 and word not in _STOP:
            yield word


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return what the forms of a word share: ``refuses`` and ``refused`` are one."""
    if any(char.isdigit() for char in word) or len(word) <= _SHORT:
        return word
    for suffix, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
        rest = word.removesuffix(suffix)
        if rest != word and len(rest) >= _SHORT and not rest.endswith(("u", "s")):
            word = _undoubled(rest) + instead
            break
        if rest != word and len(rest) > _SHORT and suffix in ("ing", "ed"):
            word = _undoubled(rest)
            break
    return word[:-1] if word.endswith("e") and len(word) > _SHORT else word


def _undoubled(word: str) -> str:
    """Return ``stop`` for the ``stopp`` of ``stopped``; ``pull`` and ``miss`` stay."""
    twice = len(word) > _SHORT and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if twice else word


def _constant(word: str) -> str:
    """Return the part of a word that stays: ``web`` of ``web01``; names such as ``s3``, ``5xx`` and ``p99`` stay."""
    if not any(char.isdigit() for char in word):
        return word
    if word.isdigit():
        return ""
    if len(word) <= _SHORT:
        return word
    found = _LETTERS_AND_NUMBER.fullmatch(word)
    return found[1] if found else ""
