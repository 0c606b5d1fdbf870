// What the scripts of the map, of exploring and of searching share: data that come as scripts, words of the page, the address.
"use strict";
const cityfolio = (() => {
  const held = new Map();
  const waiting = new Map();

  // Called by the data files themselves.
  const take = (name, data) => held.set(name, data);

  // A page opened from a folder may not fetch, but it may load a script.
  const load = (folder, name) => {
    if (held.has(name)) return Promise.resolve(held.get(name));
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${folder}${name.split("/").pop()}.js`;
        script.onload = () => resolve(held.get(name));
        script.onerror = reject;
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  };

  // The words of the page, in its language, with their {gaps} filled.
  const words = (place) => (name, gaps = {}) =>
    place.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`].replace(/\{(\w+)\}/g, (gap, key) => key in gaps ? gaps[key] : gap);

  const given = () => new URLSearchParams(location.search);

  // Filters are kept in the address; a step of a zoom does not make a step back.
  const keep = (entries) => {
    const filled = entries.filter(([, value]) => value);
    const query = new URLSearchParams(filled).toString();
    history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  };

  // As people type it: without accents and without regard to capitals or punctuation.
  const alike = { "ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe" };
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/['’]/g, "").replace(/[łøđıßæœ]/g, (letter) => alike[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  // Whole per cent as all pages round it: halves up; 0 and 100 only where nobody or everybody did.
  const perCent = (part, whole) => {
    const rounded = Math.floor((200 * part + whole) / (2 * whole));
    return part > 0 && part < whole ? Math.min(Math.max(rounded, 1), 99) : rounded;
  };

  // Where a fact stands: the page of its variable and edition, and there what its id says beyond them.
  const fact = (folder, edition, variable, category, group = "all", measure = "share") => {
    const held = (text) => [...text].map((letter) => /[\p{L}\p{N}_.:-]/u.test(letter) ? letter
      : [...new TextEncoder().encode(letter)].map((byte) => `~${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("")).join("");
    const parts = [category || "_", group === "all" ? "" : group, measure === "share" ? "" : measure];
    return {
      id: [edition, variable, category || "_", group, measure].join("."),
      href: folder && `${folder}${edition}/${variable}/index.html#${encodeURI(parts.filter(Boolean).map(held).join("."))}`,
    };
  };

  // An element with its attributes and what stands in it: text stays text.
  const make = (tag, attributes = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
    made.append(...inside);
    return made;
  };

  const copy = async (button, text) => {
    const said = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const box = make("textarea", { readonly: true }, text);
      button.after(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = said; }, 2000);
  };

  return { take, load, words, given, keep, plain, perCent, fact, make, copy };
})();
