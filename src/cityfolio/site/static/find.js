// The search page: every word must be found; what begins with the words stands before what only holds them.
"use strict";
(() => {
  const page = document.getElementById("find");
  if (!page) return;
  const { words, given, journey, load, plain, joined, nearly, unspaced, holds, make } = cityfolio;
  const say = words(page);
  const form = page.querySelector("form");
  const box = form.querySelector("input");
  const status = page.querySelector("[role=status]");
  const found = page.querySelector(".found");
  const KINDS = ["unit", "group", "question", "answer", "text"];
  const MOST = 20;

  let index = [];
  const prepare = (entries) => {
    index = entries.map(([kind, title, target, within, more]) => ({
      kind, title, target, within, more,
      name: ` ${plain(title)}`, all: ` ${plain(`${title} ${within} ${more}`)}`,
    }));
  };

  // 0: the title itself, 1: it begins so, 2: a word of it does, 3: it stands in the title, 4: in the other words, 5: more was typed
  // than the name of a unit or group (the city of Busan); -1: not at all.
  const rank = (entry, whole, parts) => {
    // In a script without spaces a word may be found inside another.
    const inside = (text, part) => text.includes(` ${part}`) || (unspaced.test(part) && text.includes(part));
    if (!parts.every((part) => inside(entry.all, part))) return /unit|group/.test(entry.kind) && holds(whole, entry.name.slice(1)) ? 5 : -1;
    if (entry.name === ` ${whole}`) return 0;
    if (entry.name.startsWith(` ${whole}`)) return 1;
    if (parts.every((part) => entry.name.includes(` ${part}`))) return 2;
    return parts.every((part) => inside(entry.name, part)) ? 3 : 4;
  };

  // Where nothing is found as it was typed.
  const loosely = (entry, whole, parts) => joined(entry.all, whole) ? 6 : nearly(entry.all, parts) ? 7 : -1;

  // A stretch of a text about the first word that was found in it.
  const stretch = (entry, parts) => {
    if (!entry.more || parts.every((part) => entry.name.includes(part))) return "";
    const sentences = entry.more.split(/(?<=[.!?。])\s+/);
    const fit = sentences.find((sentence) => parts.some((part) => ` ${plain(sentence)}`.includes(part))) || "";
    return fit.length > 180 ? `${fit.slice(0, 177)}…` : fit;
  };

  const show = () => {
    const whole = plain(box.value);
    const parts = whole.split(" ").filter(Boolean);
    const by = (ranking) => index.map((entry) => ({ entry, at: ranking(entry, whole, parts) })).filter(({ at }) => at >= 0);
    const exact = parts.length ? by(rank) : [];
    const hits = exact.length || !parts.length ? exact : by(loosely);
    const groups = KINDS.map((kind) => [kind, hits.filter(({ entry }) => entry.kind === kind)
      .sort((a, b) => a.at - b.at || a.entry.title.localeCompare(b.entry.title, document.documentElement.lang))]).filter(([, some]) => some.length);
    // The kind with the best hit comes first; cities before questions before answers where they are as good.
    groups.sort(([, a], [, b]) => a[0].at - b[0].at);
    found.replaceChildren(...groups.map(([kind, some]) => make("section", {}, make("h2", {}, say(kind)),
      make("ul", {}, ...some.slice(0, MOST).map(({ entry }) => item(entry, parts))))));
    const cut = groups.some(([, some]) => some.length > MOST);
    status.textContent = !parts.length ? "" : hits.length ? say(cut ? "most" : "hits", { n: hits.length, most: MOST }) : say("none");
  };
  const way = journey(() => [["q", box.value.trim()]], () => { box.value = given().get("q") || ""; show(); });
  const item = (entry, parts) => {
    const about = stretch(entry, parts);
    return make("li", {}, make("a", { href: page.dataset.root + entry.target }, entry.title),
      ...(entry.within ? [" ", make("small", {}, entry.within)] : []), ...(about ? [make("p", { class: "quiet" }, about)] : []));
  };

  page.querySelector(".instead").hidden = true;
  form.hidden = false;
  box.value = given().get("q") || "";
  box.addEventListener("input", () => { way.step(box); show(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = found.querySelector("a");
    if (first) first.focus();
  });
  if (!box.value) box.focus();
  load(page.dataset.data, "search/words").then((entries) => { prepare(entries); show(); way.keep(); });
})();
