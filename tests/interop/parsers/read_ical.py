"""Print what ``ical`` reads in each file of a folder."""

import json
import sys
from pathlib import Path

from ical.calendar_stream import IcsCalendarStream

found = {}
folder = Path(sys.argv[1])
for path in sorted(folder.rglob("*.ics")):
    calendar = IcsCalendarStream.calendar_from_ics(path.read_bytes().decode("utf-8"))
    found[path.relative_to(folder).as_posix()] = [
        [int(event.dtstart.timestamp()), int(event.dtend.timestamp()), event.summary] for event in calendar.events
    ]
json.dump(found, sys.stdout)
