// The weeks of the rotations on this page as lanes, from a quarter down to a day, by pointer and by keyboard.
const ZOOMS = [
  { name: "Day", length: DAY, step: DAY },
  { name: "Week", length: WEEK, step: WEEK },
  { name: "2 weeks", length: 2 * WEEK, step: WEEK },
  { name: "6 weeks", length: 6 * WEEK, step: 2 * WEEK },
  { name: "Quarter", length: 13 * WEEK, step: 4 * WEEK },
];
const chart = document.querySelector(".board");
const view = { zoom: 3, start: 0, end: 0, focus: null };

const chartZone = () => zoneOf(chart);
const midnight = (instant, zone, days = 0) => instantOf((Math.floor(wallOf(instant, zone) / DAY) + days) * DAY, zone);
// 1970 began on a Thursday.
const weekday = (instant, zone) => (Math.floor(wallOf(instant, zone) / DAY) + 3) % 7;
const monday = (instant, zone) => midnight(instant, zone, -weekday(instant, zone));

// Show the time around an instant: the day that it is in, or the weeks from its Monday.
function showAround(instant, zoom) {
  const zone = chartZone();
  view.zoom = Math.max(0, Math.min(ZOOMS.length - 1, zoom));
  const { length } = ZOOMS[view.zoom];
  const start = length === DAY ? midnight(instant, zone) : monday(instant, zone);
  view.start = Math.max(midnight(schedule.from, zone), Math.min(start, midnight(schedule.to, zone, -length / DAY)));
  view.end = midnight(view.start, zone, length / DAY);
  drawChart();
}

const move = (steps) => showAround(midnight(view.start, chartZone(), (steps * ZOOMS[view.zoom].step) / DAY), view.zoom);
const share = (instant) => ((instant - view.start) / (view.end - view.start)) * 100;

function placed(made, start, end) {
  const left = Math.max(0, share(start));
  made.style.left = `${left.toFixed(3)}%`;
  made.style.width = `${(Math.min(100, share(end)) - left).toFixed(3)}%`;
  return made;
}

// The days on the axis, or the hours of the only one; each leads closer.
function axis() {
  const zone = chartZone();
  const made = element("div", "axis");
  const ticks = view.zoom === 0 ? hourTicks(zone) : dayTicks(zone);
  for (const [start, end, text, kind] of ticks) {
    const tick = element(view.zoom === 0 ? "span" : "button", `tick ${kind}`, text);
    if (view.zoom > 0) {
      tick.type = "button";
      tick.tabIndex = -1;
      tick.title = "Zoom in";
      tick.addEventListener("click", () => showAround(start, view.zoom > 2 ? 1 : 0));
    }
    made.append(placed(tick, start, end));
  }
  return made;
}

function hourTicks(zone) {
  const width = chart.clientWidth < 700 ? 6 : 2;
  const hours = [];
  for (let start = view.start; start < view.end; start += HOUR) {
    const wall = wallOf(start, zone);
    if ((wall % DAY) % (width * HOUR) === 0) hours.push([start, Math.min(view.end, start + width * HOUR), clockText(wall), ""]);
  }
  return hours;
}

function dayTicks(zone) {
  const narrow = chart.clientWidth < 700;
  const every = view.zoom > 2 ? 7 : narrow && view.zoom === 2 ? 7 : 1;
  const skip = every === 7 && narrow && view.zoom === 4 ? 28 : every;
  const found = [];
  for (let start = view.start; start < view.end; start = midnight(start, zone, skip)) {
    const day = dayText(wallOf(start, zone), thisYear);
    const said = every === 7 ? day.slice(4) : narrow && view.zoom === 1 ? day.slice(0, 3) : day.split(" ").slice(0, 2).join(" ");
    found.push([start, Math.min(view.end, midnight(start, zone, skip)), said, weekday(start, zone) > 4 ? "weekend" : ""]);
  }
  return found;
}

// As much of the names as there is room for; all of it is said to who listens, points or has the focus.
// Letters are only drawn: they are no name to call the bar by, so the legend below tells whose they are.
function shortName(people, width) {
  const room = Math.floor((width - 12) / 7.4);
  const names = people.map(nameOf);
  const said = [names.join(", "), names.map((name) => name.split(" ")[0]).join(", ")].find((text) => text.length <= room);
  const made = element("span", "", said ?? "");
  const letters = names.map(initials).join(" ");
  if (!said && letters.length <= room) made.dataset.letters = letters;
  return made;
}

const initials = (name) => name.split(/[\s-]+/).map((word) => [...word][0]).join("").slice(0, 3);

function shiftBar(rotation, lane, shift, width) {
  const [start, end, people, override] = shift;
  const [id, , colour] = schedule.people[people[0]];
  const bar = element(colour < 0 ? "span" : "a", `bar c${colour}`, shortName(people, width));
  if (colour >= 0) bar.href = `${root}people/${id}.html`;
  else bar.setAttribute("role", "img");
  if (override) bar.classList.add("override");
  bar.dataset.people = people.join(" ");
  if (people.length > 1) bar.classList.add("together");
  return labelled(bar, rotation, lane, `${namesOf(people)}${override ? ", by an override" : ""}`, start, end);
}

function gapBar(rotation, lane, [start, end, intended], width) {
  const text = intended ? "nobody" : "gap";
  const bar = element("span", intended ? "bar gap intended" : "bar gap", element("span", "", width > 40 ? text : ""));
  bar.setAttribute("role", "img");
  return labelled(bar, rotation, lane, intended ? "nobody, as intended" : "gap: nobody is on call", start, end);
}

function labelled(bar, rotation, lane, who, start, end) {
  const zone = choice === "rotation" ? rotation.zone : chartZone();
  const when = `${atText(start, zone)} – ${endText(start, end, zone)}`;
  bar.setAttribute("aria-label", `${who}, ${rotation.name} ${lane.role}, ${when}`);
  bar.dataset.key = `${rotation.id} ${lane.role} ${start}`;
  bar.dataset.start = start;
  bar.tabIndex = -1;
  bar.addEventListener("focus", () => say(bar));
  bar.addEventListener("pointerenter", () => say(bar));
  return placed(bar, start, end);
}

function say(bar) {
  chart.querySelector(".said").textContent = bar.getAttribute("aria-label");
}

// A rotation's lanes; a role held by name has none while nobody holds it.
function rotationRows(rotation) {
  const rows = rotation.lanes.map((lane) => laneRow(rotation, lane)).filter((row) => row);
  rows[0]?.classList.add("first");
  rows[0]?.querySelector(".label").prepend(rotationLink(rotation));
  return rows;
}

function laneRow(rotation, lane) {
  const track = element("div", "track");
  const room = chart.querySelector(".axis").clientWidth;
  const seen = ([start, end]) => start < view.end && end > view.start;
  const width = ([start, end]) => ((Math.min(100, share(end)) - Math.max(0, share(start))) * room) / 100;
  const bars = [
    ...lane.shifts.filter(seen).map((shift) => shiftBar(rotation, lane, shift, width(shift))),
    ...lane.gaps.filter(seen).map((gap) => gapBar(rotation, lane, gap, width(gap))),
  ].sort((one, other) => one.dataset.start - other.dataset.start);
  if (!bars.length && lane.named) return null;
  for (const [start, end] of weekends()) track.append(placed(element("span", "weekend"), start, end));
  track.append(...bars);
  const now = nowSeconds();
  if (now >= view.start && now < view.end) track.append(placed(element("span", "line"), now, now));
  return element("div", "lane", element("div", "label", element("span", "", lane.role)), track);
}

function rotationLink(rotation) {
  const link = element("a", "", rotation.name);
  link.href = `${root}rotations/${rotation.id}.html`;
  return link;
}

function weekends() {
  if (view.zoom < 1 || view.zoom > 3) return [];
  const zone = chartZone();
  const found = [];
  for (let start = monday(view.start, zone); start < view.end; start = midnight(start, zone, 7)) {
    found.push([Math.max(view.start, midnight(start, zone, 5)), Math.min(view.end, midnight(start, zone, 7))]);
  }
  return found.filter(([start, end]) => start < end);
}

function drawChart() {
  const lanes = chart.querySelector(".lanes");
  // Whether a name fits is measured at the axis, which therefore stands first.
  lanes.replaceChildren(element("div", "lane head", element("div", "label", shownWeeks()), element("div", "track", axis())));
  lanes.append(...schedule.rotations.flatMap(rotationRows));
  for (const button of chart.querySelectorAll("[data-zoom]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.zoom) === view.zoom));
  }
  const bars = [...chart.querySelectorAll(".bar")];
  const now = nowSeconds();
  showLegend(bars);
  fillTable();
  const kept = bars.find((bar) => bar.dataset.key === view.focus) ?? bars.find((bar) => Number(bar.dataset.start) >= now) ?? bars[0];
  if (kept) kept.tabIndex = 0;
}

function shownWeeks() {
  const zone = chartZone();
  const first = dayText(wallOf(view.start, zone), thisYear);
  return view.zoom === 0 ? first : `${first.slice(4)} – ${dayText(wallOf(view.end - 1, zone), thisYear).slice(4)}`;
}

// Whoever has a bar that is too short for a name is named below: a colour never stands alone.
function showLegend(bars) {
  const unnamed = bars.filter((bar) => bar.dataset.people && !bar.textContent).flatMap((bar) => bar.dataset.people.split(" ").map(Number));
  const people = [...new Set(unnamed)].sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
  chart.querySelector(".legend").replaceChildren(...people.map((person) => element("li", "", personElement(person))));
}
