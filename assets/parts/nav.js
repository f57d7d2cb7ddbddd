// The menu on a phone: opened by its button, closed by Escape, a tap beside it, or going somewhere.
(() => {
  const app = () => document.querySelector(".app");
  const set = (open) => {
    const frame = app();
    if (!frame || (frame.dataset.nav === "open") === open) return;
    if (open) frame.dataset.nav = "open"; else delete frame.dataset.nav;
    const main = document.getElementById("content");
    if (main) main.inert = open;
    for (const button of document.querySelectorAll("[data-nav-toggle]")) button.setAttribute("aria-expanded", String(open));
    const to = open ? frame.querySelector(".nav a, .nav button") : frame.querySelector("[data-nav-toggle]");
    if (to) to.focus();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-nav-toggle]")) return set(app().dataset.nav !== "open");
    if (event.target.closest(".scrim, .nav a, .nav .find")) set(false);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") set(false); });

  // Another page without a new document: say its title, and do not leave the focus on what is gone.
  let said = document.title, voice;
  const arrived = () => {
    if (document.title === said) return;
    said = document.title;
    if (!voice) { voice = document.createElement("div"); voice.className = "for-ears"; voice.setAttribute("aria-live", "polite"); document.body.append(voice); }
    voice.textContent = said;
    const focus = document.activeElement, main = document.getElementById("content");
    if (main && (!focus || focus === document.body || !focus.isConnected)) main.focus({ preventScroll: true });
  };
  new MutationObserver(arrived).observe(document.head, { subtree: true, childList: true, characterData: true });
})();
