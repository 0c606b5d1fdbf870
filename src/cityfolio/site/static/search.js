// The search box of the home page: filters the list that is there anyway. Without this script the box stays hidden.
"use strict";
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  const box = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const alike = { "ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe" };

  // As people type it: without accents and without regard to capitals or punctuation.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/['’]/g, "").replace(/[łøđıßæœ]/g, (letter) => alike[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const list = document.querySelector(".directory");
  const groups = [...list.querySelectorAll("[data-group]")];
  const units = [...list.querySelectorAll("[data-group] li")].map((item) => {
    const country = item.closest("[data-words][data-group]");
    const name = (item.querySelector("a") || item).textContent;
    const words = [name, item.dataset.words || "", country ? country.dataset.words : ""];
    return { item, words: " " + plain(words.join(" ")), link: item.querySelector("a") };
  });

  const show = () => {
    const wanted = plain(box.value).split(" ").filter(Boolean);
    const hits = units.filter((unit) => {
      const hit = wanted.every((word) => unit.words.includes(" " + word));
      unit.item.hidden = !hit;
      return hit;
    });
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
    const noun = hits.length === 1 ? form.dataset.one : form.dataset.many;
    status.textContent = !wanted.length ? "" : hits.length ? noun.replace("{number}", hits.length) : form.dataset.none;
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
