// Print what node-ical reads in each file of a folder: node read_nodeical.cjs FOLDER NODE_MODULES
const path = require("node:path");
const { calendars } = require("./files.cjs");

const [folder, modules] = process.argv.slice(2);
const ical = require(path.join(modules, "node-ical"));
const seconds = (date) => Math.floor(date.getTime() / 1000);
const text = (value) => (typeof value === "object" ? value.val : value);
const found = {};
for (const [name, content] of calendars(folder)) {
  found[name] = Object.values(ical.sync.parseICS(content))
    .filter((each) => each.type === "VEVENT")
    .map((event) => [seconds(event.start), seconds(event.end), text(event.summary)]);
}
process.stdout.write(JSON.stringify(found));
