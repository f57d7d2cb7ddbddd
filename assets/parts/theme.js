// Light, dark, or as the device says. Runs before the first paint; the choice stays in this browser.
(() => {
  const root = document.documentElement;
  const chosen = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme; else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-theme-set]"))
      button.setAttribute("aria-pressed", String(button.dataset.themeSet === (root.dataset.theme || "system")));
  };
  window.crmTheme = (theme) => { try { localStorage.setItem("theme", theme); } catch { /* private windows */ } show(theme); };
  show(chosen());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-set]");
    if (button) window.crmTheme(button.dataset.themeSet);
  });
  document.addEventListener("toggle", () => show(chosen()), true);
})();
