// Instants are seconds of UTC. What a wall shows is found by Intl alone; the words are those of the pages themselves.
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const HOUR = 3600, DAY = 86400, WEEK = 7 * DAY;
const walls = new Map();

function formatter(zone) {
  if (!walls.has(zone)) {
    const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };
    let made;
    try {
      made = new Intl.DateTimeFormat("en-US", { ...fields, timeZone: zone, hourCycle: "h23" });
    } catch {
      made = null; // a zone that this browser does not know
    }
    walls.set(zone, made);
  }
  return walls.get(zone);
}

// The seconds that the wall of a zone shows, counted as if it were that of UTC.
function wallOf(instant, zone) {
  const known = formatter(zone) ?? formatter("UTC");
  const shown = Object.fromEntries(known.formatToParts(instant * 1000).map((part) => [part.type, Number(part.value)]));
  return Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour % 24, shown.minute, shown.second) / 1000;
}

// The instant at which the wall first shows the seconds; one that is left out is the moment of the jump.
function instantOf(wall, zone) {
  const offsets = [wall - DAY, wall + DAY].map((near) => wallOf(near, zone) - near);
  const found = offsets.map((offset) => wall - offset).filter((instant) => wallOf(instant, zone) === wall);
  return found.length ? Math.min(...found) : wall - Math.min(...offsets);
}

const clockText = (wall) => new Date(wall * 1000).toISOString().slice(11, wall % 60 ? 19 : 16);

function dayText(wall, thisYear) {
  const date = new Date(wall * 1000);
  const year = date.getUTCFullYear() === thisYear ? "" : ` ${date.getUTCFullYear()}`;
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${year}`;
}

function lengthText(seconds) {
  const parts = [];
  for (const [letter, size] of [["d", DAY], ["h", HOUR], ["m", 60], ["s", 1]]) {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    if (count) parts.push(`${count}${letter}`);
    else if (parts.length) break;
    if (parts.length === 2) break;
  }
  return parts.join(" ") || "0s";
}

// "in 3d 22h": minutes are enough for a person.
const distanceText = (instant, now) => `in ${lengthText(Math.max(60, instant - now - ((instant - now) % 60)))}`;
const nowSeconds = () => Math.floor(Date.now() / 1000);
