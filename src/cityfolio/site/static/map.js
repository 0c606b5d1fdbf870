// The map page: filters, the list that follows them, and a map that can be moved. Without this script all of it stands there whole.
// Once the map is painted, what can be chosen comes, and the page is alive.
"use strict";
(() => {
  const page = document.getElementById("map");
  if (!page) return;
  afterFirstPaint(async () => liven(page, await cityfolio.load(page.dataset.data, "map/_options")));

function liven(page, { filters, others }) {
  const { words, given, journey, load, perCent, fact, make, copy } = cityfolio;
  const say = words(page);
  const form = page.querySelector(".filters");
  const status = page.querySelector(".map-status");
  const view = page.querySelector(".map-view");
  const svg = view.querySelector("svg");
  const selects = [...form.querySelectorAll("select")];
  const count = (n) => new Intl.NumberFormat(document.documentElement.lang).format(n);

  // The dots stand in the order of the list.
  const dots = [...svg.querySelectorAll(".dots > *")];
  const units = [...page.querySelectorAll("li[data-unit]")].map((item, position) => {
    const dot = "unplaced" in item.dataset ? undefined : dots.shift();
    const circle = dot && dot.querySelector("circle");
    return {
      item, position, dot, name: (item.querySelector("a") || item).textContent,
      groups: new Set((item.dataset.groups || "").split(" ")), wave: item.dataset.wave,
      at: item.closest("div[data-at]").dataset.at,
      x: circle ? Number(circle.getAttribute("cx")) : 0, y: circle ? Number(circle.getAttribute("cy")) : 0,
    };
  });
  const placed = units.filter((unit) => unit.dot);
  const parts = [...page.querySelectorAll(".listed [data-at]")].reverse();

  // ---- Filters

  const option = (value, text) => make("option", { value }, text);
  for (const [name, known] of Object.entries(filters)) form.elements[name].append(...known.map(([key, label]) => option(key, label)));
  for (const [id, label, known] of others) {
    form.elements.answer.append(make("optgroup", { label }, ...known.map(([key, label]) => option(`${id}.${key}`, label))));
  }
  const named = (place) => place.querySelector(":scope > :is(h3, h4)")?.textContent;
  for (const region of page.querySelectorAll(".listed > [data-at]")) {
    const label = named(region);
    const countries = [...region.querySelectorAll("[data-at]")].filter(named).map((country) => option(country.dataset.at, named(country)));
    form.elements.at.append(...(label ? [make("optgroup", { label }, option(region.dataset.at, say("region", { region: label })), ...countries)] : countries));
  }
  form.elements.at.closest("p").hidden = form.elements.at.length < 2;

  // The variable and the category that a filter asks for.
  const answer = (select) => select.name === "answer" ? select.value.split(/\.(.*)/).slice(0, 2) : [select.name, select.value];

  // What a filter says of each unit: true, false, or undefined where it cannot be said.
  const asked = async (select) => {
    if (select.dataset.group !== undefined) return (unit) => unit.groups.has(`${select.name}:${select.value}`);
    const [variable, code] = answer(select);
    const answers = await load(page.dataset.data, `map/${variable}`);
    const chosen = new Set(answers.chosen[code]);
    const silent = new Set(Object.values(answers.missing).flat());
    const waves = answers.offered[code];
    return (unit) => silent.has(unit.position) || (waves && !waves.includes(unit.wave)) ? undefined : chosen.has(unit.position);
  };

  let turn = 0;
  let strange = []; // what the address asks for and nobody can choose
  const filter = async ({ zoom = false } = {}) => {
    const mine = ++turn;
    const active = selects.filter((select) => select.name !== "at" && select.value);
    const rules = await Promise.all(active.map(asked));
    if (mine !== turn) return; // another choice was made meanwhile
    const where = form.elements.at.value;
    const said = { yes: 0, no: 0, silent: 0 };
    for (const unit of units) {
      const here = !where || unit.at === where || unit.at.startsWith(`${where}/`);
      const answers = rules.map((rule) => rule(unit));
      const state = answers.includes(false) ? "no" : answers.includes(undefined) ? "silent" : "yes";
      if (here) said[state] += 1;
      unit.hit = here && state === "yes";
      // Of thousands of units most stay as they are: only what changes is written.
      if (unit.item.hidden === unit.hit) unit.item.hidden = !unit.hit;
      const look = here ? state : "no";
      if (unit.dot && unit.look !== look) unit.dot.setAttribute("class", unit.look = look);
    }
    for (const part of parts) part.hidden = !part.querySelector("li:not([hidden])");
    const hits = placed.filter((unit) => unit.hit);
    if (hits.length < placed.length && hits.length < 500) svg.querySelector(".dots").append(...hits.map((unit) => unit.dot)); // above the others
    const left = strange.length ? [make("span", {}, say("unknown", { parts: strange.join(", ") }))] : [];
    status.replaceChildren(...sentences(active, said), ...left);
    page.querySelector(".key").hidden = !active.length;
    if (zoom) look(where ? around(units.filter((unit) => unit.dot && (unit.at === where || unit.at.startsWith(`${where}/`)))) : whole);
    name();
    way.keep();
  };

  const sentences = (active, said) => {
    const all = said.yes + said.no + said.silent;
    if (!active.length) {
      const { id, href } = form.elements.at.value ? {} : fact(page.dataset.facts, page.dataset.edition, "_units", "", "all", "count");
      return [make(href ? "a" : "span", { href, "data-fact": id }, say("all", { n: count(all), units: cityfolio.units(page, all) }))];
    }
    const parts = said.yes + said.no || !said.silent ? [number(active, said)] : [];
    if (said.silent) parts.push(say("silent", { n: count(said.silent) }));
    if (!said.yes) parts.push(say("none"));
    return parts.map((part) => make("span", {}, part));
  };
  // One answer everywhere is a share that has its fact; anything else counts the list, without those of whom it cannot be said.
  const number = (active, said) => {
    const [select] = active;
    const of = said.yes + said.no;
    const gaps = { n: count(said.yes), of: count(of), units: cityfolio.units(page, of) };
    if (active.length > 1 || form.elements.at.value || select.dataset.group !== undefined || !of) return say(said.silent ? "known" : "matching", gaps);
    const share = of < Number(page.dataset.thin) ? "" : say("percent", { n: perCent(said.yes, of) });
    const { id, href } = fact(page.dataset.facts, page.dataset.edition, ...answer(select));
    const text = say(share ? "share" : "thin", { ...gaps, share });
    return make(href ? "a" : "span", { href, "data-fact": id }, text);
  };

  // ---- The view

  const box = svg.viewBox.baseVal;
  const whole = { x: box.x, y: box.y, w: box.width };
  const low = box.height / box.width;
  const part = Boolean(svg.querySelector("g g .land")); // all units lie in one part of the world, which is drawn alone
  // On a phone the map grows higher the nearer one looks, until it is as high as it is wide.
  const phone = matchMedia("(max-width: 599px)");
  const shape = (w) => phone.matches ? Math.max(low, Math.min(1, whole.w * low / w)) : low;
  let ratio = low;
  const least = whole.w / 60;
  let now = { ...whole };

  const look = ({ x, y, w }) => {
    w = Math.min(Math.max(w, least), whole.w);
    ratio = shape(w);
    const inside = (low, length, most) => Math.min(Math.max(low, most.low), most.low + most.length - length);
    now = {
      x: inside(x, w, { low: whole.x, length: whole.w }),
      y: inside(y, w * ratio, { low: whole.y, length: whole.w * low }),
      w,
    };
    svg.setAttribute("viewBox", `${now.x} ${now.y} ${now.w} ${now.w * ratio}`);
    measure();
    view.setAttribute("aria-label", say("view", { scale: count(Math.round(10 * whole.w / now.w) / 10) }));
  };
  // Dots, lines and names keep their size on the screen.
  const measure = () => {
    const unit = now.w / (svg.clientWidth || 1);
    svg.style.setProperty("--unit", `${unit}px`);
    if (unit < 20 || part) finer();
  };
  // Where a step of the outlines would be seen as one, the fine ones take their place.
  let fine = false;
  const finer = async () => {
    if (fine) return;
    fine = true;
    const { land, borders, grid } = await load(page.dataset.land, "map/_land");
    svg.querySelector(".land").setAttribute("d", land);
    svg.querySelector(".borders").setAttribute("d", borders);
    svg.querySelector(".land").parentNode.setAttribute("transform", `scale(${grid})`);
  };

  const around = (some) => {
    if (!some.length) return whole;
    const xs = some.map((unit) => unit.x), ys = some.map((unit) => unit.y);
    const left = Math.min(...xs), top = Math.min(...ys);
    const w = 1.3 * Math.max(Math.max(...xs) - left, (Math.max(...ys) - top) / shape(least), 300);
    return { x: (left + Math.max(...xs) - w) / 2, y: (top + Math.max(...ys) - w * shape(w)) / 2, w };
  };

  // Makes the view `by` times as wide, about a point of the screen or its middle.
  const scale = (by, clientX, clientY) => {
    const { left, top, width, height } = svg.getBoundingClientRect();
    const across = clientX === undefined ? 0.5 : (clientX - left) / width;
    const down = clientY === undefined ? 0.5 : (clientY - top) / height;
    const w = Math.min(Math.max(now.w * by, least), whole.w);
    look({ x: now.x + across * (now.w - w), y: now.y + down * (now.w * ratio - w * shape(w)), w });
    settle();
  };
  const move = (across, down) => {
    look({ x: now.x + across * now.w, y: now.y + down * now.w, w: now.w });
    settle();
  };
  let settling = 0;
  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(() => { name(); way.keep(); }, 150);
  };

  // The names of the units that match, once there is room for them: beside, above or below their dots, or farther off on a line.
  const SVG = "http://www.w3.org/2000/svg";
  const drawn = (tag, attributes, inside) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return inside.appendChild(made);
  };
  const names = drawn("g", { class: "names", "aria-hidden": "true" }, svg);
  const WAYS = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];
  const NEAR = 8, FRAMED = 14, FAR = [20, 32, 44]; // pixels from the middle of the dot; from a far name a line leads to it
  const DOT = 7, LINE = 17; // pixels: half a dot with air about it, the height of a name
  let taken = []; // where nothing else may stand: [left, top, right, bottom], in pixels of the view
  let told = new Set();
  let pointed = null;
  const seen = (unit) => unit.x > now.x && unit.x < now.x + now.w && unit.y > now.y && unit.y < now.y + now.w * ratio;

  const label = (unit, distances, always) => {
    const pixel = now.w / (svg.clientWidth || 1);
    const text = drawn("text", { x: unit.x, y: unit.y }, names);
    text.textContent = unit.name;
    const wide = text.getComputedTextLength() / pixel + 4;
    const x = (unit.x - now.x) / pixel, y = (unit.y - now.y) / pixel;
    const free = ([left, top, right, bottom]) => left > 0 && top > 0 && right < svg.clientWidth && bottom < svg.clientHeight
      && taken.every((other) => right <= other[0] || left >= other[2] || bottom <= other[1] || top >= other[3]);
    // A line is a row of points that nothing else may lie on; it begins outside of its own dot.
    const line = (far, [across, down]) => Array.from({ length: far > FRAMED ? Math.ceil((far - DOT) / 4) : 0 }, (_, step) => {
      const at = DOT + 1 + 4 * step;
      return [x + across * at - 1, y + down * at - 1, x + across * at + 1, y + down * at + 1];
    });
    for (const far of distances) {
      for (const way of WAYS) {
        const [across, down] = way;
        const off = [across * (far + wide / 2), down * (far + LINE / 2)];
        const box = [x + off[0] - wide / 2, y + off[1] - LINE / 2, x + off[0] + wide / 2, y + off[1] + LINE / 2];
        const points = line(far, way);
        if (!free(box) || !points.every(free)) continue;
        taken.push(box, ...points);
        shift(text, off);
        if (far > FRAMED) drawn("line", { x1: unit.x, y1: unit.y, x2: unit.x + across * far * pixel, y2: unit.y + down * far * pixel }, names);
        return true;
      }
    }
    if (!always) text.remove();
    // Where all places are taken, it lies over other dots above or below its own, whole within the map.
    else shift(text, [
      Math.max(wide / 2 + 1, Math.min(x, svg.clientWidth - wide / 2 - 1)) - x,
      (y > 2 * LINE ? -1 : 1) * (FRAMED + LINE / 2),
    ]);
    return Boolean(always);
  };
  const shift = (text, [across, down]) => {
    text.style.transform = `translate(calc(${across} * var(--unit)), calc(${down + 4.5} * var(--unit)))`;
  };
  // Names that find no place are left out: the pointer, the keys and the list still tell their dots.
  const name = () => {
    const pixel = now.w / (svg.clientWidth || 1);
    names.replaceChildren();
    const here = placed.filter(seen);
    taken = here.map((unit) => [(unit.x - now.x) / pixel - DOT, (unit.y - now.y) / pixel - DOT, (unit.x - now.x) / pixel + DOT, (unit.y - now.y) / pixel + DOT]);
    const hits = here.filter((unit) => unit.hit);
    told = new Set();
    // First all names that have their place beside the dot, then those that need a line.
    for (const distances of (part || now.w < whole.w) && hits.length <= 60 ? [[NEAR], FAR] : []) {
      for (const unit of hits) if (!told.has(unit) && label(unit, distances)) told.add(unit);
    }
    const unit = pointed;
    pointed = null;
    point(unit);
  };
  // The name of the one unit that is pointed at, should it have none yet.
  const point = (unit) => {
    if (unit === pointed) return;
    if (pointed && !told.has(pointed)) { pointed = null; name(); }
    pointed = unit;
    if (unit && !told.has(unit) && seen(unit)) label(unit, [FRAMED, ...FAR], true);
  };

  // ---- Pointer: what lies within 14 pixels is meant, so that small dots are large targets.

  const nearest = (event) => {
    const { left, top, width } = svg.getBoundingClientRect();
    const pixel = now.w / width;
    const x = now.x + (event.clientX - left) * pixel, y = now.y + (event.clientY - top) * pixel;
    let best = null, least = event.pointerType === "touch" ? 24 : 14;
    for (const unit of placed) {
      const far = Math.hypot(unit.x - x, unit.y - y) / pixel - (unit.hit ? 4 : 0);
      if (far < least) [best, least] = [unit, far];
    }
    return best;
  };
  const fingers = new Map();
  let dragged = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    fingers.set(event.pointerId, event);
    dragged = fingers.size > 1;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) {
      const unit = nearest(event);
      view.classList.toggle("over", Boolean(unit && unit.dot.href));
      return point(unit);
    }
    const { width } = svg.getBoundingClientRect();
    if (fingers.size === 2) {
      const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      scale(apart(before) / apart(event), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
    } else {
      if (!dragged && Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) < 4) return;
      if (!dragged) svg.setPointerCapture(event.pointerId);
      dragged = true;
      move((before.clientX - event.clientX) / width, (before.clientY - event.clientY) / width);
    }
    fingers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(end, (event) => fingers.delete(event.pointerId));
  // What the pointer or the focus has left is told no longer, unless the focus is still there.
  const tellFocused = () => {
    const at = document.activeElement;
    point(placed.find((unit) => unit.dot === at || (at && unit.item.contains(at))) || null);
  };
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => {
    if (!event.detail) return; // by key, on a dot that has the focus
    event.preventDefault();
    const unit = dragged ? null : nearest(event);
    const link = unit && unit.item.querySelector("a");
    if (link) link.click();
    dragged = false;
  });
  // The wheel moves the page, unless the map is being used.
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !view.contains(document.activeElement)) return;
    event.preventDefault();
    scale(Math.exp(Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 100) / 300), event.clientX, event.clientY);
  }, { passive: false });

  // ---- Keys: on the map they move it, on a dot they go to the next dot in that direction.

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  // The point of the screen that stays where it is: the dot that has the focus, else the middle.
  const middle = (unit) => {
    if (!unit) return [];
    const { left, top, width, height } = unit.dot.querySelector("circle").getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };
  const rove = (unit) => {
    for (const other of placed) {
      const index = other === unit ? 0 : -1;
      if (other.dot.tabIndex !== index) other.dot.setAttribute("tabindex", index);
    }
  };
  const next = (from, [across, down]) => {
    let best = null, least = Infinity;
    for (const unit of placed) {
      const ahead = (unit.x - from.x) * across + (unit.y - from.y) * down;
      const aside = Math.abs((unit.x - from.x) * down) + Math.abs((unit.y - from.y) * across);
      const far = ahead + 2 * aside;
      if (ahead > 0 && unit.hit && far < least) [best, least] = [unit, far];
    }
    return best;
  };
  view.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ways[event.key];
    const here = placed.find((unit) => unit.dot === document.activeElement);
    if (way && here) {
      const unit = next(here, way);
      if (unit) { rove(unit); unit.dot.focus(); }
    } else if (way) move(way[0] / 8, way[1] / 8);
    else if (event.key === "+" || event.key === "=") scale(1 / 1.5, ...middle(here));
    else if (event.key === "-") scale(1.5, ...middle(here));
    else if (event.key === "Home" || event.key === "0") { look(whole); settle(); }
    else if (event.key === "Escape" && here) view.focus();
    else return;
    event.preventDefault();
  });
  // The frame about the focus once more, above all dots: its own dot may lie under others.
  const frame = document.createElementNS(svg.namespaceURI, "circle");
  frame.setAttribute("class", "frame");
  svg.querySelector(".dots").after(frame);
  view.addEventListener("focusin", () => {
    const unit = placed.find((one) => one.dot === document.activeElement);
    if (!unit) return;
    frame.setAttribute("cx", unit.x);
    frame.setAttribute("cy", unit.y);
    const outside = unit.x < now.x || unit.x > now.x + now.w || unit.y < now.y || unit.y > now.y + now.w * ratio;
    if (outside) look({ x: unit.x - now.w / 2, y: unit.y - now.w * ratio / 2, w: now.w });
    rove(unit);
    point(unit);
  });

  // An entry of the list that is pointed at or has the focus tells its dot.
  const listed = page.querySelector(".listed");
  // (The view, not the drawing: Chromium lets the keyboard stop at a drawing that listens for the focus.)
  for (const part of [view, listed]) for (const kind of ["pointerleave", "focusout"]) part.addEventListener(kind, tellFocused);
  for (const kind of ["pointerover", "focusin"]) {
    listed.addEventListener(kind, (event) => {
      const item = event.target.closest("li[data-unit]");
      point((item && placed.find((unit) => unit.item === item)) || null);
    });
  }

  // ---- The address

  const chosen = () => {
    const shown = now.w < whole.w ? [now.x, now.y, now.w].map(Math.round).join(",") : "";
    return [...selects.map((select) => [select.name, select.value]), ["view", shown]];
  };
  const restore = () => {
    const query = given();
    strange = [];
    for (const select of selects) {
      const wanted = query.get(select.name) || "";
      const found = [...select.options].some((option) => option.value === wanted);
      if (!found) strange.push(wanted);
      select.value = found ? wanted : "";
    }
    clearTimeout(settling);
    const view = /^(-?\d+),(-?\d+),([1-9]\d*)$/.exec(query.get("view") || "")?.slice(1).map(Number);
    look(view ? { x: view[0], y: view[1], w: view[2] } : whole);
    filter({ zoom: !view && Boolean(form.elements.at.value) });
  };
  const way = journey(chosen, restore);
  const choose = (control) => {
    strange = [];
    way.step(control);
    filter({ zoom: control.name === "at" || control.type === "reset" });
  };

  form.addEventListener("change", ({ target }) => choose(target));
  form.addEventListener("reset", () => setTimeout(() => choose(form.querySelector("[type=reset]"))));
  form.addEventListener("submit", (event) => event.preventDefault());
  page.addEventListener("click", (event) => {
    const heading = event.target.closest("h3 a, h4 a");
    const button = event.target.closest("button[data-do]");
    if (heading) {
      event.preventDefault();
      form.elements.at.value = heading.closest("[data-at]").dataset.at;
      choose(form.elements.at);
    } else if (button) {
      const act = button.dataset.do;
      if (act === "in") scale(1 / 1.5);
      if (act === "out") scale(1.5);
      if (act === "reset") { look(whole); settle(); }
      if (act === "copy") copy(button, location.href);
    }
  });
  new ResizeObserver(measure).observe(svg);

  view.tabIndex = 0;
  view.setAttribute("role", "group");
  if (placed.length) rove(placed[0]);
  form.hidden = false;
  page.querySelector(".zoom").hidden = false;
  page.classList.add("live");
  restore();
}
})();
