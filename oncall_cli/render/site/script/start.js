// What every page begins with.
document.documentElement.classList.add("scripted");
offerZones();
if (schedule) {
  followers.push(showNow);
  setInterval(showNow, 20000);
}
showTimes();
