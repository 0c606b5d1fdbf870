// The comparison: columns chosen by the reader, kept in the address. Without this script the page leads to comparisons that are there.
"use strict";
(() => {
  const page = document.getElementById("compare");
  if (!page) return;
  const { words, given, journey, load, perCent, fact, make } = cityfolio;
  const say = words(page);
  const { data, edition, facts, cities, groups: groupPages, questions: questionPages } = page.dataset;
  const thin = Number(page.dataset.thin);
  const form = page.querySelector(".picker");
  const select = form.querySelector("select");
  const list = form.querySelector(".chosen");
  const offer = form.querySelector(".offer");
  const status = page.querySelector("[role=status]");
  const result = page.querySelector(".result");
  const only = form.querySelector("[name=only]");
  const most = 6;
  const paper = form.querySelector(".paper");
  const known = new Map([...select.options].filter((option) => option.value).map((option) => [option.value, option.textContent]));

  let chosen = [];
  let left = []; // what the address names beyond that: not on the list, or one too many

  const isGroup = (id) => id.startsWith("groups/");
  const get = (id) => isGroup(id) ? load(`${data}groups/`, `compare/${id}`) : load(data, `compare/${id}`);
  const link = (id, text) => {
    const folder = isGroup(id) ? groupPages + id.slice(7) : cities + id;
    return make("a", { href: `${folder}/index.html` }, text);
  };

  const restore = () => {
    const named = [...new Set((given().get("c") || "").split(",").map((id) => id.trim()).filter(Boolean))];
    chosen = named.filter((id) => known.has(id)).slice(0, most);
    left = named.filter((id) => !chosen.includes(id)).map((id) => known.get(id) || id);
    only.checked = given().get("only") === "differences";
    pick();
    show();
  };
  const way = journey(() => [["c", chosen.join(",")], ["only", only.checked && "differences"]], restore);

  // ---- The picker

  const change = (next) => {
    chosen = next.slice(0, most);
    left = [];
    way.step(select);
    pick();
    show();
    (select.disabled ? list.lastElementChild.querySelector("button") : select).focus();
  };

  const pick = () => {
    list.replaceChildren(...chosen.map((id) => {
      const button = make("button", { type: "button" }, `${known.get(id)} `, make("span", { "aria-hidden": "true" }, "×"));
      button.setAttribute("aria-label", say("remove", { name: known.get(id) }));
      button.addEventListener("click", () => change(chosen.filter((other) => other !== id)));
      return make("li", {}, button);
    }));
    for (const option of select.options) option.disabled = chosen.includes(option.value);
    select.disabled = chosen.length >= most;
    select.value = "";
  };

  // The way to the sheet of this choice, where one is printed.
  const lead = () => {
    if (!paper) return;
    const [link] = paper.children;
    const name = chosen.join(",");
    paper.hidden = chosen.length < 2 || !(link.dataset.printed === "*" || link.dataset.printed.split(" ").includes(name));
    link.href = `${data}${name.replaceAll("/", ".")}.pdf`;
  };

  const suggest = (columns) => {
    const [first] = columns;
    offer.replaceChildren();
    if (!first || isGroup(first.id)) return;
    const sets = [["like", first.like], ["groups", first.groups.map((group) => `groups/${group}`)]];
    for (const [name, ids] of sets) {
      const next = [...new Set([first.id, ...ids.filter((id) => known.has(id))])].slice(0, most);
      if (next.length < 2 || next.every((id) => chosen.includes(id))) continue;
      const button = make("button", { type: "button" }, say(name, { name: first.name }));
      button.addEventListener("click", () => change(next));
      offer.append(button);
    }
  };

  // ---- The tables

  const saying = (column, variable, [code, , ...waves]) => {
    if (isGroup(column.id)) {
      const held = (column.shares[variable] || {})[code];
      return held ? { count: held[0], of: held[1] } : { word: say("none") };
    }
    const answer = column.answers[variable];
    if (typeof answer === "string") return { missing: answer };
    if (waves.length && !waves.includes(column.wave)) return { missing: say("notOffered") };
    return { chosen: answer[0].includes(code) };
  };

  const cell = (column, variable, code, held) => {
    if ("count" in held) {
      const { id, href } = fact(facts, edition, variable, code, column.group);
      const text = say("share", { n: held.count, of: held.of });
      const number = href ? make("a", { href, "data-fact": id, "data-part": "numerator" }, text) : text;
      return make("td", {}, held.of >= thin ? `${say("percent", { n: perCent(held.count, held.of) })} ` : "", make("small", {}, number));
    }
    if (held.missing || held.word) return make("td", { class: "absent" }, held.missing || held.word);
    const mark = make("span", { "aria-hidden": "true" }, held.chosen ? "✓" : "–");
    return make("td", { class: held.chosen ? "yes" : "no" }, mark, make("span", { class: "vh" }, say(held.chosen ? "yes" : "no")));
  };

  // Whether a break has columns on both sides; a group is on those of all waves that its numbers count.
  const parts = ([, before, after], columns) => {
    const waves = columns.flatMap((column) => column.waves || column.wave);
    return [before, after].every((side) => waves.some((wave) => side.includes(wave)));
  };

  // What the cities of a row say: the same, different answers, or not enough of them to say.
  const verdict = (said, columns, code, breaks) => {
    const answering = columns.filter((column, place) => "chosen" in said[place]);
    // Answers on both sides of a break neither agree nor differ.
    if (breaks.some((one) => (one.length === 3 || one.indexOf(code) > 2) && parts(one, answering))) return "";
    const answers = said.filter((held) => "chosen" in held).map((held) => held.chosen);
    return answers.length < 2 ? "" : answers.every((one) => one === answers[0]) ? "same" : "different";
  };

  const table = (columns, [variable, title, categories, breaks = []]) => {
    const rows = [];
    const found = new Set();
    // Only units agree or differ; one beside groups has nobody to agree with.
    const judged = columns.filter((column) => column.answers).length > 1;
    for (const category of categories) {
      const said = columns.map((column) => saying(column, variable, category));
      const given = said.some((held) => held.chosen || held.count);
      const word = verdict(said, columns, category[0], breaks);
      if (given && word) found.add(word);
      if (!given || (only.checked && word !== "different")) continue;
      const mark = make("td", { class: word }, word ? make("b", {}, make("span", { class: "sign", "aria-hidden": "true" }, word === "same" ? "=" : "≠"), " ", make("span", {}, say(word))) : "");
      rows.push(make("tr", {}, make("th", { scope: "row" }, category[1]), ...(judged ? [mark] : []),
        ...said.map((held, place) => cell(columns[place], variable, category[0], held))));
    }
    const own = columns.filter((column) => column.answers && column.answers[variable].length > 1 && typeof column.answers[variable] !== "string");
    if (!only.checked) {
      for (const column of own) rows.push(make("tr", {}, make("th", { scope: "row" }, say("ownWords")), ...(judged ? [make("td")] : []),
        ...columns.map((other) => make("td", {}, other === column ? column.answers[variable].slice(1).join("; ") : ""))));
    }
    const answering = columns.filter((column) => !column.answers || typeof column.answers[variable] !== "string");
    const notes = breaks.filter((one) => parts(one, answering)).map(([said]) => make("p", { class: "quiet" }, said));
    const heading = (tag = "") => make("h3", {}, make("a", { href: `${questionPages}${variable}/index.html` }, title), " ", tag);
    if (!rows.length) {
      // Nothing to set side by side is said in one line, or is left out where only differences are wanted and could be told.
      if (only.checked) return notes.length ? make("div", {}, heading(), ...notes) : null;
      return make("div", {}, make("h3", {}, title), make("p", { class: "absent" }, say("nothing")));
    }
    const head = make("tr", {}, make("th", { scope: "col" }, say("answer")), ...(judged ? [make("th", { scope: "col" }, say("cities"))] : []),
      ...columns.map((column) => make("th", { scope: "col" }, link(column.id, column.name || column.label), " ", make("small", {}, column.wave || column.kind))));
    const summary = found.size ? make("small", { class: "tag" }, say(found.has("different") ? "differs" : "agrees")) : "";
    return make("div", {}, heading(summary), ...notes, make("div", { class: "scroll", role: "region", "aria-label": title, tabindex: "0" },
      make("table", { class: judged ? "compared judged" : "compared" }, make("thead", {}, head), make("tbody", {}, ...rows))));
  };

  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    const [sections, ...held] = await Promise.all([load(data, "compare/_questions"), ...chosen.map(get)]);
    if (mine !== turn) return; // another choice was made meanwhile
    const columns = held.map((one, place) => ({ ...one, id: chosen[place] }));
    suggest(columns);
    offer.classList.toggle("alone", columns.length === 1);
    lead();
    result.replaceChildren();
    page.querySelector(".start").hidden = chosen.length > 1;
    const without = left.length ? ` ${say("left", { names: left.join(", ") })}` : "";
    if (chosen.length < 2) {
      status.textContent = (columns.length ? say("alone", { name: columns[0].name || columns[0].label }) : say("more")) + without;
      return;
    }
    for (const [title, questions] of sections) {
      const tables = questions.map((question) => table(columns, question)).filter(Boolean);
      if (tables.length) result.append(make("section", {}, make("h2", {}, title), ...tables));
    }
    const names = columns.map((column) => column.name || column.label).join(", ");
    status.textContent = `${say("compared", { names })}${without && "."}${without}`;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (select.value && chosen.length < most) change([...chosen, select.value]);
  });
  only.addEventListener("change", () => { way.step(only); show(); });
  form.hidden = false;
  restore();
})();
