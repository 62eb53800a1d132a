// The calendars below a folder, by their paths.
const fs = require("node:fs");
const path = require("node:path");

exports.calendars = (folder) =>
  fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".ics"))
    .sort()
    .map((name) => [name.split(path.sep).join("/"), fs.readFileSync(path.join(folder, name), "utf8")]);
