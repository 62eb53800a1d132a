// A calendar program wants the whole address of a feed, which only the browser knows, or whoever published the site.
const PROGRAMS = [
  ["Subscribe", "with the calendar of this device", (address) => address.replace(/^https?:/, "webcal:")],
  ["Google", "with Google Calendar", (address) => `https://calendar.google.com/calendar/render?cid=${encodeURIComponent(address.replace(/^https?:/, "webcal:"))}`],
  ["Outlook", "with Outlook", (address, name) => `https://outlook.office.com/calendar/0/addfromweb?url=${encodeURIComponent(address)}&name=${encodeURIComponent(name)}`],
];

function offerCalendar(place) {
  const link = place.querySelector("a");
  const address = place.dataset.address ?? link.href;
  if (!/^https?:/.test(address)) return;
  const offers = PROGRAMS.map(([text, how, target]) => {
    const made = element("a", "button", text);
    made.href = target(address, link.textContent);
    made.rel = "noreferrer";
    made.setAttribute("aria-label", `${text}: ${link.textContent} ${how}`);
    return made;
  });
  const copy = button("Copy address", () => copyAddress(copy, address), `Copy the address of ${link.textContent}`);
  place.querySelector(".offers").replaceChildren(...offers, copy);
}

async function copyAddress(pressed, address) {
  try {
    await navigator.clipboard.writeText(address);
    pressed.textContent = "Copied";
  } catch {
    const field = element("input", "address");
    field.value = address;
    field.readOnly = true;
    field.setAttribute("aria-label", "Address of the calendar");
    pressed.replaceWith(field);
    field.select();
  }
}
