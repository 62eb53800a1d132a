"""Print what ``vobject`` reads in each file of a folder."""

import json
import sys
from pathlib import Path

import vobject

found = {}
folder = Path(sys.argv[1])
for path in sorted(folder.rglob("*.ics")):
    calendar = vobject.readOne(path.read_bytes().decode("utf-8"))
    found[path.relative_to(folder).as_posix()] = [
        [int(event.dtstart.value.timestamp()), int(event.dtend.value.timestamp()), event.summary.value]
        for event in calendar.contents.get("vevent", [])
    ]
json.dump(found, sys.stdout)
