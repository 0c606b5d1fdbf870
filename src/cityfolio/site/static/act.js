// Recommendations by tag. Without script the tags lead to their sections; with it they filter, and the address keeps the choice.
"use strict";
(() => {
  const filter = document.querySelector(".tag-filter");
  const cards = [...document.querySelectorAll(".card")];
  const links = [...filter.querySelectorAll("a[data-tag]")];
  const status = filter.querySelector("[role=status]");
  const known = new Set(links.map((link) => link.dataset.tag));

  const chosen = () =>
    new Set((new URLSearchParams(location.search).get("tag") || "").split(",").filter((tag) => known.has(tag)));
  const address = (tags) => (tags.size ? "?tag=" + [...tags].sort().join(",") : location.pathname);

  const show = () => {
    const wanted = chosen();
    const fits = (card) => !wanted.size || card.dataset.tags.split(" ").some((tag) => wanted.has(tag));
    cards.forEach((card) => { card.hidden = !fits(card); });
    document.querySelectorAll(".tag-group, .tag-family").forEach((group) => {
      group.hidden = wanted.size > 0 && !group.querySelector(".card:not([hidden])");
    });
    document.querySelectorAll(".also").forEach((also) => { also.hidden = wanted.size > 0; });
    links.forEach((link) => {
      const on = wanted.has(link.dataset.tag);
      const next = new Set(wanted);
      if (on) next.delete(link.dataset.tag); else next.add(link.dataset.tag);
      link.href = address(next);
      if (on) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    });
    const shown = cards.filter((card) => !card.hidden).length;
    status.textContent = wanted.size
      ? filter.dataset.shown.replace("{shown}", shown).replace("{all}", cards.length)
      : "";
  };

  filter.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-tag]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    show();
  });
  // Links to a card or a tag show everything: what they lead to may be filtered away.
  document.querySelector(".cards").addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || !location.search) return;
    history.pushState(null, "", location.pathname + link.getAttribute("href"));
    show();
    event.preventDefault();
    document.getElementById(link.getAttribute("href").slice(1)).scrollIntoView();
  });
  addEventListener("popstate", show);
  show();
})();
