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
        // An address may name anything, also a way out of the folder.
        script.src = `${folder}${encodeURIComponent(name.split("/").pop())}.js`;
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

  // The word for units that goes with a number, by the plural rules of the language.
  const units = (place, number) => {
    const forms = JSON.parse(place.dataset.units);
    return forms[new Intl.PluralRules(document.documentElement.lang).select(number)] || forms.other;
  };

  // What the address asks for. A link that was shared before an id changed asks for what is called otherwise now.
  const given = () => {
    const changed = JSON.parse(document.querySelector("[data-moved]")?.dataset.moved || "[]");
    const now = (of, id) => changed.find(([kind, old]) => kind === of && old === id)?.[2] ?? id;
    const value = (name, asked) => {
      if (name === "c") return asked.split(",").map((id) => now("unit", id.trim())).join(",");
      if (name === "question" || name === "by") return now("variable", asked);
      return name === "answer" ? asked.replace(/^[^.]+(?=\.)/, (id) => now("variable", id)) : asked;
    };
    return new URLSearchParams([...new URLSearchParams(location.search)].map(([name, asked]) => [now("variable", name), value(name, asked)]));
  };

  // What is chosen is kept in the address. A choice of the reader is a step of the history, so that Back takes it off again and
  // Forward puts it on; a step of a zoom is none. `chosen` gives what the address holds, `restore` shows what stands there.
  const journey = (chosen, restore) => {
    let shown = location.search;
    let state = history.state;
    let going = {}; // the step that goes on: letters that are typed, arrows through a list
    const address = () => {
      const query = new URLSearchParams(chosen().filter(([, value]) => value)).toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
      return `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
    };
    const keep = () => {
      history.replaceState(history.state, "", address());
      shown = location.search;
    };
    const step = (control) => {
      const now = performance.now();
      const goes = going.control === control && going.at && going.typed && (control.type === "search" || now - going.at < 1000);
      going = { control, at: now, typed: going.control === control && going.typed };
      if (goes || address() === `${location.pathname}${location.search}${location.hash}`) return keep();
      state = { step: (state?.step || 0) + 1, control: control.id || control.name };
      history.pushState(state, "", address());
      shown = location.search;
    };
    document.addEventListener("keydown", ({ target }) => { going = { ...(going.control === target && going), control: target, typed: true }; }, true);
    for (const kind of ["pointerdown", "focusout", "submit"]) document.addEventListener(kind, () => { going = {}; }, true);
    window.addEventListener("popstate", () => {
      const left = state;
      state = history.state;
      if (location.search === shown) return; // a sum was closed, or a place of the page was gone to
      shown = location.search;
      going = {};
      restore();
      // The focus goes to what was chosen otherwise: on the way back by the step that was left, else by the one come to.
      const { control } = ((left?.step || 0) > (state?.step || 0) ? left : state) || {};
      const there = control && (document.getElementById(control) || document.querySelector(`[name="${control}"]`));
      if (there) there.focus();
    });
    return { keep, step };
  };

  // As people type it: without accents and without regard to capitals or punctuation.
  const alike = { "ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe" };
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/['’]/g, "").replace(/[łøđıßæœ]/g, (letter) => alike[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  // For what is not found as it was typed: words written together or apart, and words with one letter more, less, another or two
  // swapped, of five letters and more (centred, centered). The first letter counts.
  const joined = (text, typed) => typed.replaceAll(" ", "").length >= 5 && text.replaceAll(" ", "").includes(typed.replaceAll(" ", ""));
  // Hangul, Chinese and Japanese join words and what is said of them without a space.
  const unspaced = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
  // Whether a name stands whole in what is typed, with more words about it, or with what is written onto it.
  const holds = (typed, name) => name.length > 1 && ` ${typed} `.includes(` ${name}${unspaced.test(name) ? "" : " "}`);
  const near = (part, word) => {
    if (unspaced.test(part) && holds(part, word)) return true;
    let at = 0;
    while (at < part.length && part[at] === word[at]) at += 1;
    // Of a word of five letters one may be missing, so four are typed.
    if (part.length < 5) return at === part.length || (at > 0 && part.length === 4 && word.startsWith(part.slice(at), at + 1));
    if (!at || (at === part.length - 1 && word.length > part.length + 1)) return at === part.length;
    return word.startsWith(part.slice(at + 1), at + 1) || word.startsWith(part.slice(at + 1), at)
      || word.startsWith(part.slice(at), at + 1) || word.startsWith(`${part[at + 1] || " "}${part[at]}${part.slice(at + 2)}`, at);
  };
  const nearly = (text, parts) => {
    const words = text.trim().split(" ");
    return parts.every((part) => words.some((word) => near(part, word)));
  };

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

  // An element with its attributes and what stands in it: text stays text, of which no line begins with the point that joins words.
  const make = (tag, attributes = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
    const kept = (part) => tag !== "option" && typeof part === "string" ? part.replace(/(?<=\S)·/g, "\u2060·") : part;
    made.append(...inside.map(kept));
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

  return { take, load, words, units, given, journey, plain, joined, nearly, unspaced, holds, perCent, fact, make, copy };
})();
