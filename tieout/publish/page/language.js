"use strict";
const root = document.documentElement;
const spoken = JSON.parse(document.getElementById("words").textContent);
root.classList.add("js");

function place() { return root.lang === "en" ? 1 : 0; }

function say(text) { return text[place()]; }

function word(term) {
  return term ? say(spoken.words[term] || [term.replace(/_/g, " "), term.replace(/_/g, " ")]) : "";
}

function remembered() {
  try { return localStorage.getItem("tieout-language"); } catch (refused) { return null; }
}

function remember(language) {
  try { localStorage.setItem("tieout-language", language); } catch (refused) { /* not kept */ }
}

/* What CSS cannot switch: options, labels, hints and the title of the window. */
function speak(language) {
  root.lang = language === "en" ? "en" : "zh-CN";
  const key = language === "en" ? "En" : "Zh";
  document.querySelectorAll("[data-zh]").forEach((each) => { each.textContent = each.dataset[key.toLowerCase()]; });
  document.querySelectorAll("[data-label-zh]").forEach((each) => { each.setAttribute("aria-label", each.dataset["label" + key]); });
  document.querySelectorAll("[data-hint-zh]").forEach((each) => { each.placeholder = each.dataset["hint" + key]; });
  document.querySelectorAll("[data-language]").forEach((each) => {
    each.setAttribute("aria-pressed", String(each.dataset.language === language));
  });
}

function element(name, kind, ...inside) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...inside);
  return made;
}
