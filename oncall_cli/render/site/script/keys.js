// The buttons of the timeline, and its keys: arrows between shifts, plus and minus to zoom, page keys through time.
function focusBar(bar) {
  if (!bar) return;
  for (const one of chart.querySelectorAll(".bar[tabindex='0']")) one.tabIndex = -1;
  bar.tabIndex = 0;
  view.focus = bar.dataset.key;
  bar.focus();
}

function neighbour(bar, key) {
  const lane = bar.closest(".lane");
  const bars = [...lane.querySelectorAll(".bar")];
  const place = bars.indexOf(bar);
  if (key === "ArrowRight") return bars[place + 1];
  if (key === "ArrowLeft") return bars[place - 1];
  if (key === "Home") return bars[0];
  if (key === "End") return bars.at(-1);
  const lanes = [...chart.querySelectorAll(".lane:not(.head)")].filter((one) => one.querySelector(".bar"));
  const other = lanes[lanes.indexOf(lane) + (key === "ArrowDown" ? 1 : -1)];
  const start = Number(bar.dataset.start);
  return other && [...other.querySelectorAll(".bar")].findLast((one, at) => at === 0 || Number(one.dataset.start) <= start);
}

function onKey(event) {
  const bar = event.target.closest(".bar");
  if (!bar || event.ctrlKey || event.metaKey || event.altKey) return;
  const start = Math.max(view.start, Number(bar.dataset.start));
  const acts = {
    "+": () => showAround(start, view.zoom - 1),
    "=": () => showAround(start, view.zoom - 1),
    "-": () => showAround(start, view.zoom + 1),
    PageDown: () => move(1),
    PageUp: () => move(-1),
  };
  const walks = ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"];
  if (walks.includes(event.key)) focusBar(neighbour(bar, event.key));
  else if (acts[event.key]) {
    view.focus = bar.dataset.key;
    acts[event.key]();
    focusBar(chart.querySelector(".bar[tabindex='0']"));
  } else return;
  event.preventDefault();
}

function button(text, act, name) {
  const made = element("button", "", text);
  made.type = "button";
  if (name) made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}

function buttons() {
  const zooms = element("span", "group");
  zooms.setAttribute("role", "group");
  zooms.setAttribute("aria-label", "Zoom");
  ZOOMS.forEach((zoom, number) => {
    const made = button(zoom.name, () => showAround(Math.max(view.start, Math.min(view.end - 1, nowSeconds())), number));
    made.dataset.zoom = number;
    zooms.append(made);
  });
  const moves = element("span", "group", button("‹", () => move(-1), "Earlier"), button("Today", () => showAround(nowSeconds(), view.zoom)), button("›", () => move(1), "Later"));
  return element("div", "bar-of-buttons", moves, zooms, element("span", "keys", "Keys: arrows, + and −, page up and down"));
}

// Shifts of a day or less have no room for a name in six weeks: where half of the lanes are such, a week is shown.
function areShort() {
  const lanes = schedule.rotations.flatMap((rotation) => rotation.lanes).filter((lane) => lane.shifts.length);
  const short = lanes.filter(({ shifts }) => middle(shifts.map(([start, end]) => end - start)) <= DAY);
  return lanes.length > 0 && short.length * 2 >= lanes.length;
}

const middle = (numbers) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

function beginChart() {
  const said = element("p", "said");
  const legend = element("ul", "legend");
  legend.setAttribute("aria-label", "People in the bars without a name");
  chart.append(buttons(), element("div", "lanes"), legend, said);
  chart.hidden = false;
  chart.addEventListener("keydown", onKey);
  table?.addEventListener("toggle", fillTable);
  view.zoom = chart.clientWidth < 700 || areShort() ? 1 : 3;
  const now = nowSeconds();
  followers.push(() => showAround(view.start || (now < schedule.to ? Math.max(now, schedule.from) : schedule.day), view.zoom));
  let width = chart.clientWidth;
  new ResizeObserver(() => {
    if (chart.clientWidth === width) return;
    width = chart.clientWidth;
    drawChart();
  }).observe(chart);
}
