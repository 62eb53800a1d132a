// Every time in the reader's zone, with a switch that this browser remembers.
const page = document.body.dataset;
const mine = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const thisYear = new Date(wallOf(Number(page.day), page.zone) * 1000).getUTCFullYear();
const KEPT = "oncall-zone";
const followers = [];
let choice = kept();

function kept() {
  try {
    const known = localStorage.getItem(KEPT);
    return known === "team" || known === "rotation" ? known : "mine";
  } catch {
    return "mine"; // storage is closed to pages from the file system
  }
}

function keep(value) {
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    // the choice lasts as long as the page
  }
}

// The zone in which an element shows its times.
function zoneOf(element) {
  if (choice === "mine") return mine;
  return (choice === "rotation" && element.closest("[data-zone]")?.dataset.zone) || page.zone;
}

const atText = (instant, zone) => {
  const wall = wallOf(instant, zone);
  return `${dayText(wall, thisYear)} ${clockText(wall)}`;
};

function endText(start, end, zone) {
  const sameDay = Math.floor(wallOf(start, zone) / DAY) === Math.floor(wallOf(end, zone) / DAY);
  return sameDay ? clockText(wallOf(end, zone)) : atText(end, zone);
}

function timeElement(instant, zone) {
  const made = document.createElement("time");
  made.dateTime = new Date(instant * 1000).toISOString().replace(/(:00)?\.000Z/, "Z");
  made.textContent = atText(instant, zone);
  return made;
}

// An end stands right after its beginning, and says its day only where it is another.
function showTimes() {
  let before = 0;
  for (const element of document.querySelectorAll("time[datetime]")) {
    const zone = zoneOf(element);
    const instant = Date.parse(element.dateTime) / 1000;
    if (Number.isNaN(instant)) continue;
    if ("day" in element.dataset) element.textContent = dayText(wallOf(instant, zone), thisYear);
    else element.textContent = "end" in element.dataset ? endText(before, instant, zone) : atText(instant, zone);
    before = instant;
  }
  for (const follow of followers) follow();
}

function offerZones() {
  const place = document.getElementById("zone");
  const chosen = document.createElement("select");
  chosen.setAttribute("aria-label", "Zone in which times are shown");
  const zones = [["mine", `your zone, ${mine}`], ["team", `the team's, ${page.zone}`], ["rotation", "each rotation's own"]];
  for (const [value, text] of zones) chosen.add(new Option(text, value, value === "mine", value === choice));
  // On paper the switch is gone, and what it says stands there.
  const paper = element("span", "on-paper");
  const say = () => (paper.textContent = chosen.selectedOptions[0].text);
  chosen.addEventListener("change", () => {
    choice = chosen.value;
    keep(choice);
    say();
    showTimes();
  });
  place.replaceChildren(chosen, paper);
  say();
}
