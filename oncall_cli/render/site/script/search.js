// Runbooks by the words of a pasted alert: a rare word counts more, and more in an alert or a title than in a text.
const WEIGHTS = [5, 4, 3, 2, 1];
const ENDINGS = [["ies", "y"], ["sses", "ss"], ["ing", ""], ["ed", ""], ["s", ""]];
const book = document.getElementById("runbooks");
const runbooks = book ? JSON.parse(book.textContent).runbooks.map((one) => ({ ...one, fields: one.words.map((text) => text.split(" ")) })) : [];

const wordsOf = (text) => text.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];

// Cut as the index is: what the forms of a word share.
function stemOf(word) {
  if (/\d/.test(word) || word.length <= 3) return word;
  for (const [ending, instead] of ENDINGS) {
    const rest = word.slice(0, -ending.length);
    if (!word.endsWith(ending)) continue;
    if (rest.length >= 3 && !/[us]$/.test(rest)) {
      word = undoubled(rest) + instead;
      break;
    }
    if (rest.length > 3 && (ending === "ing" || ending === "ed")) {
      word = undoubled(rest);
      break;
    }
  }
  return word.endsWith("e") && word.length > 3 ? word.slice(0, -1) : word;
}

const undoubled = (word) => (word.length > 3 && word.at(-1) === word.at(-2) && !"lsz".includes(word.at(-1)) ? word.slice(0, -1) : word);

// While somebody types, the last word may still be a beginning of one.
function weightIn(runbook, word, unfinished) {
  const place = runbook.fields.findIndex((field) => field.some((known) => known === word || (unfinished && known.startsWith(word))));
  return place < 0 ? 0 : WEIGHTS[place];
}

function ranked(text) {
  const words = [...new Set(wordsOf(text).map(stemOf))];
  const open = /[\p{L}\p{N}]$/u.test(text) ? stemOf(wordsOf(text).at(-1) ?? "") : null;
  const scores = runbooks.map(() => 0);
  for (const word of words) {
    const weights = runbooks.map((runbook) => weightIn(runbook, word, word === open));
    const count = weights.filter((weight) => weight > 0).length;
    const rarity = Math.log(1 + (runbooks.length - count + 0.5) / (count + 0.5));
    weights.forEach((weight, at) => (scores[at] += weight * rarity));
  }
  return runbooks.map((runbook, at) => ({ runbook, score: scores[at] })).filter((one) => one.score > 0).sort((one, other) => other.score - one.score);
}

function showFound(text) {
  const asked = text.trim() !== "";
  const found = asked ? ranked(text) : [];
  const results = document.querySelector(".results");
  results.hidden = !asked;
  document.querySelector(".all").hidden = asked;
  results.replaceChildren(...found.map(({ runbook }) => element("li", "", runbookLink(runbook))));
  const one = found.length === 1 ? "1 runbook" : `${found.length} runbooks`;
  document.getElementById("found").textContent = asked ? (found.length ? `${one}, the best first` : "No runbook says these words.") : "";
}

function runbookLink(runbook) {
  const link = element("a", "", runbook.title);
  link.href = root + runbook.path;
  return link;
}

function beginSearch() {
  const form = document.querySelector(".search");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.querySelector(".results a")?.focus();
  });
  const field = document.getElementById("search");
  field.addEventListener("input", () => showFound(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    field.value = "";
    showFound("");
  });
}
