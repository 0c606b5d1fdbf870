// The same page in another language keeps what was chosen on it: the query and the place. Part of sums.js on a site.
"use strict";
(() => {
  for (const link of document.querySelectorAll(".languages a")) {
    const href = link.href;
    const follow = () => { link.href = href + location.search + location.hash; };
    for (const kind of ["pointerdown", "click", "focus", "contextmenu"]) link.addEventListener(kind, follow);
  }
})();
