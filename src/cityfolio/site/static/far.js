// Sections below the first screen are laid out one by one once that is painted, so that no wait is long. Part of sums.js on a site.
"use strict";
const afterFirstPaint = (act) => {
  // A browser that tells of no paint does not wait.
  if (!PerformanceObserver.supportedEntryTypes?.includes("paint")) return act();
  new PerformanceObserver((_, observer) => {
    observer.disconnect();
    act();
  }).observe({ type: "paint", buffered: true });
};
(() => {
  const below = ".profile .text > section ~ section, .listed > section, .home .region, .home .directory ~ section";
  const far = [...document.querySelectorAll(below)];
  const lay = (section) => section.classList.add("near");
  const each = () => {
    if (!far.length) return;
    lay(far.shift());
    requestAnimationFrame(() => setTimeout(each));
  };
  // A page that is come back to, or come to at a place of it, has all of its height at once, so that the place is found.
  const [way] = performance.getEntriesByType("navigation");
  if (way?.type !== "navigate" || location.hash) far.forEach(lay);
  else afterFirstPaint(each);
})();
