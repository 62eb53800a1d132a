"""The templates of reviews that ``oncall init`` writes; what stands in a marked part is written from the record."""

# fmt: off
# ruff: noqa: E501  a line of a list in Markdown is one line

POSTMORTEM = """\
---
title: Blameless postmortem
subject: "Review: {{ incident.title }}"
---
# {{ incident.title }}

<!-- oncall:facts -->
- Incident: [{{ incident.id }}]({{ incident.id }}.yaml), {{ incident.severity }}, rotation {{ rotation.name }}
{% if incident.services -%}
- Services: {{ incident.services | join(", ") }}
{% endif -%}
{% for role, person in incident.responders | items -%}
- {{ role | capitalize }}: {{ person }}
{% endfor -%}
- Time to detect {{ times.detect }}, to acknowledge {{ times.acknowledge }}, to mitigate {{ times.mitigate }}, to resolve {{ times.resolve }}
- Review: {{ review.owner }}, to be presented by {{ review.due }}{% if review.reason %}, because {{ review.reason }}{% endif %}
<!-- oncall:end facts -->

## Summary

_Three sentences that somebody understands who was not there._

## Impact

<!-- oncall:impact -->
{% if incident.impact.started -%}
From {{ incident.impact.started | moment }}{% if incident.impact.ended %} to {{ incident.impact.ended | moment }}{% endif %} ({{ rotation.timezone }}).
{% endif -%}
{{ incident.impact.text or "Not written down yet." }}
<!-- oncall:end impact -->

## Timeline

<!-- oncall:timeline -->
{% for entry in incident.timeline -%}
- **{{ entry.at | moment }}** {{ entry.text }} ({{ entry.by }})
{% else -%}
Nothing was written down.
{% endfor -%}
<!-- oncall:end timeline -->

## Detection

_Who or what noticed? What would have noticed earlier?_

## What went well

## What went badly, and where we were lucky

## Contributing factors

_Conditions, not people: what made it possible, what made it worse, what made it last._

## Five whys

1. Why did customers notice?
2. Why?
3. Why?
4. Why?
5. Why?

## Action items

<!-- oncall:actions -->
{% for action in incident.actions -%}
- [{{ "x" if action.state == "done" else " " }}] {{ action.title }} ({{ action.owner or "nobody yet" }}{% if action.due %}, {{ action.due }}{% endif %}){% if action.link %} {{ action.link }}{% endif %}
{% else -%}
None yet: `oncall action add TITLE --incident {{ incident.id }}`
{% endfor -%}
<!-- oncall:end actions -->

## Open questions

<!-- oncall:questions -->
{% for question in questions -%}
- {{ question }}
{% else -%}
The record leaves none open.
{% endfor -%}
<!-- oncall:end questions -->
"""

COE = """\
---
title: Correction of error
subject: "Correction of error: {{ incident.title }}"
---
# Correction of error: {{ incident.title }}

<!-- oncall:facts -->
- Incident: [{{ incident.id }}]({{ incident.id }}.yaml), {{ incident.severity }}
- Owner: {{ review.owner }}, to be presented by {{ review.due }}{% if review.reason %}, because {{ review.reason }}{% endif %}
<!-- oncall:end facts -->

## Summary

_What happened, to whom, for how long, and what ended it: one paragraph that stands alone._

## Impact on customers

<!-- oncall:impact -->
{% if incident.impact.started -%}
From {{ incident.impact.started | moment }}{% if incident.impact.ended %} to {{ incident.impact.ended | moment }}{% endif %} ({{ rotation.timezone }}).
{% endif -%}
{{ incident.impact.text or "Not written down yet." }}
<!-- oncall:end impact -->

_How many customers, and how do we know?_

## Timeline

<!-- oncall:timeline -->
{% for entry in incident.timeline -%}
- **{{ entry.at | moment }}** {{ entry.text }} ({{ entry.by }})
{% else -%}
Nothing was written down.
{% endfor -%}
<!-- oncall:end timeline -->

## Metrics

<!-- oncall:metrics -->
- Time to detect: {{ times.detect }}
- Time to acknowledge: {{ times.acknowledge }}
- Time to mitigate: {{ times.mitigate }}
- Time to resolve: {{ times.resolve }}
<!-- oncall:end metrics -->

## Questions

- Detection: how did we learn of it? How could that take half the time?
- Diagnosis: what did we believe at first, and what showed the cause? How could that take half the time?
- Mitigation: what ended it? How could that take half the time?
- Was there a change, a test or an earlier action item that should have stopped it?

## Five whys

1. Why did customers notice?
2. Why?
3. Why?
4. Why?
5. Why?

## What went well

## Lessons

## Corrective actions

<!-- oncall:actions -->
{% for action in incident.actions -%}
- [{{ "x" if action.state == "done" else " " }}] {{ action.title }} ({{ action.priority }}, {{ action.owner or "nobody yet" }}{% if action.due %}, {{ action.due }}{% endif %}){% if action.link %} {{ action.link }}{% endif %}
{% else -%}
None yet: `oncall action add TITLE --incident {{ incident.id }}`
{% endfor -%}
<!-- oncall:end actions -->

## Open questions

<!-- oncall:questions -->
{% for question in questions -%}
- {{ question }}
{% else -%}
The record leaves none open.
{% endfor -%}
<!-- oncall:end questions -->
"""
