/* The list: what is filtered and sorted stands in the address, so that a view can be shared;
   only the rows in sight are in the document, so that 50,000 are as quick as 50. */
const ROW_HEIGHT = 52;
const EQUAL = ["category", "severity", "liable", "channel", "bank_code", "lender"];
const SORTS = ["severity", "category", "amount", "refund", "age_days", "liable"];
const form = document.getElementById("filters");
const list = document.getElementById("list");
const spaces = Array.from(document.querySelectorAll("#list .space td"));
const rows = document.getElementById("window");
const panel = document.getElementById("story");
const worst = document.querySelector("#worst tbody");
const printed = worst ? Array.from(worst.rows) : [];
const caption = document.querySelector("#worst caption");
const titled = caption ? Array.from(caption.childNodes) : [];
let view = new URLSearchParams();
let order = [];
let texts = null;
let written = 0;
let selected = null;

function searchTexts() {
  if (!texts) {
    const names = ["break_id", "subject", "channel", "bank_code", "borrower_ref", "loan_id", "order_no", "channel_ref",
      "posting_id", "category", "cause"];
    texts = ids.map((_, row) => (names.map((name) => value(name, row) || "").join(" ") + " " +
      (spoken.names[value("category", row)] || []).join(" ")).toLowerCase());
  }
  return texts;
}

function tests() {
  const found = [];
  EQUAL.forEach((name) => {
    const wanted = view.get(name);
    if (wanted) found.push((row) => value(name, row) === wanted);
  });
  const age = view.get("age");
  if (age) found.push((row) => ageOf(value("age_days", row)) === age);
  const action = view.get("action");
  if (action === "refund") found.push((row) => Number(value("refund", row)) > 0);
  if (action === "bureau") found.push((row) => Boolean(value("bureau_correction", row)));
  if (action === "stop_collection") found.push((row) => Boolean(value("stop_collection", row)));
  const wanted = (view.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length) {
    const held = searchTexts();
    found.push((row) => wanted.every((each) => held[row].includes(each)));
  }
  return found;
}

/* Breaks arrive worst first, so the place of a row is its severity. */
function sorted(places) {
  const sort = view.get("sort") || "";
  const name = sort.replace(/^-/, "");
  if (!SORTS.includes(name)) return places;
  const down = sort[0] === "-" ? -1 : 1;
  if (name === "severity") return down < 0 ? places.reverse() : places;
  const numeric = MONEY.includes(name) || name === "age_days";
  const keys = ids.map((_, row) => numeric ? Number(value(name, row)) : value(name, row) || "");
  return places.sort((one, other) => keys[one] === keys[other] ? one - other : (keys[one] < keys[other] ? -down : down));
}

function narrowed() { return Array.from(view.keys()).some((name) => name !== "break" && name !== "lang"); }

function total(places) {
  const sum = places.reduce((before, row) => before + BigInt(value("amount", row)), BigInt(0));
  return grouped(sum);
}

function cells(row) {
  const about = [value("loan_id", row) && value("loan_id", row) + (value("instalment_no", row) === null ? "" : " #" + value("instalment_no", row)),
    value("borrower_ref", row), value("order_no", row)].filter(Boolean).join(" \u00b7 ") || value("subject", row).split(":").pop();
  const where = [value("channel", row), value("bank_code", row), value("lender", row), shown("happened_at", row) || shown("due_date", row)];
  const link = element("a", "", categoryName(row));
  link.href = "#break=" + encodeURIComponent(ids[row]);
  return [
    element("td", "severity", chip(value("severity", row))),
    element("td", "category", link, element("small", "", word(value("cause", row)))),
    element("td", "about", about, element("small", "", where.filter(Boolean).join(" \u00b7 "))),
    element("td", "amount number", shown("amount", row)),
    element("td", "refund number", shown("refund", row)),
    element("td", "age_days number", shown("age_days", row)),
    element("td", "liable", word(value("liable", row))),
  ];
}

function draw() {
  const room = Math.ceil(list.clientHeight / ROW_HEIGHT) + 8;
  const first = Math.max(0, Math.min(Math.floor(list.scrollTop / ROW_HEIGHT) - 4, order.length - room));
  const last = Math.min(order.length, first + room);
  spaces[0].style.height = first * ROW_HEIGHT + "px";
  spaces[1].style.height = (order.length - last) * ROW_HEIGHT + "px";
  const chosen = view.get("break");
  rows.replaceChildren(...order.slice(first, last).map((row, place) => {
    const line = element("tr", ids[row] === chosen ? "chosen" : "", ...cells(row));
    line.dataset.break = ids[row];
    line.setAttribute("aria-rowindex", String(first + place + 2));
    if (ids[row] === chosen) line.querySelector("a").setAttribute("aria-current", "true");
    return line;
  }));
  if (!order.length) {
    const none = element("td", "quiet", say(spoken.breaks.none_found));
    none.colSpan = 7;
    rows.replaceChildren(element("tr", "", none));
  }
}

function tell() {
  const chosen = view.get("break");
  const row = chosen ? ids.indexOf(chosen) : -1;
  const open = row >= 0;
  panel.classList.toggle("open", open);
  panel.replaceChildren(...(open ? story(row) : [element("p", "quiet",
    chosen ? say(spoken.breaks.unknown).replace("{break_id}", chosen) : say(spoken.breaks.pick))]));
}

/* Filter and sort anew, unless only the open break has changed. */
function select() {
  const wanted = new URLSearchParams(view);
  wanted.delete("break");
  if (wanted.toString() === selected) return;
  selected = wanted.toString();
  const fits = tests();
  const places = [];
  for (let row = 0; row < ROWS; row += 1) if (fits.every((test) => test(row))) places.push(row);
  order = sorted(places);
  list.querySelector("table").setAttribute("aria-rowcount", String(order.length + 1));
  document.getElementById("shown").textContent = say(spoken.breaks.count)
    .replace("{shown}", order.length.toLocaleString("en")).replace("{total}", ROWS.toLocaleString("en")).replace("{amount}", total(order));
  document.querySelectorAll("[data-sort]").forEach((each) => {
    const sort = view.get("sort") || "";
    const here = sort.replace(/^-/, "") === each.dataset.sort;
    each.closest("th").setAttribute("aria-sort", here ? (sort[0] === "-" ? "descending" : "ascending") : "none");
  });
}

function reveal() {
  const place = order.indexOf(ids.indexOf(view.get("break")));
  if (place < 0) return;
  const top = place * ROW_HEIGHT;
  const room = list.clientHeight - ROW_HEIGHT - list.querySelector("thead").offsetHeight;
  if (top >= list.scrollTop && top <= list.scrollTop + room) return;
  list.scrollTop = top < list.scrollTop ? top : top - room;
  draw();
}

function refresh() {
  speak(view.get("lang") || remembered() || "zh");
  if (!form) return;
  Array.from(form.elements).forEach((each) => { if (each.name) each.value = view.get(each.name) || ""; });
  select();
  draw();
  reveal();
  tell();
}

/* Change the view and, a little later, the address (browsers refuse a stream of changes); null takes a key away. */
function change(changes) {
  Object.entries(changes).forEach(([name, wanted]) => wanted ? view.set(name, wanted) : view.delete(name));
  clearTimeout(written);
  written = setTimeout(() => history.replaceState(null, "", "#" + view.toString()), 100);
  refresh();
}

/* Go where the address says; what was still to be written there is out of date. */
function follow() {
  clearTimeout(written);
  const hash = location.hash.slice(1);
  if (hash && !hash.includes("=")) {
    refresh();
    return;
  }
  const language = view.get("lang");
  view = new URLSearchParams(hash);
  if (language && !view.has("lang")) view.set("lang", language);
  if (form) list.scrollTop = 0;
  refresh();
}

function step(by) {
  const place = order.indexOf(ids.indexOf(view.get("break")));
  const next = order[Math.max(0, Math.min(order.length - 1, place + by))];
  if (next !== undefined) change({ break: ids[next] });
}

/* Paper shows what is filtered or sorted, else the worst breaks as they came. */
function forPaper() {
  if (!narrowed()) {
    worst.replaceChildren(...printed);
    caption.replaceChildren(...titled);
    return;
  }
  caption.replaceChildren(document.getElementById("shown").textContent);
  worst.replaceChildren(...order.slice(0, spoken.listed_before).map((row) => element("tr", "",
    element("td", "", chip(value("severity", row))), element("td", "category", categoryName(row)),
    element("td", "", sentence(row), element("small", "code", entries(row).map((each) => each.join(":")).join("; "))),
    element("td", "number", shown("amount", row)), element("td", "number", shown("refund", row)),
    element("td", "number", shown("age_days", row)), element("td", "", word(value("liable", row))),
    element("td", "", remedy(row), " ", ...musts(row)))));
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("a[href^='#'], [data-language], [data-sort], #reset, #close, #window tr");
  if (!target) return;
  if (target.dataset.language) {
    remember(target.dataset.language);
    change({ lang: target.dataset.language });
  } else if (target.dataset.sort) {
    const name = target.dataset.sort;
    const first = MONEY.includes(name) || name === "age_days" ? "-" + name : name;
    const second = first[0] === "-" ? name : "-" + name;
    change({ sort: view.get("sort") === first ? second : view.get("sort") === second ? null : first });
  } else if (target.id === "reset") {
    change(Object.fromEntries(Array.from(view.keys()).filter((name) => name !== "lang").map((name) => [name, null])));
  } else if (target.id === "close") {
    change({ break: null });
  } else if (target.dataset.break || target.closest("#window")) {
    event.preventDefault();
    change({ break: target.closest("tr").dataset.break || null });
  } else if (!target.hash.includes("=")) {
    event.preventDefault();
    document.querySelector(target.hash).scrollIntoView();
  } else if (!target.closest("#story")) {
    event.preventDefault();
    location.hash = target.hash;
    document.getElementById("breaks").scrollIntoView();
  }
});

window.addEventListener("hashchange", follow);
window.addEventListener("beforeprint", () => { if (form) forPaper(); });
if (form) {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    list.scrollTop = 0;
    change({ [event.target.name]: event.target.value });
  });
  list.addEventListener("scroll", draw, { passive: true });
  window.addEventListener("resize", draw);
  list.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
}
follow();
if (form && (view.has("break") || narrowed())) document.getElementById("breaks").scrollIntoView();
