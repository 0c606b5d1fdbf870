// The search box of the home page: filters the list that is there anyway. Without this script the box stays hidden.
"use strict";
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  const box = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const { plain, joined, nearly, holds } = cityfolio;

  const list = document.querySelector(".directory");
  const groups = [...list.querySelectorAll("[data-group]")];
  // Prepared when something is first typed: the page is painted without it.
  let prepared;
  const units = () => prepared ??= [...list.querySelectorAll("[data-group] li")].map((item) => {
    const country = item.closest("[data-words][data-group]");
    const name = (item.querySelector("a") || item).textContent;
    const words = [name, item.dataset.words || "", country ? country.dataset.words : ""];
    return { item, name: plain(name), words: " " + plain(words.join(" ")), link: item.querySelector("a") };
  });

  const show = () => {
    const typed = plain(box.value);
    const wanted = typed.split(" ").filter(Boolean);
    const exact = units().filter((unit) => wanted.every((word) => unit.words.includes(" " + word)) || holds(typed, unit.name));
    const hits = exact.length ? exact : units().filter((unit) => joined(unit.words, typed) || nearly(unit.words, wanted));
    for (const unit of units()) unit.item.hidden = !hits.includes(unit);
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
    const said = () => form.dataset.hits.replace("{number}", hits.length).replace("{units}", cityfolio.units(form, hits.length));
    status.textContent = !wanted.length ? "" : hits.length ? said() : form.dataset.none;
    return hits;
  };

  box.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const hits = box.value.trim() ? show() : [];
    if (hits.length === 1 && hits[0].link) hits[0].link.click();
  });
  form.hidden = false;
  if (box.value) show();
})();
