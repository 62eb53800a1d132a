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

// In a list of shifts, the one that runs now; those that are over are left out.
function markRunning() {
  const now = nowSeconds();
  for (const row of document.querySelectorAll("tr[data-from]")) {
    row.hidden = Number(row.dataset.to) <= now;
    row.classList.toggle("running", Number(row.dataset.from) <= now && !row.hidden);
  }
}
