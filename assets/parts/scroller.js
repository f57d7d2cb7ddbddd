// The long table: a scroller as tall as all rows, in which the server's window of rows is moved to its place.
// It asks for the rows in sight by pressing the hidden button beside it, one request at a time.
(() => {
  const TALLEST = 12_000_000; // browsers stop at 17 to 33 million pixels; beyond this the scroll is scaled
  const known = new WeakMap();

  function parts(view) {
    let own = known.get(view);
    if (!own) { own = { active: -1, asked: null, askedAt: 0, query: view.dataset.query }; known.set(view, own); }
    own.head = view.querySelector(".grid-head");
    own.space = view.querySelector(".grid-space");
    own.window = view.querySelector(".grid-window");
    own.total = Number(view.dataset.total) || 0;
    own.row = parseFloat(getComputedStyle(view).getPropertyValue("--row")) || 34;
    own.first = Number(own.window.dataset.first) || 0;
    own.count = own.window.childElementCount;
    own.seen = Math.max(own.row, view.clientHeight - own.head.offsetHeight);
    own.true = own.total * own.row;
    own.tall = Math.min(own.true, TALLEST);
    own.scale = own.tall < own.true ? (own.true - own.seen) / (own.tall - own.seen) : 1;
    return own;
  }

  function place(view) {
    const own = parts(view);
    const offset = view.scrollTop * own.scale;
    view.style.setProperty("--tall", `${own.tall}px`);
    view.style.setProperty("--first", own.first);
    view.style.setProperty("--shift", `${view.scrollTop - offset}px`);
    own.top = Math.floor(offset / own.row);
    own.bottom = Math.ceil((offset + own.seen) / own.row);
    return own;
  }

  function want(view) {
    const own = place(view);
    if (!own.total || view.closest(".grid.short")) return;
    const near = 6, missesTop = own.first > 0 && own.top < own.first + near;
    const missesEnd = own.first + own.count < own.total && own.bottom > own.first + own.count - near;
    if (!missesTop && !missesEnd) return;
    const size = Math.max(own.count, 40), spare = Math.max(0, Math.floor((size - (own.bottom - own.top)) / 2));
    const first = Math.max(0, Math.min(own.top - spare, own.total - size));
    if (first === own.first) return;
    if (own.asked !== null && performance.now() - own.askedAt < 700) { own.again = true; later(view); return; }
    own.asked = first; own.askedAt = performance.now(); own.again = false;
    const button = view.parentElement.querySelector("[data-window]");
    if (button) { button.dataset.first = String(first); button.click(); }
  }
  const later = (view) => { clearTimeout(view.crmLater); view.crmLater = setTimeout(() => want(view), 120); };

  function arrived(view) {
    const own = parts(view);
    own.asked = null;
    if (own.query !== view.dataset.query) { own.query = view.dataset.query; own.active = -1; view.scrollTop = 0; }
    want(view);
    mark(view);
  }

  function mark(view) {
    const own = known.get(view);
    let on = null;
    for (const row of own.window.children) {
      const here = Number(row.dataset.index) === own.active;
      row.toggleAttribute("data-on", here);
      if (here) on = row;
    }
    if (on) view.setAttribute("aria-activedescendant", on.id); else view.removeAttribute("aria-activedescendant");
    return on;
  }

  function go(view, index) {
    const own = parts(view);
    own.active = Math.max(0, Math.min(own.total - 1, index));
    const offset = view.scrollTop * own.scale, y = own.active * own.row;
    if (y < offset) view.scrollTop = y / own.scale;
    else if (y + own.row > offset + own.seen) view.scrollTop = Math.ceil((y + own.row - own.seen) / own.scale);
    want(view);
    mark(view);
  }

  document.addEventListener("scroll", (event) => {
    if (event.target.matches && event.target.matches("[data-scroller]")) want(event.target);
  }, { capture: true, passive: true });

  document.addEventListener("keydown", (event) => {
    const view = event.target.closest && event.target.closest("[data-scroller]");
    if (!view || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    const own = place(view), page = Math.max(1, own.bottom - own.top - 2), at = own.active < 0 ? own.top - 1 : own.active;
    const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: own.total - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); if (document.activeElement !== view) view.focus({ preventScroll: true }); return go(view, to); }
    const on = mark(view);
    if (!on || event.target !== view) return;
    if (event.key === "Enter") { const link = on.querySelector("[data-open-row], a[href]"); if (link) { event.preventDefault(); link.click(); } }
    if (event.key === " " || event.key === "x") { const box = on.querySelector("input[type=checkbox]"); if (box) { event.preventDefault(); box.click(); } }
  });

  document.addEventListener("click", (event) => {
    const row = event.target.closest(".grid-row[data-index]"), view = row && row.closest("[data-scroller]");
    if (!view) return;
    const own = parts(view);
    own.active = Number(row.dataset.index);
    mark(view);
    if (!event.target.closest("a, button, input, label")) { const link = row.querySelector("[data-open-row]"); if (link && !String(getSelection())) link.click(); }
  });

  const watched = new WeakSet();
  const watch = (view) => {
    if (watched.has(view)) return;
    watched.add(view);
    new MutationObserver(() => arrived(view)).observe(view, { attributes: true, subtree: true, childList: true, attributeFilter: ["data-first", "data-total", "data-query", "data-index"] });
    new ResizeObserver(() => want(view)).observe(view);
    want(view);
  };
  const look = () => document.querySelectorAll("[data-scroller]").forEach(watch);
  new MutationObserver(look).observe(document.documentElement, { subtree: true, childList: true });
  look();
})();
