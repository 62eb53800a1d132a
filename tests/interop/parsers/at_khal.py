"""Import a feed into khal, and print the titles that `khal at` shows at each moment that standard input lists."""

import contextlib
import io
import json
import sys
from pathlib import Path

from khal.cli import main_khal

CONFIG = """\
[calendars]
[[feed]]
path = {folder}/calendar
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = feed
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def khal(*words: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main_khal(["-c", str(config), *words], standalone_mode=False)
    return said.getvalue()


feed, folder, zone = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
(folder / "calendar").mkdir(parents=True)
config = folder / "config"
config.write_text(CONFIG.format(folder=folder, zone=zone), encoding="utf-8")
khal("import", "--batch", "--include-calendar", "feed", feed)
found = [
    khal("at", *moment.split(), "--format", "{title}", "--day-format", "").splitlines()
    for moment in json.load(sys.stdin)
]
json.dump(found, sys.stdout)
