// After sending, the first field that is wrong gets the focus. A pressed option does not take the focus from its input.
(() => {
  let due = 0;
  new MutationObserver((changes) => {
    if (!changes.some((change) => change.target.getAttribute("aria-invalid") === "true")) return;
    clearTimeout(due);
    due = setTimeout(() => {
      const form = [...document.querySelectorAll("form")].filter((one) => one.querySelector("[aria-invalid=true]") && one.contains(document.activeElement)).pop();
      const first = form && form.querySelector("[aria-invalid=true]");
      if (first && !document.activeElement.matches("[aria-invalid=true]")) first.focus();
    }, 30);
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["aria-invalid"] });
  document.addEventListener("pointerdown", (event) => { if (event.target.closest(".combo-list .option")) event.preventDefault(); });
})();
