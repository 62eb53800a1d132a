// Print what ical.js reads in each file of a folder: node read_icaljs.cjs FOLDER NODE_MODULES
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { calendars } = require("./files.cjs");

(async () => {
  const [folder, modules] = process.argv.slice(2);
  const { default: ICAL } = await import(pathToFileURL(path.join(modules, "ical.js", "dist", "ical.js")));
  const found = {};
  for (const [name, text] of calendars(folder)) {
    const calendar = new ICAL.Component(ICAL.parse(text));
    found[name] = calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return [event.startDate.toUnixTime(), event.endDate.toUnixTime(), event.summary];
    });
  }
  process.stdout.write(JSON.stringify(found));
})();
