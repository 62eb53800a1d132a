// What every page begins with.
offerZones();
if (schedule) {
  followers.push(showNow);
  if (chart) beginChart();
  setInterval(showNow, 20000);
}
if (book) beginSearch();
document.querySelectorAll(".feed").forEach(offerCalendar);
if (location.protocol === "file:") document.getElementById("from-files")?.removeAttribute("hidden");
followers.push(markRunning);
showTimes();

// In a list of shifts, the one that runs now is marked; what is over is left out of every list.
function markRunning() {
  const now = nowSeconds();
  for (const item of document.querySelectorAll(".ahead li")) {
    item.hidden = Date.parse(item.querySelector("[data-end]").dateTime) / 1000 <= now;
    if (item.parentElement.querySelectorAll("li:not([hidden])").length === 0) item.closest(".notice").hidden = true;
  }
  for (const row of document.querySelectorAll(".coming tbody tr")) {
    const [start, end] = [...row.querySelectorAll("time")].map((one) => Date.parse(one.dateTime) / 1000);
    row.hidden = end <= now;
    const runs = start <= now && now < end;
    if (runs === row.classList.contains("running")) continue;
    row.classList.toggle("running", runs);
    if (runs) row.lastElementChild.append(element("span", "tag now-tag", "now"));
    else row.querySelector(".now-tag")?.remove();
  }
  for (const cell of document.querySelectorAll("td.turns")) {
    const turns = [...cell.querySelectorAll("[data-to]")];
    const next = turns.find((turn) => Number(turn.dataset.to) > now);
    for (const turn of turns) turn.hidden = turn !== next;
  }
}
