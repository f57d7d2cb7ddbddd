// An input with `data-choose` moves through the .option rows of the list it controls: arrows, Enter, Escape.
(() => {
  const list = (input) => document.getElementById(input.getAttribute("aria-controls") || "");
  const rows = (input) => { const box = list(input); return box ? [...box.querySelectorAll(".option")] : []; };
  const mark = (input, at) => {
    const all = rows(input);
    all.forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
    const row = all[at];
    if (!row) { input.removeAttribute("aria-activedescendant"); return; }
    if (!row.id) row.id = `${list(input).id}-${at}`;
    input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  };
  const current = (input) => rows(input).findIndex((row) => row.getAttribute("aria-selected") === "true");
  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches || !input.matches("[data-choose]")) return;
    const all = rows(input), at = current(input);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!all.length) return;
      event.preventDefault();
      mark(input, (at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + all.length) % all.length);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      all[at].click();
    } else if (event.key === "Escape" && all.length && !input.closest("dialog.palette")) {
      const shut = input.parentElement.querySelector("[data-combo-close]");
      if (shut) { event.preventDefault(); event.stopPropagation(); shut.click(); }
    }
  }, true);
  // When the answer changes the first row is the likely one, where the list says so.
  new MutationObserver((changes) => {
    const seen = new Set();
    for (const change of changes) {
      const box = change.target.closest && change.target.closest("[data-likely]");
      if (box) seen.add(box);
    }
    for (const box of seen) {
      const input = document.querySelector(`[data-choose][aria-controls="${box.id}"]`);
      if (input) mark(input, rows(input).length ? 0 : -1);
    }
  }).observe(document.documentElement, { subtree: true, childList: true });
  document.addEventListener("focusout", (event) => {
    const input = event.target;
    if (!input.matches || !input.matches(".combo [data-choose]")) return;
    if (event.relatedTarget && list(input)?.contains(event.relatedTarget)) return;
    const shut = input.parentElement.querySelector("[data-combo-close]");
    if (shut && rows(input).length) setTimeout(() => shut.isConnected && document.activeElement !== input && shut.click(), 150);
  });
})();
