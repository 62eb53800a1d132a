"""Secrets are found in any text by kind and place; a long line costs no more than its length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from oncall_cli.checks.secrets import secrets_in
from oncall_cli.repository.ignores import ignores

MIB = 1024 * 1024

# Each is put together here, so that nobody who searches this repository for secrets finds one.
LETTERS = "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0"
SECRETS = {
    "-----BEGIN OPENSSH " + "PRIVATE KEY-----": "a private key",
    "AGE-SECRET-" + "KEY-1" + LETTERS.upper(): "a private key",
    "gh" + "s_" + LETTERS: "a token of GitHub",
    "github" + "_pat_" + LETTERS: "a token of GitHub",
    "gl" + "pat-" + LETTERS: "a token of GitLab",
    "xox" + "b-1234567890-" + LETTERS: "a token of Slack",
    "AK" + "IA" + "ABCDEFGHIJKLMNOP": "a key of AWS",
    "AI" + "za" + LETTERS + "abc": "a key of Google",
    "sk_" + "live_" + LETTERS: "a key of Stripe",
    "ey" + "J" + LETTERS + ".eyJ" + LETTERS + ".x": "a signed token (JWT)",
    "curl -H 'Authorization: Bearer " + LETTERS + "'": "a bearer token",
    "https://discord.com/api" + "/webhooks/123456789/" + LETTERS: "a webhook of Discord",
    "https://acme.webhook.office" + ".com/webhookb2/" + LETTERS: "a webhook of Teams",
    "https://acme.pagerduty.com/private/" + LETTERS + "/feed/ABC": "a private calendar feed",
    "https://api.opsgenie.com/webcal/getRecentSchedule?webcal" + "Token=" + LETTERS: "a private calendar feed",
    "https://status.example.com/hook?id=1&token=" + LETTERS: "an address with a token",
    "https://alice:" + "correct-horse@example.com/": "an address with a password",
    "export API_KEY=" + LETTERS: "a password or key",
    "password: " + LETTERS: "a password or key",
}
HARMLESS = (
    "https://status.example.com/?page=2&key=overview",
    "mailto:alice@example.com and ssh://git@example.com:22/x",
    "export API_KEY=$ONCALL_KEY, password: <from the vault>, token: ${{ secrets.GITHUB_TOKEN }}",
    "password: ask-the-vault-for-the-one-of-production",
    "the private key, Bearer tokens, AKIA, xoxb- and ghp_ are what we look for",
    "https://hooks.slack.com/ and https://docs.example.com/private/reading",
    "commit de63ad6f0c0ffee5ba11ad0123456789abcdef01",
)


@pytest.mark.parametrize("secret", SECRETS, ids=SECRETS.values())
def test_found(secret: str) -> None:
    """Each kind of secret is found in the middle of a text."""
    text = f"Grüße\nrun é {secret}\n".encode()
    assert secrets_in("a.md", text)[0][1] == SECRETS[secret]
    assert {place.line for place, _ in secrets_in("a.md", text)} == {2}


@pytest.mark.parametrize("text", HARMLESS)
def test_not_found(text: str) -> None:
    """What only talks of secrets is none."""
    assert secrets_in("a.md", text.encode()) == []


NASTY: dict[str, Callable[[], str]] = {
    "addresses": lambda: "://" * (MIB // 3),
    "queries": lambda: "://a?" + "&a=b" * (MIB // 4),
    "signs": lambda: "xox" * (MIB // 3),
    "tokens": lambda: "eyJaaaaaaaaaa" * (MIB // 13),
    "one token": lambda: "eyJ" + "a" * MIB,
    "passwords": lambda: "password=" * (MIB // 9),
    "letters": lambda: "token=" + "a" * MIB,
    "people": lambda: "://a:b" * (MIB // 6) + "@",
    "private": lambda: "https://a" * (MIB // 9) + "/private/",
    "bearer": lambda: "Bearer " * (MIB // 7),
    "keys": lambda: "-----BEGIN " * (MIB // 11) + "PRIVATE KEY-----",
    "spaces": lambda: "token" + " " * MIB + "=",
    "ignores": lambda: "# oncall: ignore[" * (MIB // 17),
    "ignored": lambda: " # oncall: ignore[" + "A" * MIB,
}


@pytest.mark.parametrize("name", NASTY)
def test_a_long_line(name: str) -> None:
    """A line of 1 MiB that is made to be slow is read in a moment: no repetition looks back over the line."""
    data = NASTY[name]().encode()
    begin = time.process_time()
    secrets_in("a.md", data)
    ignores({"oncall.yaml": data})
    assert time.process_time() - begin < 5
