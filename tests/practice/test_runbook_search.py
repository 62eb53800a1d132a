"""Pasted alerts and the runbook that belongs to each, whatever their numbers and hosts are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.practice.runbook_search import RunbookText, ranked
from oncall_cli.repository.reading import TeamRepository

OURS = Path(__file__).parents[2]
TEAMS = OURS / "tests" / "teams"

BOOK = """\
# Alerts of the shop

What we know, an entry for each.

## Redis memory is high

`redis-cli info memory`. Evict the sessions.

## Payment queue grows

```
# Redis memory is not a heading here
shopctl queue drain payments
```

### When the provider is down

Switch to the second provider.

## Replica lag

Take the replica out of the pool.
"""


def texts(root: Path) -> dict[str, RunbookText]:
    return {
        name: RunbookText(page.head.title, page.body, page.head.alerts, page.head.services)
        for name, page in TeamRepository(root).runbooks().items()
    }


PASTED = [
    (OURS, "tracking-api 5xx ratio 24.6% for 3 minutes", "tracking-api-5xx"),
    (OURS, "[FIRING:2] tracking-api 5xx ratio above 5% (value: 71.03%)", "tracking-api-5xx"),
    (OURS, "tracking-api is down on api-7d9f8b6c5-x2x4z since 2026-11-20T03:14:07Z", "tracking-api-5xx"),
    (OURS, "HTTP 503 from https://tracking.example.com/v2/parcels/8841", "tracking-api-5xx"),
    (OURS, "replica lag 94 s on tracking-db-3", "tracking-api-5xx"),
    (OURS, "connection pool exhausted: 200/200 idle in transaction", "tracking-api-5xx"),
    (OURS, "label-queue oldest message 1312 s in dal-1", "label-queue-backlog"),
    (OURS, "label-queue depth 18233 in aus-4", "label-queue-backlog"),
    (OURS, "LabelQueueDepthHigh gateway=hou-2 depth=7714", "label-queue-backlog"),
    (OURS, "labels are printed late at the depot", "label-queue-backlog"),
    (OURS, "printers offline: 12 of 40", "label-queue-backlog"),
    (OURS, "portal certificate expires in 6 days (serial 0x3fa9b)", "certificate-expiry"),
    (OURS, "CertificateExpirySoon: CN=labels.example.com notAfter=2026-12-01", "certificate-expiry"),
    (OURS, "renewal of the certificate failed twice", "certificate-expiry"),
    (TEAMS / "infrastructure", "Disk usage 95% on osd-7", "disk-usage"),
    (TEAMS / "infrastructure", "disk_usage{host='osd-12',pct='91.5'} 91.5", "disk-usage"),
    (TEAMS / "infrastructure", "[CRITICAL] osd-31.eu-west.example.net: disk full (97%)", "disk-usage"),
    (TEAMS / "infrastructure", "Object store refused 8312 writes in 60 s", "disk-usage"),
    (TEAMS / "infrastructure", "object-store: writing refused, request 3f2a9c1d77", "disk-usage"),
    (TEAMS / "infrastructure", "Registry pull errors 38% for 5 minutes", "registry-pulls"),
    (TEAMS / "infrastructure", "registry: pulling image sha256:9f86d081884c7d65 failed on cache-9", "registry-pulls"),
    (TEAMS / "infrastructure", "ImagePullErrors from registry, 412 errors", "registry-pulls"),
    (TEAMS / "infrastructure", "API latency p99 7.2 s in eu-central", "api-latency"),
    (TEAMS / "infrastructure", "api_latency_seconds{quantile='0.99',region='us-west'} 3.81", "api-latency"),
    (TEAMS / "infrastructure", "etcd leader changed 6 times in the last hour: control plane slow", "api-latency"),
    (TEAMS / "shield", "sign-in error ratio 14.2% on gateway-6", "failed-deploy"),
    (TEAMS / "shield", "Deploy 20261120.4 of billing-portal failed at step 7", "failed-deploy"),
    (TEAMS / "shield", "IAM audit: 3 keys older than 90 days", "iam-audit"),
    (TEAMS / "weekly", "tiles 404 ratio 23.9% in eu-north-2", "grey-tiles"),
    (TEAMS / "sprint", "checkout success 41.7% (10.2.3.4:9100)", "checkout-down"),
]


@pytest.mark.parametrize(("root", "alert", "expected"), PASTED, ids=[alert for _, alert, _ in PASTED])
def test_a_pasted_alert_finds_its_runbook(root: Path, alert: str, expected: str) -> None:
    """The first answer is the runbook that belongs to the alert."""
    found = ranked(alert, texts(root))
    assert [match.id for match in found][:1] == [expected]
    assert found[0].words


@pytest.mark.parametrize(
    "alert",
    ["the coffee machine is empty", "Clock skew 2.4 s on node-a14", "95% 10.0.0.1 2026-11-20", "critical warning", ""],
)
def test_nothing_is_found_where_nothing_fits(alert: str) -> None:
    """What no runbook tells of, and what says nothing but numbers, finds nothing."""
    assert ranked(alert, texts(TEAMS / "infrastructure")) == []


@pytest.mark.parametrize(
    ("alert", "heading"),
    [
        ("redis memory 91% on cache-3", "Redis memory is high"),
        ("payment queue 5512 messages, grows", "Payment queue grows"),
        ("ReplicaLagHigh mysql-4 118 s", "Replica lag"),
        ("alerts of the shop", None),
    ],
)
def test_an_entry_of_a_large_file_is_found(alert: str, heading: str | None) -> None:
    """Where one file has a heading for each alert, the answer names the file and the heading."""
    books = {**texts(OURS), "shop": RunbookText("Alerts of the shop", BOOK)}
    best = ranked(alert, books)[0]
    assert (best.id, best.heading) == ("shop", heading)


@given(st.lists(st.sampled_from([alert for _, alert, _ in PASTED]), max_size=3), st.text(max_size=80))
def test_any_text_has_an_answer_in_one_order(alerts: list[str], more: str) -> None:
    """Whatever is pasted: scores fall, every runbook stands once, and the same text has the same answer."""
    books = texts(TEAMS / "infrastructure")
    said = " ".join([*alerts, more])
    found = ranked(said, books)
    assert found == sorted(found, key=lambda match: (-match.score, match.id))
    assert len({match.id for match in found}) == len(found)
    assert found == ranked(said, dict(reversed(books.items())))


def test_numbers_and_hosts_change_nothing() -> None:
    """The same alert of another host, at another time, has the same answer."""
    books = texts(TEAMS / "infrastructure")
    first = ranked("2026-11-04T19:10:00Z Disk usage 95% on osd-7 (10.1.2.3)", books)
    other = ranked("2026-12-31T23:59:59Z Disk usage 90.25% on osd-1184 (10.9.8.7)", books)
    assert first == other
