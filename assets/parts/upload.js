// A .drop with data-upload="/address" sends the chosen or dropped file there, shows how far it is, and goes where the
// answer says: {"go": "/imports/7"}, or says what is wrong: {"error": "…"} or plain words.
(() => {
  const say = (drop, words, bad) => { const line = drop.querySelector("[data-says]"); if (line) { line.textContent = words; line.classList.toggle("no", Boolean(bad)); } };
  function send(drop, file) {
    const form = new FormData();
    for (const [name, value] of Object.entries(drop.dataset)) if (name.startsWith("with")) form.append(name.slice(4).toLowerCase(), value);
    form.append("file", file, file.name);
    const call = new XMLHttpRequest();
    call.open("POST", drop.dataset.upload);
    call.upload.onprogress = (event) => { if (event.lengthComputable) say(drop, `Sending ${file.name}: ${Math.round(event.loaded / event.total * 100)} %`); };
    call.onerror = () => { drop.removeAttribute("aria-busy"); say(drop, "The file did not arrive. Please try again.", true); };
    call.onload = () => {
      drop.removeAttribute("aria-busy");
      let answer = {}; try { answer = JSON.parse(call.responseText); } catch { answer = { error: call.responseText.slice(0, 300) }; }
      if (call.status < 300 && answer.go) { location.assign(answer.go); return; }
      if (call.status < 300) { say(drop, answer.words || "It arrived."); const done = drop.parentElement.querySelector("[data-uploaded]"); if (done) done.click(); return; }
      say(drop, answer.error || "This file could not be read.", true);
    };
    drop.setAttribute("aria-busy", "true");
    say(drop, `Sending ${file.name} …`);
    call.send(form);
  }
  const drop = (event) => event.target.closest && event.target.closest("[data-upload]");
  document.addEventListener("change", (event) => { const box = drop(event); if (box && event.target.files && event.target.files[0]) { send(box, event.target.files[0]); event.target.value = ""; } });
  document.addEventListener("dragover", (event) => { const box = drop(event); if (box) { event.preventDefault(); box.setAttribute("data-over", ""); } });
  document.addEventListener("dragleave", (event) => { const box = drop(event); if (box && !box.contains(event.relatedTarget)) box.removeAttribute("data-over"); });
  document.addEventListener("drop", (event) => { const box = drop(event); if (!box) return; event.preventDefault(); box.removeAttribute("data-over"); const file = event.dataTransfer.files[0]; if (file) send(box, file); });
})();
