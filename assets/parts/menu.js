// A button with `data-menu` opens the .menu that follows it: placed beside the button, moved through by arrow keys.
(() => {
  const items = (menu) => [...menu.querySelectorAll("a[href], button:not(:disabled), input:not(:disabled)")];
  const place = (menu, button) => {
    const at = button.getBoundingClientRect(), own = menu.getBoundingClientRect();
    const below = innerHeight - at.bottom > own.height + 12 || at.top < own.height + 12;
    const left = Math.min(Math.max(8, at.right - own.width > 8 && at.left + own.width > innerWidth - 8 ? at.right - own.width : at.left), innerWidth - own.width - 8);
    menu.style.left = `${left}px`;
    menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - own.height - 4)}px`;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-menu]");
    if (button) {
      const menu = button.nextElementSibling;
      if (!menu || !menu.matches(".menu")) return;
      if (menu.dataset.just) { delete menu.dataset.just; return; }
      menu.togglePopover();
      return;
    }
    const chosen = event.target.closest(".menu a, .menu button:not([data-stay])");
    if (chosen) { const menu = chosen.closest(".menu"); if (menu.matches(":popover-open")) menu.hidePopover(); }
  });
  // A click on the button of an open menu first closes it as a click outside: remember, so that it does not open again.
  document.addEventListener("pointerdown", (event) => {
    const button = event.target.closest("[data-menu]");
    const menu = button && button.nextElementSibling;
    if (menu && menu.matches(".menu:popover-open")) { menu.dataset.just = "1"; setTimeout(() => delete menu.dataset.just, 400); }
  }, true);
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!menu.matches || !menu.matches(".menu")) return;
    const button = menu.previousElementSibling, shown = event.newState === "open";
    if (!button) return;
    button.setAttribute("aria-expanded", String(shown));
    if (shown) { place(menu, button); const first = items(menu)[0]; if (first) first.focus({ preventScroll: true }); }
    else if (menu.contains(document.activeElement) || document.activeElement === document.body) button.focus({ preventScroll: true });
  }, true);
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest && event.target.closest(".menu");
    if (!menu) return;
    const all = items(menu), at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || event.target.matches("input[type=text], input[type=search]") && /Home|End/.test(event.key)) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  });
  addEventListener("scroll", (event) => {
    if (event.target.closest && event.target.closest(".menu")) return;
    for (const menu of document.querySelectorAll(".menu:popover-open")) menu.hidePopover();
  }, true);
})();
