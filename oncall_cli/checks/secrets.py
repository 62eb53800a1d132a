"""Rule W502: no secret stands in a file of the team; what it is and where is told, never the secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from oncall_cli.checks.hygiene import secret_destinations
from oncall_cli.checks.records import SomeFiles, TeamRecords
from oncall_cli.checks.rule import Finding
from oncall_cli.errors import Place

_HINT = "keep it in a vault or a variable and name that here; renew it, for git's history keeps it"


class Sign(NamedTuple):
    """A kind of secret: what each one holds in lower case, looked for first because that is cheap, and its form."""

    kind: str
    holds: bytes
    form: re.Pattern[bytes]


def _sign(kind: str, holds: bytes, form: bytes) -> Sign:
    """Make a sign; every repetition in a form is bounded, so that a long line costs no more than its length."""
    return Sign(kind, holds.lower(), re.compile(form))


_SIGNS = (
    _sign("a private key", b"PRIVATE KEY-----", rb"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----"),
    _sign("a private key", b"AGE-SECRET-KEY-1", rb"AGE-SECRET-KEY-1[0-9A-Z]{20}"),
    _sign("a token of GitHub", b"gh", rb"\bgh[oprsu]_[A-Za-z0-9]{30}"),
    _sign("a token of GitHub", b"github_pat_", rb"github_pat_[A-Za-z0-9_]{30}"),
    _sign("a token of GitLab", b"glpat-", rb"\bglpat-[A-Za-z0-9_-]{16}"),
    _sign("a token of Slack", b"xox", rb"\bxox[abeoprs]-[A-Za-z0-9-]{10}"),
    _sign("a token of Slack", b"xapp-", rb"\bxapp-[0-9]-[A-Za-z0-9-]{10}"),
    _sign("a key of AWS", b"AKIA", rb"\bAKIA[0-9A-Z]{16}\b"),
    _sign("a key of AWS", b"ASIA", rb"\bASIA[0-9A-Z]{16}\b"),
    _sign("a key of Google", b"AIza", rb"\bAIza[0-9A-Za-z_-]{30}"),
    _sign("a key of Stripe", b"k_live_", rb"\b[rs]k_live_[0-9A-Za-z]{16}"),
    _sign("a token of npm", b"npm_", rb"\bnpm_[A-Za-z0-9]{30}"),
    _sign("a token of PyPI", b"pypi-AgE", rb"\bpypi-AgE[A-Za-z0-9_-]{16}"),
    _sign("a key of SendGrid", b"SG.", rb"\bSG\.[A-Za-z0-9_-]{16,40}\.[A-Za-z0-9_-]{16}"),
    _sign("a token of Atlassian", b"ATATT3", rb"\bATATT3[A-Za-z0-9_=-]{20}"),
    _sign("a signed token (JWT)", b"eyJ", rb"\beyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10}"),
    _sign("a bearer token", b"earer ", rb"\b[Bb]earer [A-Za-z0-9._~+/-]{20}"),
    _sign(
        "a webhook of Slack", b"hooks.slack.com", rb"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9]{6}"
    ),
    _sign("a webhook of Discord", b"/api/webhooks/", rb"/api/webhooks/[0-9]{6,30}/[A-Za-z0-9_-]{16}"),
    _sign("a webhook of Teams", b"office.com/webhook", rb"office\.com/webhook(?:b2)?/[A-Za-z0-9-]{8}"),
    _sign("a webhook of Zapier", b"hooks.zapier.com", rb"hooks\.zapier\.com/hooks/catch/[0-9]{1,20}/[A-Za-z0-9]{4}"),
    _sign("a webhook of PagerDuty", b"pagerduty.", rb"events\.pagerduty\.com/(?:integration|x-ere)/[A-Za-z0-9]{16}"),
    _sign("a bot's token of Telegram", b"api.telegram", rb"api\.telegram\.org/bot[0-9]{6,20}:[A-Za-z0-9_-]{16}"),
    _sign("a private calendar feed", b"/private-", rb"/private-[0-9a-f]{16,64}/"),
    _sign("a private calendar feed", b"/private/", rb"(?:webcal|https)://[^\s/]{1,100}/private/[0-9A-Za-z]{16}"),
    _sign("a private calendar feed", b"/owa/calendar/", rb"/owa/calendar/[^\s/]{16,200}/[0-9A-Za-z]{8}"),
    _sign("a private calendar feed", b"webcalToken=", rb"webcalToken=[A-Za-z0-9._-]{8}"),
    _sign(
        "an address with a token",
        b"?",
        rb"[?&](?i:access_token|api_?key|auth|key|password|private_token|secret|sig|signature|token)="
        rb"[A-Za-z0-9%._~+/-]{16}",
    ),
    _sign("an address with a password", b"@", rb"://[^\s/@:\"'<>$]{1,100}:[^\s/@:\"'<>$]{3,200}@"),
    *(
        _sign(
            "a password or key",
            word,
            rb"\b(?i:%b)[\"']?(?:[ \t]{0,8}=[ \t]{0,8}|:[ \t]{1,8})[\"']?"
            rb"(?=[A-Za-z_/+-]{0,80}[0-9])[A-Za-z0-9_/+-]{16}" % word,
        )
        for word in (b"api_key", b"apikey", b"passwd", b"password", b"secret", b"token")
    ),
)


def secrets(records: TeamRecords, files: SomeFiles) -> Iterator[Finding]:
    """W502: nothing that opens a door is written down; one finding a line."""
    told = {found.place[:2] for found in secret_destinations(records)}
    # most words stand in none of the files, which one search through all of them tells
    likely = _likely(b"\n".join(files.contents.values()))
    for path in sorted(files.contents):
        for place, kind in secrets_in(path, files.contents[path], likely):
            if place[:2] not in told:
                told.add(place[:2])
                yield Finding(place, f"what looks like {kind} stands here", _HINT)


def secrets_in(path: str, data: bytes, signs: Sequence[Sign] = _SIGNS) -> list[tuple[Place, str]]:
    """Return where something in a file looks like a secret, and like which kind, by place."""
    found = [(match.start(), sign.kind) for sign in _likely(data, signs) for match in sign.form.finditer(data)]
    return [(_place(path, data, start), kind) for start, kind in sorted(found)]


def _likely(data: bytes, signs: Sequence[Sign] = _SIGNS) -> list[Sign]:
    """Return the kinds of secrets of which the first look does not tell that there are none."""
    lowered = data.lower()
    return [sign for sign in signs if sign.holds in lowered]


def _place(path: str, data: bytes, at: int) -> Place:
    line = data.count(b"\n", 0, at) + 1
    begin = data.rfind(b"\n", 0, at) + 1
    return Place(path, line, len(data[begin:at].decode("utf-8", "replace")) + 1)
