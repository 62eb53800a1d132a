// Who is on call now, by the clock of the browser, as `oncall who` says it.
const source = document.getElementById("schedule");
const schedule = source ? unfolded(JSON.parse(source.textContent)) : null;
const rotationsById = new Map(schedule?.rotations.map((rotation) => [rotation.id, rotation]));
const root = document.querySelector("link[rel=stylesheet]").getAttribute("href").replace("site.css", "");
const samePeople = (one, other) => one.length === other.length && one.every((person) => other.includes(person));
const nameOf = (person) => schedule.people[person][1];
const namesOf = (people) => people.map(nameOf).join(" and ") || "nobody";

// Shifts as [start, end, people, by an override]; on the page each is told from the end of the one before.
function unfolded(data) {
  for (const lane of data.rotations.flatMap((rotation) => rotation.lanes)) {
    let end = data.from;
    lane.shifts = lane.shifts.map(([after, length, people, override]) => {
      const start = end + after;
      end = start + length;
      return [start, end, [people].flat(), override];
    });
  }
  return data;
}

// Who holds a role at an instant, until when, and who comes then; without people it ends when somebody comes.
function holding(lane, instant) {
  const place = lane.shifts.findIndex((shift) => shift[1] > instant);
  if (place < 0) return { people: [], end: null, next: null };
  const [start, end, people] = lane.shifts[place];
  if (start > instant) return { people: [], end: start, next: lane.shifts[place] };
  const next = lane.shifts.slice(place + 1).find((shift) => !samePeople(shift[2], people)) ?? null;
  return { people, end, next };
}

function element(tag, kind, ...content) {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...content);
  return made;
}

function personElement(person) {
  const [id, name, colour] = schedule.people[person];
  if (colour < 0) return element("span", "p", name);
  const link = element("a", `p c${colour}`, name);
  link.href = `${root}people/${id}.html`;
  return link;
}

function peopleElements(people) {
  if (!people.length) return [element("span", "nobody", "nobody")];
  return people.flatMap((person, place) => (place ? [" ", personElement(person)] : [personElement(person)]));
}

// Nobody in a time that was promised is a gap, and looks like one.
function heldBy(people, lane, now) {
  const gap = lane.gaps.some(([start, end, intended]) => start <= now && now < end && !intended);
  return gap && !people.length ? [element("span", "gap", "nobody: a gap")] : peopleElements(people);
}

function showRole(place, lane, now) {
  const held = holding(lane, now);
  const zone = zoneOf(place);
  const until = element("span", "until");
  if (held.end !== null) {
    until.append("until ", timeElement(held.end, zone), `, ${distanceText(held.end, now)}`);
    if (held.next) {
      until.append(`; then ${namesOf(held.next[2])}`);
      if (held.next[0] !== held.end) until.append(" from ", timeElement(held.next[0], zone));
    }
  }
  place.hidden = lane.named && !held.people.length;
  place.dataset.people = held.people.map((person) => schedule.people[person][0]).join(" ");
  place.querySelector("dd").replaceChildren(element("span", "held", ...heldBy(held.people, lane, now), until));
}

// The role lines of a card that the server left out, because nobody held the role on its day, are added.
function roleOf(card, lane) {
  const known = [...card.querySelectorAll(".role")].find((one) => one.dataset.role === lane.role);
  if (known) return known;
  const made = element("div", "role", element("dt", "", lane.role), element("dd", ""));
  made.dataset.role = lane.role;
  card.querySelector("dl").append(made);
  return made;
}

function rungText(step, now) {
  const after = step.after ? `after ${lengthText(step.after)} ` : "";
  if (step.name) return after + step.name;
  if (step.person !== undefined) return after + nameOf(step.person);
  const other = rotationsById.get(step.rotation);
  const lane = other?.lanes.find((one) => one.role === step.role);
  const people = lane ? holding(lane, now).people : [];
  return { text: `${after}${step.elsewhere ? `${other?.name ?? step.rotation} ` : ""}${step.role} ${namesOf(people)}`, people };
}

function showCard(card, now) {
  const rotation = rotationsById.get(card.dataset.rotation);
  for (const lane of rotation.lanes) showRole(roleOf(card, lane), lane, now);
  const rungs = rotation.steps
    .filter((step) => step.after || step.role !== "primary" || step.rotation !== rotation.id)
    .map((step) => rungText({ ...step, elsewhere: step.rotation && step.rotation !== rotation.id }, now))
    .filter((rung) => typeof rung === "string" || rung.people.length || rotation.policy)
    .map((rung) => rung.text ?? rung);
  const ladder = card.querySelector(".ladder");
  ladder.hidden = !rungs.length;
  ladder.textContent = `No answer? ${rungs.join("; ")}`;
}

// What was made long ago may not know who has it now, and says so instead of guessing.
function showAge(now) {
  const place = document.getElementById("stale");
  const known = now >= schedule.from && now < schedule.to;
  const old = now - schedule.day > 3 * DAY;
  place.hidden = known && !old && now >= schedule.day;
  const made = dayText(wallOf(schedule.day, page.zone), NaN);
  place.classList.toggle("loud", !known);
  place.textContent = known
    ? `This page was made for ${made}. What has changed since then is not on it: ask “oncall who”, or build it anew.`
    : `This page was made for ${made} and does not know who is on call now: ask “oncall who”, or build it anew.`;
}

function showNow() {
  const now = nowSeconds();
  for (const card of document.querySelectorAll(".now")) showCard(card, now);
  showAge(now);
  const asOf = document.getElementById("as-of");
  if (asOf) asOf.replaceChildren("now, ", timeElement(now - (now % 60), zoneOf(asOf)));
}
