// What the checks look at in a page; each function gives a list of what is wrong, in words.
(() => {
  const name = (at) => at.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const shown = (at) => at.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && at.getClientRects().length > 0;
  const targets = () =>
    [...document.querySelectorAll("a[href], button, input, select, summary, textarea, [role=button]")]
      .filter((at) => shown(at) && !at.closest(".skip, svg"));

  // In running text a target is as high as its line (WCAG 2.5.8, inline).
  const inText = (at) => {
    if (getComputedStyle(at).display !== "inline") return false;
    const block = at.closest("p, li, td, th, dd, dt, small, figcaption, caption, h1, h2, h3, h4, div, span[class]");
    const own = at.textContent.trim().length;
    return block !== null && block.textContent.trim().length > own;
  };
  const circle = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const near = (box, other) => {
    const c = circle(box);
    const dx = Math.max(other.left - c.x, 0, c.x - other.right);
    const dy = Math.max(other.top - c.y, 0, c.y - other.bottom);
    return Math.hypot(dx, dy) < 12;
  };

  window.looking = {
    // Targets under 24 px that have no room around them either.
    smallTargets() {
      const all = targets();
      const boxes = all.map((at) => at.getBoundingClientRect());
      const isSmall = (box) => box.width < 23.5 || box.height < 23.5;
      return all.filter((at, i) =>
        isSmall(boxes[i]) && !inText(at) && boxes.some((other, j) => {
          if (i === j || all[j].contains(at) || at.contains(all[j])) return false;
          if (near(boxes[i], other)) return true;
          const a = circle(boxes[i]), b = circle(other);
          return isSmall(other) && Math.hypot(a.x - b.x, a.y - b.y) < 24;
        })).map(name);
    },
    // Text that its box cuts off. Boxes that scroll, and what only screen readers read, are meant to.
    clipped() {
      return [...document.querySelectorAll("main *, header *, footer *")].filter((at) => {
        if (!shown(at) || at.closest("svg") || !at.textContent.trim()) return false;
        const style = getComputedStyle(at);
        const cuts = [style.overflowX, style.overflowY].some((o) => o === "hidden" || o === "clip");
        return cuts && at.clientWidth > 2 && (at.scrollWidth > at.clientWidth + 1 || at.scrollHeight > at.clientHeight + 1);
      }).map(name);
    },
    // What sticks out of the page sideways, unless a box that scrolls by itself holds it.
    sticksOut() {
      const wide = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= wide) return [];
      return [...document.querySelectorAll("body *")]
        .filter((at) => shown(at) && !at.closest(".scroll, svg") && at.getBoundingClientRect().right > wide + 1).map(name).slice(0, 5);
    },
    unnamed() {
      return targets().filter((at) => {
        const label = at.labels && at.labels.length ? at.labels[0].textContent : "";
        const said = at.getAttribute("aria-label") || label || at.textContent || at.title;
        return !said.trim();
      }).map(name);
    },
    // Landmarks of one kind need names that tell them apart.
    alikeLandmarks() {
      const seen = new Map();
      for (const at of document.querySelectorAll("nav, [role=region], [role=search]")) {
        if (!shown(at)) continue;
        const labelled = document.getElementById(at.getAttribute("aria-labelledby"));
        const key = at.tagName + "|" + (at.getAttribute("aria-label") || (labelled && labelled.textContent) || "");
        seen.set(key, (seen.get(key) || 0) + 1);
      }
      return [...seen].filter(([, times]) => times > 1).map(([key]) => key);
    },
    // A chart is a table with a caption, headings, numbers beside its bars, and a line on base and source.
    chartsWithoutTwin() {
      const wrong = [];
      for (const chart of document.querySelectorAll(".chart")) {
        const table = chart.querySelector("table");
        if (!table) {
          if (!chart.querySelector("p")) wrong.push("no table: " + name(chart));
          continue;
        }
        if (!table.caption || !table.caption.textContent.trim()) wrong.push("no caption: " + name(table));
        if (!table.querySelector("thead th")) wrong.push("no column headings: " + name(table));
        for (const row of table.tBodies[0].rows) {
          if (!row.querySelector("th")) wrong.push("no row heading: " + name(row));
          if (![...row.cells].slice(1).some((cell) => cell.textContent.trim())) wrong.push("no number: " + name(row));
        }
        const after = chart.nextElementSibling;
        const under = chart.querySelector(".under") || (after && after.matches(".under") ? after : null);
        if (!under || !under.textContent.trim()) wrong.push("no base or source: " + name(chart));
      }
      for (const drawing of document.querySelectorAll("svg")) {
        const told = drawing.closest("[aria-hidden=true]") || drawing.getAttribute("aria-label") || drawing.getAttribute("aria-labelledby");
        if (!told) wrong.push("a drawing without a name: " + name(drawing));
      }
      return wrong;
    },
    moving() {
      const named = document.getAnimations().filter((a) => a.playState === "running").map((a) => name(a.effect.target));
      const long = [...document.querySelectorAll("body *")].filter((at) =>
        getComputedStyle(at).transitionDuration.split(",").some((time) => parseFloat(time) > 0.001));
      return [...named, ...long.slice(0, 3).map(name)];
    },
    // Of the element in focus: what keeps a reader from seeing that it is.
    focus() {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const style = getComputedStyle(at);
      const boxes = [...at.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
      const wrong = [];
      if (!boxes.length) wrong.push("has no box");
      if (!at.closest("svg") && (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)) wrong.push("has no outline");
      const inView = boxes.filter((box) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
      if (boxes.length && !inView.length) wrong.push("is out of view");
      const seen = inView.some((box) => {
        const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
        const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 40), 1), innerHeight - 2);
        const top = document.elementFromPoint(x, y);
        return top && (at.contains(top) || top.contains(at));
      });
      // Dots of a map may lie on each other; its list says the same.
      if (inView.length && !seen && !at.closest("svg")) wrong.push("is covered");
      const before = window.lookedAt;
      window.lookedAt = at;
      if (before && before.isConnected && !(before.compareDocumentPosition(at) & 4)) wrong.push("comes before the one in focus before");
      return { at: name(at), wrong };
    },
  };
})();
