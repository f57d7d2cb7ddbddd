// Native dialogs and drawers. `data-open` follows the server's word; `data-opens="id"` opens one without asking it.
(() => {
  const from = new WeakMap();
  const open = (dialog) => {
    if (dialog.open) return;
    from.set(dialog, document.activeElement);
    dialog.showModal();
    const first = dialog.querySelector("[autofocus], [data-focus]") ||
      dialog.querySelector(".dialog-body :is(input, select, textarea, button, a[href]):not([type=hidden], :disabled)");
    if (first) first.focus();
  };
  const close = (dialog) => {
    if (dialog.open) dialog.close();
    const back = from.get(dialog);
    if (back && back.isConnected) back.focus();
  };
  const follow = (dialog) => (dialog.dataset.open === "true" ? open(dialog) : close(dialog));
  const ask = (dialog) => {
    const button = dialog.querySelector("[data-close]");
    if (dialog.hasAttribute("data-open") && button) button.click(); else close(dialog);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") { if (change.target.nodeName === "DIALOG") follow(change.target); continue; }
      for (const node of change.addedNodes) {
        if (node.nodeType !== 1) continue;
        if (node.matches("dialog[data-open]")) follow(node);
        for (const inner of node.querySelectorAll("dialog[data-open]")) follow(inner);
      }
    }
  }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-open"] });

  document.addEventListener("cancel", (event) => {
    if (event.target.nodeName === "DIALOG") { event.preventDefault(); ask(event.target); }
  }, true);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) { const dialog = document.getElementById(opener.dataset.opens); if (dialog) open(dialog); return; }
    const shut = event.target.closest("[data-shut]");
    if (shut) { const dialog = shut.closest("dialog"); if (dialog) close(dialog); return; }
    if (event.target.nodeName === "DIALOG" && event.target.open) {
      const box = event.target.getBoundingClientRect();
      const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
      if (outside && event.detail) ask(event.target);
    }
  });
  window.crmDialog = { open, close, ask };
})();
