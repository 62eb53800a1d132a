"""What every page of the site has in common: its frame, its words for people and times, its way to other pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from oncall_cli.lasting import span
from oncall_cli.model.time import Instant
from oncall_cli.render.people import name_of
from oncall_cli.render.site.moments import Moments
from oncall_cli.render.site.often import often
from oncall_cli.render.site.places import far_link, incident_path, runbook_path
from oncall_cli.render.site.prose import Prose
from oncall_cli.render.text import one_line, visible
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.practice.site import SiteFacts
    from oncall_cli.practice.team_state import TeamState

COLOURS = 12
HOME = "index.html"
FEEDS = "feeds"
"""The folder of the feeds."""


class Options(NamedTuple):
    """What the publisher of a site wants: the address that it will have, and whether contacts are shown."""

    address: str | None = None
    contacts: bool = False


class Frame:
    """Makes the pages of one site."""

    def __init__(self, facts: SiteFacts, options: Options) -> None:
        self.facts = facts
        self.options = options
        self.moments = Moments(facts.team.timezone, facts.day)
        self.colours = {person: number % COLOURS for number, person in enumerate(_in_order(facts.state))}

    @cached_property
    def today(self) -> str:
        """The day of the site, as ``2026-11-24``."""
        return Times(self.facts.team.timezone, self.facts.day).iso_day(self.facts.day)

    def page(self, path: str, template: str, values: Mapping[str, Any]) -> dict[str, bytes]:
        """Return one page of the site, under its path."""
        root = "../" * path.count("/")
        here = {"root": root, "path": path, "places": self._places}
        text = self._environment.get_template(template).render({**here, **values})
        return {path: text.encode()}

    @cached_property
    def prose(self) -> Prose:
        """The reader of Markdown, which knows the page of each file that has one."""
        known = {page.head.path: runbook_path(name) for name, page in self.facts.runbooks.items()}
        for page in self.facts.incidents:
            path = incident_path(page.rotation, page.incident.id)
            known[page.incident.path] = path
            if page.review and page.incident.review and page.incident.review.path:
                known[page.incident.review.path] = f"{path}#review"
        return Prose(known)

    def person(self, person: str, root: str = "") -> Markup:
        """Return somebody's name, as a link to their page where they have one."""
        name = name_of(person, self.facts.state.people)
        if person not in self.facts.state.people:
            return Markup('<span class="p">{}</span>').format(name)
        return Markup('<a class="p c{}" href="{}people/{}.html">{}</a>').format(
            self.colours[person], root, person, name
        )

    def people(self, ids: Iterable[str], root: str = "") -> Markup:
        """Return several names in a row; ``nobody`` for none."""
        found = [self.person(person, root) for person in ids]
        return Markup(" ").join(found) if found else Markup('<span class="nobody">nobody</span>')

    @cached_property
    def _places(self) -> list[tuple[str, str]]:
        """The pages that every page leads to, with their names."""
        facts = self.facts
        known = [
            (HOME, "On call", True),
            ("incidents/index.html", "Incidents", bool(facts.incidents)),
            ("runbooks/index.html", "Runbooks", bool(facts.runbooks)),
            ("reports/index.html", "Reports", bool(facts.reports)),
            ("load.html", "Load", bool(facts.loads)),
            ("people/index.html", "People", bool(facts.state.people)),
            ("calendars.html", "Calendars", bool(facts.feeds)),
        ]
        return [(path, name) for path, name, there in known if there]

    @cached_property
    def _environment(self) -> Environment:
        made = Environment(
            loader=PackageLoader("oncall_cli.render.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            finalize=_safe,
        )
        made.globals.update(
            facts=self.facts,
            team=one_line(self.facts.team.name),
            zone=self.facts.team.timezone.name,
            options=self.options,
            day=self.facts.day,
            date=Times(self.facts.team.timezone, Instant(0)).day(self.facts.day),
            moments=self.moments,
            far=far_link,
            often=often,
            webcal=lambda path: _webcal(f"{self.options.address}/{FEEDS}/{path}"),
            incident_path=incident_path,
            runbook_path=runbook_path,
            person=self.person,
            people=self.people,
            span=span,
            name=lambda person: name_of(person, self.facts.state.people),
        )
        made.filters["line"] = one_line
        return made


def _in_order(state: TeamState) -> list[str]:
    """Return everybody who has a page, those who take turns with each other next to each other."""
    records = [files.record for files in state.rotations.values()]
    rosters = [version for record in records for layer in record.all_layers() for version in layer.roster]
    on_a_roster = [person for version in rosters for member in version.members for person in member]
    return [person for person in dict.fromkeys([*on_a_roster, *sorted(state.people)]) if person in state.people]


def _webcal(address: str) -> str:
    """Return an address as programs for calendars know it."""
    return f"webcal:{address.partition(':')[2]}"


def _safe(value: Any) -> Any:
    """Spell out what a reader's machine would obey, hide or turn around, in whatever the data say."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def asset(name: str) -> bytes:
    """Return a file of ours that stands beside the pages."""
    return files("oncall_cli.render.site").joinpath(name).read_bytes()
