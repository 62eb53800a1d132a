"""What others cost that answer the like from the like, in the same run: khal, todoman, remind, taskwarrior.

None of them knows a rotation. Each gets a file, an event or a task for each thing that ours holds, and is asked what a
person would ask it; a peer that is not installed is skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.figure import Bench, Figure
from tests.benchmarks.installed import installed
from tests.benchmarks.measure import Cost, Work, process, ratio
from tests.benchmarks.team import TODAY

_UNIT = "x bare Python"
_EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//benchmark//EN
BEGIN:{kind}
UID:{number}@example.com
DTSTAMP:20260101T000000Z
DTSTART:{day:%Y%m%d}T140000Z
{end}:{day:%Y%m%d}T220000Z
SUMMARY:Person {person} is on call
END:{kind}
END:VCALENDAR
"""
_KHAL = """\
[calendars]
[[team]]
path = {0}/events
type = calendar
[sqlite]
path = {0}/khal.db
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def peers(bench: Bench) -> Iterator[Figure]:
    """Measure each peer that there is, with as many records as the large team has files, but 10,000 at most."""
    count = min(bench.files, 10_000)
    yield from _of_python(bench, count)
    yield from _remind(bench, count)
    yield from _taskwarrior(bench, count)


def _of_python(bench: Bench, count: int) -> Iterator[Figure]:
    try:
        tools = installed(bench.folder / "peers", "khal", "todoman").parent
    except subprocess.CalledProcessError:
        yield Figure(0, "khal, todoman", _UNIT, None, None, "they cannot be installed here")
        return
    home = bench.folder / "peer-files"
    _write_events(home / "events", count, "VEVENT", "DTEND")
    _write_events(home / "todos" / "team", count, "VTODO", "DUE")
    (home / "khal.conf").write_text(_KHAL.format(home))
    (home / "todoman.py").write_text(f'path = "{home}/todos/*"\ncache_path = "{home}/todo.db"\n')
    bare, day = bench.program.bare(), TODAY.isoformat()
    khal = process([tools / "khal", "-c", str(home / "khal.conf"), "list", day, "1d"])
    yield Figure(0, f"khal: who today, {count:,} events, nothing changed", _UNIT, None, ratio(khal, bare, bench.few))
    touched = _after_a_change(khal, home / "events")
    yield Figure(0, f"khal: the same after one file changed, {count:,} events", _UNIT, None, ratio(touched, bare, 3))
    todoman = process([tools / "todo", "--config", str(home / "todoman.py"), "list"])
    yield Figure(0, f"todoman: what is open, {count:,} tasks", _UNIT, None, ratio(todoman, bare, bench.few))


def _remind(bench: Bench, count: int) -> Iterator[Figure]:
    if not shutil.which("remind"):
        yield Figure(0, "remind", _UNIT, None, None, "not installed: apt-get install remind")
        return
    path = bench.folder / "team.rem"
    days = (TODAY - timedelta(days=number) for number in range(count))
    path.write_text("".join(f"REM {day:%d %b %Y} AT 14:00 DURATION 8:00 MSG Person 1 is on call\n" for day in days))
    asked = process(["remind", "-q", str(path), *f"{TODAY:%d %b %Y}".split()])
    yield Figure(
        0, f"remind: who today, {count:,} lines", _UNIT, None, ratio(asked, bench.program.bare(), bench.rounds)
    )


def _taskwarrior(bench: Bench, count: int) -> Iterator[Figure]:
    if not shutil.which("task"):
        yield Figure(0, "taskwarrior", _UNIT, None, None, "not installed: apt-get install taskwarrior")
        return
    home = bench.folder / "task"
    home.mkdir()
    (home / "taskrc").write_text(f"data.location={home}\nconfirmation=off\nnews.version=9\n")
    given = {"TASKRC": str(home / "taskrc"), "TASKDATA": str(home)}
    tasks = [
        {"description": f"Request {number}", "status": "pending" if number < 6 else "completed", **_ENDED}
        for number in range(count)
    ]
    (home / "tasks.json").write_text(json.dumps(tasks))
    words = ["task", "rc.verbose=nothing", "import", str(home / "tasks.json")]
    subprocess.run(words, env={**os.environ, **given}, check=True, capture_output=True)
    asked = process(["task", "list"], environment=given)
    what = f"taskwarrior: what is open, {count:,} tasks"
    yield Figure(0, what, _UNIT, None, ratio(asked, bench.program.bare(), bench.rounds))


_ENDED = {"entry": "20260101T000000Z", "end": "20260102T000000Z"}


def _write_events(folder: Path, count: int, kind: str, end: str) -> None:
    folder.mkdir(parents=True)
    for number in range(count):
        day = TODAY - timedelta(days=number % 3650)
        text = _EVENT.format(number=number, day=day, kind=kind, end=end, person=number % 6)
        (folder / f"{number}.ics").write_text(text.replace("\n", "\r\n"))


def _after_a_change(asked: Work, folder: Path) -> Work:
    path = folder / "0.ics"

    def once() -> Cost:
        path.write_bytes(path.read_bytes().replace(b"is on call", b"is on call!"))
        return asked()

    return once
