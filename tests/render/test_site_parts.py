"""The parts of the site's pages: Markdown, times, duties in words, and the data for the script."""

from __future__ import annotations

import json
import re

import pytest
from markupsafe import Markup

from oncall_cli.model.rotation import Duty
from oncall_cli.model.time import parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.render.site.data import block
from oncall_cli.render.site.moments import Moments
from oncall_cli.render.site.often import often
from oncall_cli.render.site.places import far_link, incident_path, runbook_path
from oncall_cli.render.site.prose import Prose

PAGES = {"runbooks/disk.md": "runbooks/disk.html", "rotations/p/incidents/2026/x.yaml": "incidents/p/x.html"}
NEW_YORK = Zone("America/New_York")


def html(text: str, source: str = "rotations/p/incidents/2026/x.md", **more: str) -> str:
    return str(Prose(PAGES).html(text, source, "../../", **more))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("[disk](../../../../runbooks/disk.md#full)", '<a href="../../runbooks/disk.html">disk</a>'),
        ("[it](x.yaml)", '<a href="../../incidents/p/x.html">it</a>'),
        ("[web](https://example.com/a)", '<a href="https://example.com/a">web</a>'),
        ("[gone](nowhere.md) **b**", "gone <strong>b</strong>"),
        ("[up](../../../../../etc/passwd)", "up"),
        ("[root](/etc/passwd)", "root"),
        ("[mail](mailto:a@example.com)", "mail"),
        ("[here](#part)", "here"),
    ],
)
def test_links_of_a_text(text: str, made: str) -> None:
    """A link leads to a page of the site or to the web; of any other the words are left."""
    assert made in html(text)
    assert html(text).count("<a ") == made.count("<a ")


def test_nothing_else_of_a_text_is_markup() -> None:
    """No raw HTML, no picture, no style: the policy of the pages would report it."""
    made = html("<b onclick=x>b</b> ![p](https://example.com/p.png)\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n")
    assert "<b" not in made
    assert "<img" not in made
    assert "style=" not in made
    assert '<td class="number">1</td>' in made


def test_headings_stand_below_the_one_of_the_page() -> None:
    """The title is not said twice, ranks go down, each name is given once, and our own markers are gone."""
    made = html("# Title\n\n<!-- oncall:facts 0123456789abcdef -->\n## Part\n\n## Part\n", title="Title")
    assert "Title" not in made
    assert "oncall:" not in made
    assert len(re.findall(r'<h[2-3] id="s-part">', made)) == 1
    assert len(re.findall(r"<h[2-3]", made)) == 2


def test_times() -> None:
    """In the team's zone, with the instant for the browser; an end on the same day is a time alone."""
    moments = Moments(NEW_YORK, parse_instant("2026-11-24T05:00:00Z"))
    start, end = parse_instant("2026-11-24T14:00:00Z"), parse_instant("2026-11-24T22:30:05Z")
    assert moments.between(start, end) == Markup(
        '<time datetime="2026-11-24T14:00Z">Tue 24 Nov 09:00</time> – '
        '<time datetime="2026-11-24T22:30:05Z" data-end>17:30:05</time>'
    )
    assert "Wed 25 Nov 07:30:05" in Moments(Zone("Asia/Tokyo"), start).end(start, end)
    assert moments.day_of(start) == Markup('<time datetime="2026-11-24T14:00Z" data-day>Tue 24 Nov</time>')


@pytest.mark.parametrize(
    ("rule", "at", "said"),
    [
        (None, None, "the whole shift"),
        ("FREQ=DAILY", None, "every day"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "11:00", "every weekday, at 11:00"),
        ("rrule:freq=weekly;byday=mo,we", "09:30", "every week, Mon and Wed, at 09:30"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", None, "every 2 weeks, Mon and Tue and Wed and Thu and Fri"),
        ("FREQ=MONTHLY;BYDAY=1TH", None, "every month, 1st Thu"),
        ("FREQ=MONTHLY;BYDAY=-1FR", None, "every month, last Fri"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", None, "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("FREQ=MONTHLY;BYDAY=9MO", None, "FREQ=MONTHLY;BYDAY=9MO"),
        ("nonsense", None, "nonsense"),
    ],
)
def test_how_often_a_duty_comes(rule: str | None, at: str | None, said: str) -> None:
    """In words where there are some, else as the rule is written."""
    assert often(Duty(id="d", title="D", rrule=rule, at=at)) == said


def test_data_stay_inside_their_element() -> None:
    """JSON says the same, without a sign that would end the element or begin a comment."""
    data = {"name": "</script><!-- & \u2028 <b>"}
    text = block(data)
    assert json.loads(text) == data
    assert not re.search("[<>&\u2028]", text)


def test_places() -> None:
    """A runbook of the name of the list has a page beside it, and only addresses of the web are links."""
    assert runbook_path("index") == "runbooks/index-.html"
    assert incident_path("p", "x") == "incidents/p/x.html"
    assert far_link("javascript:alert(1)", "a <b>") == "a &lt;b&gt;"
    assert (
        far_link("HTTPS://example.com/?a=1&b", "x") == '<a href="HTTPS://example.com/?a=1&amp;b" rel="noreferrer">x</a>'
    )
