// Keys: Ctrl/⌘-K finds, ? shows the keys, / goes to the search of the page, g then a letter goes to a page,
// and any element with data-key is pressed by that key while nobody is typing.
(() => {
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  const typing = (element) => element.matches && element.matches("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]");
  const visible = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
  const top = () => [...document.querySelectorAll("dialog[open]")].pop();
  const within = () => top() || document;
  let going = 0;

  const openById = (id) => { const dialog = document.getElementById(id); if (dialog && window.crmDialog) window.crmDialog.open(dialog); return dialog; };
  const palette = () => { const dialog = openById("palette"); const input = dialog && dialog.querySelector("input"); if (input) { input.focus(); input.select(); } };
  const pressed = (event) => (event.ctrlKey || event.metaKey ? "mod+" : "") + event.key.toLowerCase();
  const find = (key) => [...within().querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((e) => visible(e) && !e.disabled);

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = pressed(event);
    if (key === "mod+k") { event.preventDefault(); const open = top(); if (open && open.id === "palette") window.crmDialog.close(open); else palette(); return; }
    if (key.startsWith("mod+")) { const element = find(key); if (element) { event.preventDefault(); element.click(); } return; }
    if (event.altKey || typing(event.target)) return;
    if (Date.now() - going < 1500 && !top()) {
      going = 0;
      const link = [...document.querySelectorAll(`[data-go="${CSS.escape(key)}"]`)][0];
      if (link) { event.preventDefault(); link.click(); return; }
    }
    if (key === "g" && !top()) { going = Date.now(); return; }
    if (key === "?" && !top()) { event.preventDefault(); sheet(); return; }
    if (key === "/" && !top()) { const search = [...document.querySelectorAll("[data-search]")].find(visible); event.preventDefault(); if (search) { search.focus(); search.select(); } else palette(); return; }
    const element = find(key);
    if (element) { event.preventDefault(); if (typing(element)) element.focus(); else element.click(); }
  });

  const named = (element) => element.getAttribute("aria-label") || [...element.childNodes].filter((n) => n.nodeName !== "KBD" && n.nodeName !== "svg").map((n) => n.textContent).join(" ").trim();
  const shown = (key) => key.replace("mod+", mac ? "⌘" : "Ctrl ").replace("enter", "Enter");
  function sheet() {
    const box = document.querySelector("[data-keys-here]");
    if (box) {
      box.replaceChildren();
      const seen = new Set();
      const rows = [...document.querySelectorAll("[data-key]")].filter((e) => visible(e) && !e.closest("dialog")).map((e) => [e.dataset.key, named(e)]);
      for (const go of document.querySelectorAll("[data-go]")) rows.push([`g ${go.dataset.go}`, named(go).replace(/[\d,. ]+$/, "")]);
      for (const [key, words] of rows) {
        if (!words || seen.has(key)) continue;
        seen.add(key);
        const row = document.createElement("div"), said = document.createElement("span"), cap = document.createElement("kbd");
        said.textContent = words; cap.textContent = shown(key); row.append(said, cap); box.append(row);
      }
      box.closest("section")?.toggleAttribute("hidden", !box.children.length);
    }
    openById("keys");
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]")) palette();
    if (event.target.closest("[data-keys]")) sheet();
    const go = event.target.closest("#palette a");
    if (go && top()) window.crmDialog.close(top());
  });
  if (mac) document.documentElement.dataset.mac = "1";
})();
