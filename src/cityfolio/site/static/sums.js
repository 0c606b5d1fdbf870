// Who is behind a number: a click or Enter on it opens the sum in a panel. Without this script the number is a link there.
"use strict";
(() => {
  const { facts, title, close, page, lost } = document.currentScript.dataset;
  if (!facts) return; // a page in a frame of another site
  const root = document.documentElement;
  const home = new URL(facts, document.baseURI).href;

  // Where a programme names no lasting address of its site, the one that a reader came by is what to cite.
  if (location.protocol !== "file:") for (const one of document.querySelectorAll(".address")) one.textContent = location.href.split(/[?#]/)[0];

  // On a page of facts inside the panel: only what was asked for, and links lead out of it.
  if (document.body.classList.contains("facts")) {
    if (window === window.top) return;
    root.classList.add("framed");
    window.addEventListener("load", () => window.scrollTo(0, 0));
    for (const link of document.querySelectorAll("a")) link.target = "_top";
    // How to cite this one number, and a report of an error that names it.
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.querySelector("code")?.textContent;
    if (row) {
      const lasting = document.querySelector("link[rel=canonical]")?.href ?? (location.protocol === "file:" ? "" : location.href.split("#")[0]);
      document.querySelector(".cited").textContent = lasting ? `${row}, ${lasting}${location.hash}.` : `${row}.`;
      for (const report of document.querySelectorAll('.report a[href$="%0D%0A"]')) report.href += encodeURIComponent(row);
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") window.parent.postMessage("close the sum", "*");
    });
    return;
  }

  // An address of a place that is gone leads to the page alone, which would pass for what was meant.
  const seek = () => {
    document.querySelector("main > .lost")?.remove();
    if (/^#(?!top$)./.test(location.hash) && !document.querySelector(":target")) document.querySelector("main").prepend(make("p", lost, { className: "lost", role: "status" }));
  };
  window.addEventListener("load", seek);
  window.addEventListener("hashchange", seek);

  // The address of a fact follows from its id: [published.]edition.variable.category.group.measure
  const plain = (text) => text.replace(/[^\p{L}\p{N}_.:-]/gu, (sign) =>
    [...new TextEncoder().encode(sign)].map((byte) => "~" + byte.toString(16).toUpperCase().padStart(2, "0")).join(""));
  const address = (id) => {
    const found = /^(published\.)?([^.:]+)\.([^.:]+)\.([^.:]+)\.(all|[^.:]+:.*)\.([^.]+)$/.exec(id);
    if (!found) return "";
    const [, published, edition, variable, category, group, measure] = found;
    const parts = [category, group === "all" ? "" : plain(group), measure === "share" ? "" : measure].filter(Boolean);
    return `${home}${edition}/${variable}/index.html#${encodeURIComponent((published || "") + parts.join(".")).replaceAll("%3A", ":")}`;
  };

  const make = (name, words, given = {}) => Object.assign(document.createElement(name), { textContent: words }, given);
  // The panel is made when it is first asked for: nothing of it is needed to paint the page.
  let panel;
  let onward;
  let shut;
  const makePanel = () => {
    panel = document.createElement("dialog");
    onward = make("a", page, { href: home });
    shut = make("button", close, { type: "button" });
    const bar = document.createElement("div");
    bar.append(make("h2", title, { id: "_sum" }), onward, shut);
    panel.append(bar);
    panel.setAttribute("aria-labelledby", "_sum");
    shut.addEventListener("click", () => panel.close());
    panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
    // An open panel is a step of the history, so that Back closes it; closing it otherwise takes that step back.
    panel.addEventListener("close", () => {
      panel.querySelector("iframe").remove();
      if (history.state?.sum) history.back();
    });
    document.body.append(panel);
  };
  window.addEventListener("popstate", () => { if (panel?.open) panel.close(); });
  // A page that was left with its panel open and is come back to shows the page alone.
  if (history.state?.sum) history.replaceState({ ...history.state, sum: false }, "");
  window.addEventListener("message", (event) => {
    const frame = panel?.querySelector("iframe");
    if (frame && event.source === frame.contentWindow && event.data === "close the sum") panel.close();
  });

  const open = (where) => {
    if (!panel) makePanel();
    onward.href = where;
    // A new frame each time: changing the address of one would add to the history of the page.
    // It is shown once it is there: until its own script has run, it would be the whole page with its head.
    const frame = make("iframe", "", { src: where, title, className: "coming" });
    frame.addEventListener("load", () => frame.classList.remove("coming"));
    panel.append(frame);
    panel.showModal();
    history.pushState({ ...history.state, sum: true }, "");
    shut.focus();
  };

  // A number without an id of its own is of the fact that it leads to, or of the same as the number before it.
  const whereOf = (number) => {
    const numbers = [...document.querySelectorAll("[data-fact]")];
    const named = numbers.slice(0, numbers.indexOf(number) + 1).findLast((one) => one.dataset.fact || one.href);
    return named?.dataset.fact ? address(named.dataset.fact) : named?.href || "";
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const at = event.target.closest("[data-fact], a");
    const number = at && ("fact" in at.dataset ? at : at.querySelector(":scope > [data-fact]"));
    const where = number && whereOf(number);
    if (!where) return;
    event.preventDefault();
    // The focus comes back to the link of the number, or of its cell or row, wherever the click was.
    const link = at.closest("a") || [at.closest("td"), at.closest("tr")].map((one) => one?.querySelector("a[data-fact]")).find(Boolean);
    link?.focus({ preventScroll: true });
    open(where);
  });

  root.classList.add("opens");
})();
