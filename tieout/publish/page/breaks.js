/* The breaks, column by column; a break is a place in the columns. */
const data = JSON.parse(document.getElementById("data").textContent);
const ids = data.columns.break_id || [];
const ROWS = ids.length;
const MONEY = ["ledger_amount", "channel_amount", "difference", "refund", "amount"];

function value(name, row) {
  const column = data.columns[name];
  if (!column.words) return column[row];
  return column.at[row] < 0 ? null : column.words[column.at[row]];
}

/* Digits are set as text: no amount ever becomes a fraction. */
function grouped(minor) {
  const text = String(minor);
  const negative = text[0] === "-";
  const digits = (negative ? text.slice(1) : text).padStart(spoken.currency_decimals + 1, "0");
  const cut = digits.length - spoken.currency_decimals;
  const whole = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ",");
  return (negative ? "\u2212" : "") + whole + (spoken.currency_decimals ? "." + digits.slice(cut) : "");
}

function shown(name, row) {
  const found = value(name, row);
  if (found === null) return "";
  return MONEY.includes(name) ? grouped(found) : String(found);
}

function categoryName(row) {
  const category = value("category", row);
  return say(spoken.names[category] || [category, category]);
}

function ageOf(days) { return days < 1 ? "<1" : days < 7 ? "1-7" : days < 30 ? "7-30" : "30+"; }

function fact(name, row) {
  if (name === "settle_date") return value("subject", row).split(":").pop();
  return name === "cause" ? word(value("cause", row)) : shown(name, row);
}

function filled(template, row) {
  const names = /\{(\w+)\}/g;
  return template
    .replace(/\[\[(.*?)\]\]/g, (_, part) => Array.from(part.matchAll(names)).every((name) => fact(name[1], row)) ? part : "")
    .replace(names, (_, name) => fact(name, row) || "\u2014");
}

function sentence(row) {
  const says = spoken.says[value("category", row)];
  return says ? filled(say(says), row) : categoryName(row) + (place() ? ": " : "\uff1a") + value("subject", row);
}

function remedy(row) {
  const column = data.columns.remedy;
  return column.at[row] < 0 ? "" : (place() ? column.words : column.zh)[column.at[row]];
}

let firstEntry = null;

/* The entries of a break: [[file, line], ...]. */
function entries(row) {
  const places = data.places;
  if (!firstEntry) {
    firstEntry = new Uint32Array(ROWS + 1);
    for (let each = 0; each < ROWS; each += 1) firstEntry[each + 1] = firstEntry[each] + places.count[each];
  }
  const found = [];
  for (let each = firstEntry[row]; each < firstEntry[row + 1]; each += 1) {
    found.push([places.files[places.file[each]], places.line[each]]);
  }
  return found;
}
