// The table beside the timeline says what the timeline shows, for those who would rather read.
const table = document.querySelector(".timeline .table");

function fillTable() {
  if (!table?.open) return;
  const found = schedule.rotations.flatMap((rotation) => rotation.lanes.flatMap((lane) => shownRows(rotation, lane)));
  found.sort((one, other) => one[0] - other[0]);
  table.querySelector("tbody").replaceChildren(...found.map(([, row]) => row));
}

function shownRows(rotation, lane) {
  const seen = ([start, end]) => start < view.end && end > view.start;
  const gaps = lane.gaps.filter(seen).map(([start, end, intended]) => {
    const said = intended ? element("span", "nobody", "nobody, as intended") : element("span", "gap", "gap");
    return [start, tableRow(rotation, lane, start, end, [said])];
  });
  const shifts = lane.shifts.filter(seen).map(([start, end, people, override]) => {
    const tag = override ? [" ", element("span", "tag", "override")] : [];
    return [start, tableRow(rotation, lane, start, end, [...peopleElements(people), ...tag])];
  });
  return [...shifts, ...gaps];
}

function tableRow(rotation, lane, start, end, who) {
  const zone = choice === "rotation" ? rotation.zone : chartZone();
  const until = timeElement(end, zone);
  until.dataset.end = "";
  until.textContent = endText(start, end, zone);
  const cells = [[timeElement(start, zone)], [until], [rotation.name], [lane.role], who];
  const row = element("tr", "", ...cells.map((content) => element("td", "", ...content)));
  row.dataset.zone = rotation.zone;
  return row;
}
