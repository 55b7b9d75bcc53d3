/* The story of one break, beside the list. */
const FACTS = ["break_id", "subject", "lender", "channel", "bank_code", "borrower_ref", "loan_id", "instalment_no", "order_no",
  "channel_ref", "posting_id", "happened_at", "due_date", "open_since", "age_days", "cause", "liable", "proof",
  "bureau_correction", "stop_collection"];
const WORDED = ["cause", "liable", "proof", "stop_collection"];

function factText(name, row) {
  return WORDED.includes(name) && value(name, row) !== null ? word(String(value(name, row))) : shown(name, row);
}

function chip(severity) { return element("span", "chip " + severity, word(severity)); }

function definitions(kind, names, row) {
  const list = element("dl", kind);
  names.forEach((name) => {
    if (value(name, row) === null) return;
    list.append(element("div", name, element("dt", "", say(spoken.columns[name])), element("dd", "", factText(name, row))));
  });
  return list;
}

function musts(row) {
  const found = [];
  if (value("stop_collection", row)) found.push(element("span", "chip critical", say(spoken.breaks.must_stop)));
  if (value("bureau_correction", row)) {
    found.push(element("span", "chip critical", say(spoken.breaks.must_correct) + " " + value("bureau_correction", row)));
  }
  return found;
}

function entryList(row) {
  const list = element("ol", "entries code");
  entries(row).forEach(([file, line]) => {
    list.append(element("li", "", file, element("b", "", line === null ? "" : ":" + line)));
  });
  return list;
}

/* Who signed for what, and what became of it; nothing when nobody did. */
function signatures(row) {
  const found = data.signed[ids[row]];
  if (!found) return [];
  const list = element("ul", "signed");
  found.forEach(([state, action, by, at, reason]) => {
    list.append(element("li", "", element("b", state === "second_name_needed" ? "must" : "", word(state)), " ",
      [word(action), by, at, reason].filter(Boolean).join(" \u00b7 ")));
  });
  return [element("h4", "", say(spoken.breaks.signed)), list];
}

function story(row) {
  const texts = spoken.breaks;
  const title = element("h3", "", chip(value("severity", row)), " ", categoryName(row));
  const link = element("a", "", say(texts.link));
  link.href = "#break=" + encodeURIComponent(ids[row]);
  link.id = "link";
  const close = element("button", "close", say(texts.close));
  close.type = "button";
  close.id = "close";
  const means = spoken.means[value("category", row)];
  return [
    element("div", "head", title, close),
    element("p", "told", sentence(row)),
    element("p", "quiet", means ? say(means) : ""),
    definitions("amounts", MONEY.slice(0, 4), row),
    element("h4", "", say(texts.remedy)),
    element("p", "", remedy(row), " ", ...musts(row)),
    ...signatures(row),
    element("h4", "", say(texts.entries)),
    entryList(row),
    element("h4", "", say(texts.facts)),
    definitions("facts", FACTS, row),
    element("p", "quiet", link, " \u00b7 ", say(texts.told_by), element("span", "code", "tieout explain " + ids[row])),
  ];
}
