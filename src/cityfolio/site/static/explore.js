// Exploring: one question, one edition, one grouping; the numbers are those of the facts, and nothing is computed but whole per cent.
"use strict";
(() => {
  const page = document.getElementById("explore");
  if (!page) return;
  const { words, given, journey, load, perCent, fact, make, copy } = cityfolio;
  const say = words(page);
  const form = page.querySelector("form");
  const place = page.querySelector(".explored");
  const thin = Number(page.dataset.thin);
  // As many decimals as say something: none from a thousand, one from a hundred, else two.
  const formats = [0, 1, 2].map((most) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: most }));
  const count = (n) => formats[Math.abs(n) >= 1000 ? 0 : Math.abs(n) >= 100 ? 1 : 2].format(n);
  const REASONS = ["not_asked", "not_offered", "routed_past", "refused", "dont_know", "not_on_record", "unanswered", "in_words"];
  const NAMES = ["question", "edition", "by", "answer", "show"];

  // What is asked for: from the controls, or in a frame from the address alone.
  const select = (name) => form && form.elements[name];
  const unsaid = { edition: page.dataset.edition };
  const wanted = () => Object.fromEntries(NAMES.map((name) => [name, form ? select(name).value : given().get(name) || unsaid[name] || ""]));
  const title = (name, value) => {
    if (form) return [...select(name).options].find((option) => option.value === value)?.textContent || value;
    return [...page.querySelectorAll("data")].find((one) => one.value === (name === "by" ? `by-${value}` : value))?.textContent || value;
  };

  // ---- The rows of a view, as they are shown and as they are downloaded

  const cellsOf = (state, question, view) => {
    const found = [];
    const order = view.order.length ? view.order : question.rows.map((_, row) => row);
    view.columns.forEach((column) => order.forEach((row) => {
      const [code, label] = question.rows[row];
      const cell = column.cells[row];
      const measure = question.number ? code : column.measure;
      const at = fact(page.dataset.facts, state.edition, state.question, question.number ? "" : code, column.group, measure);
      const base = cell ? column.bases[cell[1]] : null;
      found.push({ column, code, label: question.number ? say(code) : label, row, measure, cell, base, at });
    }));
    return found;
  };

  const link = (cell, ...inside) => make(cell.at.href ? "a" : "span", { href: cell.at.href || null, "data-fact": cell.at.id }, ...inside);
  const bar = (share) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("aria-hidden", "true");
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("width", `${Math.round(share * 1000) / 10}%`);
    svg.append(rect);
    return svg;
  };
  // One number with its base; what is thin shows its count alone, what is not there says why.
  const number = (state, question, cell) => {
    if (!cell.cell) return [make("span", { class: "absent" }, say("nothing"))];
    const [n] = cell.cell, of = cell.base[0];
    if (n === null) return [make("span", { class: "absent" }, say("withheld"))];
    if (question.number) return [link(cell, count(n), make("small", {}, say("of", { n: count(of), of: count(total(cell.base)) })))];
    const counts = say("of", { n: count(n), of: count(of) });
    if (state.show === "counts" || of < thin) return [link(cell, counts)];
    return [link(cell, say("percent", { n: perCent(n, of) }), make("small", {}, counts))];
  };
  const total = (base) => base.reduce((sum, part) => sum + part, 0);
  // Of a change a group stands twice: as it answered earlier and later.
  let waves = [];
  const heading = ({ label, measure }) => {
    const when = /^share_.*er$/.test(measure) ? say(measure, { wave: waves[/earlier$/.test(measure) ? 0 : 1] }) : "";
    return when && label ? `${label}: ${when}` : label || when || say("everybody");
  };

  const first = (question) => say(question.number ? "measure" : "answer");
  const what = (state, question) => question.number ? say("value") : say(state.show === "counts" ? "count" : "share");
  const solid = (question, { cell, base }) => cell && cell[0] !== null && !question.number && base[0] >= thin;

  // Labels at the left with a bar each: one group over all answers, or one answer over all groups.
  const list = (state, question, cells, lead, label, second) => {
    const rows = cells.map((cell) => {
      return make("tr", {}, make("th", { scope: "row" }, label(cell), ...(solid(question, cell) ? [bar(cell.cell[0] / cell.base[0])] : [])),
        make("td", {}, ...number(state, question, cell)));
    });
    const head = make("tr", {}, make("th", { scope: "col" }, lead), make("th", { scope: "col" }, second || what(state, question)));
    return make("div", { class: "chart" }, make("table", {}, make("caption", { class: "vh" }, question.label), make("thead", {}, head), make("tbody", {}, ...rows)));
  };
  // Columns of one group stand as one: of a change that is compared by groups, each cell says what was and what is.
  const grouped = (view) => {
    if (!view.by) return view.columns.map((column) => [column]);
    const groups = new Map();
    for (const column of view.columns) groups.set(column.group, [...(groups.get(column.group) || []), column]);
    return [...groups.values()];
  };
  const matrix = (state, question, view, cells) => {
    // A change has no rows for what is not compared.
    const wide = cells.length / view.columns.length;
    const groups = grouped(view);
    const head = make("tr", {}, make("th", { scope: "col" }, first(question)),
      ...groups.map((columns) => make("th", { scope: "col" }, columns.length > 1 ? columns[0].label : heading(columns[0]))));
    const rows = cells.slice(0, wide).map(({ label }, row) => {
      const inside = (column) => {
        const cell = cells[view.columns.indexOf(column) * wide + row];
        return [...number(state, question, cell), ...(solid(question, cell) ? [bar(cell.cell[0] / cell.base[0])] : [])];
      };
      const both = (columns) => columns.map((column, at) => make("div", {}, make("small", { class: "wave" }, `${waves[at]}: `), ...inside(column)));
      return make("tr", {}, make("th", { scope: "row" }, label),
        ...groups.map((columns) => make("td", {}, ...(columns.length > 1 ? both(columns) : inside(columns[0])))));
    });
    const box = make("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": question.label });
    box.append(make("table", { class: "list matrix" }, make("caption", { class: "vh" }, question.label), make("thead", {}, head), make("tbody", {}, ...rows)));
    return box;
  };

  // ---- Bases and notes

  const left = (base) => {
    const reasons = REASONS.map((name, at) => base[at + 1] && say("reason", { n: count(base[at + 1]), reason: say(name) })).filter(Boolean);
    return reasons.length ? ` ${say("left", { reasons: reasons.join(", ") })}` : "";
  };
  // The widest base speaks for its column and leads to a sum of it; categories of one wave stand on their own, which their number says.
  const counted = (column, cells) => {
    const base = column.bases.reduce((most, one) => one[0] > most[0] ? one : most, [0]);
    const said = say("counted", { group: heading(column), n: count(base[0]), units: cityfolio.units(page, base[0]) }) + left(base);
    const summed = cells.find((cell) => cell.column === column && cell.base === base && cell.cell[0] !== null);
    return make("p", {}, summed ? link(summed, said) : said);
  };
  // What differs between the waves of a change, and what is not compared for which reason.
  const differing = (state, question) => (question.changes[state.edition] || [])
    .map((text, at) => text && make("p", {}, at ? `${say("apart")} ${text}` : text)).filter(Boolean);
  const notes = (state, question, view, cells) => {
    const said = [];
    const bases = view.columns.map((column) => counted(column, cells));
    if (bases.length <= 4) said.push(...bases);
    else said.push(make("details", { class: "fold" }, make("summary", {}, say("bases")), ...bases));
    if (cells.some((cell) => cell.cell && cell.base[0] < thin)) said.push(make("p", {}, say(question.number ? "thinNumber" : "thin", { n: thin })));
    if (view.silent.length) said.push(make("p", { class: "silent" }, say("silent", { groups: view.silent.join(", ") })));
    if (view.columns.some((column) => column.measure === "share_within")) said.push(make("p", {}, say("within")));
    if (view.columns.some((column) => column.measure === "share_of_matched_later")) said.push(make("p", {}, say(view.by ? "panelGroups" : "panel")));
    if (question.changes[state.edition]) said.push(...differing(state, question));
    else for (const [, , offered] of question.rows) if (offered) said.push(make("p", {}, offered));
    if (question.universe) said.push(make("p", {}, say("universe", { universe: question.universe })));
    if (question.counting) said.push(make("p", {}, question.counting));
    said.push(make("p", {}, say("source")));
    return make("div", { class: "under" }, ...said);
  };

  // ---- Drawing

  let shown = null;
  let strange = []; // what the address asks for and nobody can choose
  let fallen = ""; // the edition that was asked for, where the question has no numbers in it
  const draw = (state, question) => {
    const view = question.views.find((one) => one.edition === state.edition && one.by === state.by);
    shown = null;
    waves = state.edition.split("-to-");
    const head = [make("h2", {}, question.label), make("p", { class: "quiet" }, [title("edition", state.edition), state.by && title("by", state.by)].filter(Boolean).join(" · "))];
    if (fallen) head.push(make("p", { class: "fallen" }, say("fallen", { asked: fallen, shown: title("edition", state.edition) })));
    if (strange.length) head.push(make("p", { class: "fallen" }, say("unknown", { parts: strange.join(", ") })));
    const all = view ? cellsOf(state, question, view) : [];
    const cells = state.answer ? all.filter((cell) => cell.code === state.answer) : all;
    if (!cells.length) return place.replaceChildren(...head, make("p", {}, say("noview")), ...differing(state, question));
    shown = { state, question, cells };
    const several = view.columns.length > 1;
    const only = !several && view.columns[0].label;
    const body = !several ? list(state, question, cells, first(question), (cell) => cell.label, only)
      : state.answer ? list(state, question, cells, say("group"), (cell) => heading(cell.column))
      : matrix(state, question, view, all);
    if (several && state.answer && cells.length) head.push(make("h3", {}, cells[0].label));
    place.replaceChildren(...head, body, notes(state, question, view, cells));
  };

  // Offers what the question has: its answers, its editions, the groupings of that edition.
  const offer = (state, question, asked) => {
    const answers = select("answer");
    const options = [["", answers.dataset.all], ...question.rows.map(([code, label]) => [code, question.number ? say(code) : label])];
    answers.replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
    answers.value = question.rows.some(([code]) => code === state.answer) ? state.answer : "";
    if (state.answer !== answers.value && asked) strange.push(state.answer);
    for (const option of select("edition").options) option.disabled = !question.views.some((view) => view.edition === option.value);
    fallen = "";
    if (select("edition").selectedOptions[0]?.disabled) {
      // The usual edition takes its place, and the page says so.
      const usual = [...select("edition").options].find((option) => option.defaultSelected && !option.disabled);
      fallen = title("edition", select("edition").value);
      select("edition").value = usual ? usual.value : question.views[0].edition;
    }
    for (const option of select("by").options) option.disabled = !question.views.some((view) => view.edition === select("edition").value && view.by === option.value);
    if (select("by").selectedOptions[0]?.disabled) {
      if (asked) strange.push(title("by", select("by").value));
      select("by").value = "";
    }
    select("show").disabled = question.number;
  };

  // The code of a frame is that of the view before.
  const foldCode = () => {
    page.querySelector("#explore-code").hidden = true;
    page.querySelector("button[data-do=embed]").setAttribute("aria-expanded", "false");
  };
  // The controls as the address says; what it does not say is as it was at first.
  const restore = () => {
    foldCode();
    const query = given();
    const odd = [];
    for (const name of NAMES.filter((name) => name !== "answer")) {
      const options = [...select(name).options];
      const usual = options.find((option) => option.defaultSelected) || options[0];
      const found = options.find((option) => option.value === query.get(name));
      if (query.get(name) && !found) odd.push(query.get(name));
      select(name).value = (found || usual).value;
    }
    update({ ...wanted(), answer: query.get("answer") || "" }, odd);
  };
  const way = form && journey(() => NAMES.map((name) => [name, select(name).value]), restore);

  let turn = 0;
  const update = async (asked, odd = []) => {
    const mine = ++turn;
    const before = asked || wanted();
    const question = await load(page.dataset.data, `explore/${before.question}`);
    if (mine !== turn) return;
    const began = performance.now();
    strange = odd;
    if (form) offer(before, question, asked);
    const state = form ? wanted() : before;
    draw(state, question);
    page.dataset.took = String(performance.now() - began);
    if (form) way.keep();
  };

  // ---- Acts

  const quoted = (text) => /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  // Whom a number counts, in words: who was asked, in which surveys it could be answered, and among whom.
  const rule = (question, column, row) => {
    const [, , offered] = question.rows[row];
    return [
      question.universe && say("universe", { universe: question.universe }),
      question.counting,
      !/matched/.test(column.measure) && offered,
      column.measure === "share_within" && say("within"),
      /matched/.test(column.measure) && say(column.group === "all" ? "panel" : "panelGroups"),
    ].filter(Boolean).join(" ") || say("rule");
  };
  const address = (at) => at.href ? new URL(at.href, location.href).href : "";
  const cited = (at) => [page.dataset.programme, at.id, address(at)].filter(Boolean).join(", ");
  // A column of facts.csv has the same name and meaning here; what only these rows have is called otherwise than any column there.
  const rows = () => {
    const lines = [["fact", "edition", "variable", "category", "label", "group", "group_label", "measure", "numerator", "base", "value",
      ...REASONS, "thin_base", "who_counts", "address", "citation"]];
    for (const { at, code, label, row, column, measure, cell, base } of shown.cells) {
      if (!cell || cell[0] === null) continue;
      const isNumber = shown.question.number;
      lines.push([at.id, shown.state.edition, shown.state.question, isNumber ? "" : code, label, column.group, heading(column), measure,
        isNumber ? "" : cell[0], base[0], isNumber ? cell[0] : cell[0] / base[0],
        ...REASONS.map((_, reason) => base[reason + 1] || 0), base[0] < thin, rule(shown.question, column, row), address(at), cited(at)]);
    }
    return lines.map((line) => line.map((part) => quoted(String(part))).join(",")).join("\r\n") + "\r\n";
  };
  const download = () => {
    const url = URL.createObjectURL(new Blob(["\ufeff", rows()], { type: "text/csv" }));
    const { question, edition, by } = shown.state;
    const anchor = make("a", { href: url, download: `${[question, edition, by].filter(Boolean).join("-")}.csv` });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  const frame = () => {
    const address = new URL(page.dataset.embed, location.href);
    address.search = location.search;
    const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
    return `<iframe src="${escaped(address.href)}" title="${escaped(place.querySelector("h2").textContent)}" width="100%" height="600" loading="lazy"></iframe>`;
  };
  page.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (!button) return;
    if (button.dataset.do === "copy") copy(button, location.href);
    if (button.dataset.do === "rows" && shown) download();
    if (button.dataset.do === "embed") {
      const code = page.querySelector("#explore-code");
      code.hidden = !code.hidden;
      button.setAttribute("aria-expanded", String(!code.hidden));
      code.querySelector("textarea").value = frame();
      if (!code.hidden) code.querySelector("textarea").select();
    }
  });

  place.hidden = false;
  if (form) {
    form.hidden = false;
    page.querySelector(".explore-acts").hidden = false;
    form.addEventListener("change", ({ target }) => {
      foldCode();
      way.step(target);
      update();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    afterFirstPaint(restore);
  } else {
    // In a frame the links lead out of it: to the same view on the site, and to the sums of its numbers.
    page.parentNode.querySelector("a.whole").search = location.search;
    const behind = page.parentNode.querySelector("a.behind");
    const lead = () => {
      if (behind && shown) behind.href = `${page.dataset.facts}${shown.state.edition}/${shown.state.question}/index.html`;
    };
    // A frame may ask for what a later site does not have any more.
    const nothing = () => place.replaceChildren(make("p", {}, say("noview")));
    if (wanted().question) update().then(lead, nothing);
    else nothing();
  }
})();
