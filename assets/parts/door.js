// The door: taps are kept here until the server has them. Each carries a nonce, so sending twice counts once.
// Only numbers are kept on the device (seat, time, nonce), no names.
(() => {
  const root = () => document.querySelector("[data-door]");
  const store = (event) => `crm.door.${event}`;
  const read = (event) => { try { return JSON.parse(localStorage.getItem(store(event)) || "[]"); } catch { return []; } };
  const write = (event, taps) => taps.length ? localStorage.setItem(store(event), JSON.stringify(taps)) : localStorage.removeItem(store(event));
  const nonce = () => (crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join(""));
  const names = new Map();
  let last = null, sending = false, wait = 1000, timer = 0, cut = false;

  function say(words, tone) {
    const line = document.querySelector("[data-door-says]");
    if (line) { line.textContent = words; line.dataset.tone = tone || ""; }
  }

  function show() {
    const door = root();
    if (!door) return;
    const kept = read(door.dataset.door).length;
    const line = document.querySelector("[data-door-offline]"), dot = document.querySelector("[data-door-dot]");
    if (dot) dot.classList.toggle("off", cut);
    if (line) {
      line.hidden = !cut;
      line.textContent = kept ? `No connection. ${kept} ${kept === 1 ? "tap is" : "taps are"} kept here and will be sent.` : "No connection. You can go on tapping; nothing is lost.";
    }
    const undo = document.querySelector("[data-door-undo]");
    if (undo) undo.disabled = !last;
  }

  function tap(button, verb) {
    const door = root();
    const seat = Number(button.dataset.tap || 0), party = Number(button.dataset.tapParty || 0);
    const one = { nonce: nonce(), seat_id: seat, registration_id: party, verb: verb || "in", checkpoint_id: Number(door.dataset.checkpoint) || null, occurred_at: new Date().toISOString(), offline: false };
    names.set(one.nonce, button.dataset.name || "");
    button.dataset.sent = "…";
    button.dataset.nonce = one.nonce;
    write(door.dataset.door, [...read(door.dataset.door), one]);
    send();
  }

  async function send() {
    const door = root();
    if (!door || sending) return;
    const event = door.dataset.door, taps = read(event).slice(0, 50);
    if (!taps.length) { show(); return; }
    sending = true;
    try {
      const answer = await fetch(`/events/${event}/taps`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ taps }), signal: AbortSignal.timeout(8000) });
      if (answer.status === 401) { say("Please sign in again; the taps are kept.", "refused"); return; }
      if (answer.status >= 500) throw new TypeError("not now");
      const said = answer.ok ? (await answer.json()).answers : taps.map((one) => ({ nonce: one.nonce, outcome: "refused", words: "This could not be read." }));
      const done = new Set(taps.map((one) => one.nonce));
      write(event, read(event).filter((one) => !done.has(one.nonce)));
      cut = false; wait = 1000;
      said.forEach((one) => heard(one, taps.find((t) => t.nonce === one.nonce)));
      if (read(event).length) setTimeout(send, 0);
    } catch (error) {
      cut = true;
      write(event, read(event).map((one) => ({ ...one, offline: true })));
      document.querySelectorAll("[data-sent='…']").forEach((button) => { button.dataset.sent = "kept"; });
      clearTimeout(timer);
      timer = setTimeout(send, wait);
      wait = Math.min(wait * 1.7, 15000);
    } finally { sending = false; show(); }
  }

  function heard(one, asked) {
    const button = document.querySelector(`[data-nonce="${one.nonce}"]`);
    const name = names.get(one.nonce) || one.name || "This guest";
    if (button) {
      if (one.outcome === "refused" || one.outcome === "undone") delete button.dataset.sent;
      else if (button.dataset.tap) button.dataset.sent = one.at ? `in ${one.at}` : "in";
      else delete button.dataset.sent;
    }
    if (asked && asked.verb === "in" && one.outcome === "in" && asked.seat_id) last = { seat: asked.seat_id, name };
    if (asked && asked.verb === "undo") last = null;
    const words = one.outcome === "refused" ? `${name}: ${one.words}` : `${name} is ${one.words}`;
    say(words, one.outcome === "already" ? "" : one.outcome);
    names.delete(one.nonce);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tap], [data-tap-party]");
    if (button && root()) { if (!button.dataset.sent || button.dataset.sent.startsWith("in")) tap(button); return; }
    if (event.target.closest("[data-door-undo]") && last) {
      const door = root();
      const one = { nonce: nonce(), seat_id: last.seat, registration_id: 0, verb: "undo", checkpoint_id: Number(door.dataset.checkpoint) || null, occurred_at: new Date().toISOString(), offline: false };
      names.set(one.nonce, last.name);
      document.querySelectorAll(`[data-tap="${last.seat}"]`).forEach((b) => delete b.dataset.sent);
      write(door.dataset.door, [...read(door.dataset.door), one]);
      send();
    }
  });

  // What the page says wins: when the row changes, what was only hoped for goes.
  new MutationObserver((changes) => {
    for (const change of changes) if (change.target.dataset && change.target.dataset.sent && change.target.dataset.sent !== "kept") delete change.target.dataset.sent;
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-state", "data-tap"] });
  // After a guest is in, the next name can be typed at once.
  document.addEventListener("keydown", (event) => {
    const search = document.querySelector("[data-door-search]");
    if (!search || event.target !== search || event.key !== "Enter") return;
    const open = document.querySelectorAll(".door [data-tap][data-state='come']");
    if (open.length) { event.preventDefault(); open[0].click(); search.select(); }
  });
  window.addEventListener("online", () => { wait = 1000; send(); });
  window.addEventListener("offline", () => { cut = true; show(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  new MutationObserver(() => { const door = root(); if (door && !door.crmDoor && Number(door.dataset.door)) { door.crmDoor = true; show(); send(); } })
    .observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-door"] });
})();
