// The scanner at a gate: camera or hand scanner, every scan stored before it is sent, a verdict in huge letters.
(() => {
  "use strict";
  const gate = document.querySelector("[data-gate]");
  if (!gate) return;
  const part = (name) => gate.querySelector(`[data-${name}]`);
  const texts = gate.dataset;
  const PICTURES = { done: "check", wait: "undo", stop: "ban" };
  const SAME_CODE_AGAIN = 4000; // ms in which the camera's next look at the same badge is the same look
  const RETRY = 3000;

  // Scans are kept on the device until the server has answered.
  const store = idb.openDB(`gate-${texts.database}`, 1, {
    upgrade: (db) => db.createObjectStore("scans", { keyPath: "scan_id" }),
  });
  const keep = async (scan) => {
    const write = (await store).transaction("scans", "readwrite", { durability: "strict" });
    await Promise.all([write.store.put(scan), write.done]);
  };
  const forget = async (scanId) => (await store).delete("scans", scanId);
  const kept = async () => (await store).getAll("scans");

  async function send(scan) {
    const answer = await fetch(texts.scans, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": texts.csrf },
      body: JSON.stringify(scan),
    });
    if (answer.status >= 500) throw new Error(`server says ${answer.status}`);
    const verdict = await answer.json();
    if (!answer.ok) throw new Error(verdict.message || `server says ${answer.status}`);
    await forget(scan.scan_id);
    return verdict;
  }

  let busy = false;
  async function read(reading) {
    const text = reading.trim();
    if (!text || busy) return;
    busy = true;
    const scan = { scan_id: crypto.randomUUID(), reading: text, scanned_at: new Date().toISOString() };
    try {
      await keep(scan);
      show(await send(scan));
      online(true);
    } catch {
      online(false);
      show({ state: "wait", title: texts.unsure, detail: texts.waiting, holder: null });
    } finally {
      busy = false;
      await countQueue();
    }
  }

  let flushing = false;
  async function flush() {
    if (flushing || busy) return;
    flushing = true;
    try {
      for (const scan of await kept()) log(await send(scan));
      online(true);
    } catch {
      online(false);
    } finally {
      flushing = false;
      await countQueue();
    }
  }

  async function countQueue() {
    const waiting = (await kept()).length;
    part("queue").hidden = waiting === 0;
    part("queue-count").textContent = waiting;
    part("queue-text").textContent = texts.queued;
  }

  function online(yes) {
    part("net").className = yes ? "net up" : "net down";
    part("net").textContent = yes ? texts.online : texts.offline;
  }

  function show(verdict) {
    const box = part("verdict");
    box.className = `verdict v-${verdict.state}${verdict.verdict === "revoked" ? " v-revoked" : ""}`;
    box.hidden = false;
    part("finder").hidden = true;
    part("next").hidden = false;
    part("title").textContent = verdict.title;
    part("detail").textContent = verdict.detail;
    const picture = part("picture");
    picture.setAttribute("href", picture.getAttribute("href").replace(/#.*/, `#${PICTURES[verdict.state]}`));
    const person = verdict.holder;
    part("holder").hidden = !person;
    if (person) {
      part("category").textContent = person.category;
      part("name").textContent = person.name;
      part("enterprise").textContent = [person.position, person.enterprise].filter(Boolean).join(" · ");
      part("serial").textContent = person.serial;
    }
    gate.dataset.state = verdict.verdict || "kept";
    signal(verdict.state);
    if (verdict.verdict) log(verdict);
    if (camera) setTimeout(next, verdict.state === "done" ? 1800 : 4000);
  }

  function log(verdict) {
    const row = document.createElement("li");
    const ring = document.createElement("i");
    const name = document.createElement("span");
    const time = document.createElement("time");
    ring.className = `ring is-${verdict.state}`;
    name.textContent = verdict.holder ? verdict.holder.name : verdict.title;
    time.className = "faint";
    time.textContent = new Date().toTimeString().slice(0, 5);
    row.append(ring, name, time);
    part("latest").prepend(row);
    while (part("latest").children.length > 6) part("latest").lastChild.remove();
  }

  function next() {
    part("verdict").hidden = part("holder").hidden = part("next").hidden = true;
    part("finder").hidden = false;
  }

  // A high tone for come in, low ones for everything else; the same in the hand.
  let audio;
  function signal(state) {
    navigator.vibrate?.(state === "done" ? 80 : [200, 80, 200]);
    if (!audio) return;
    const tones = { done: [880], wait: [440, 440], stop: [220, 180, 220] }[state];
    tones.forEach((pitch, number) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.value = 0.2;
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + number * 0.22);
      tone.stop(audio.currentTime + number * 0.22 + 0.18);
    });
  }
  document.addEventListener("pointerdown", () => { audio ??= new AudioContext(); }, { once: true });

  // Camera.
  let camera = null;
  async function startCamera() {
    try {
      camera = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
      });
    } catch {
      part("hint").textContent = texts.nocamera;
      return;
    }
    const video = part("video");
    video.srcObject = camera;
    await video.play();
    part("camera").hidden = true;
    const track = camera.getVideoTracks()[0];
    if (track.getCapabilities?.().torch) {
      let lit = false;
      part("torch").hidden = false;
      part("torch").addEventListener("click", () => {
        lit = !lit;
        track.applyConstraints({ advanced: [{ torch: lit }] });
      });
    }
    look(video);
  }

  async function look(video) {
    await ZXingWASM.prepareZXingModule({
      overrides: { locateFile: (file, prefix) => (file.endsWith(".wasm") ? texts.wasm : prefix + file) },
      fireImmediately: true,
    });
    const canvas = new OffscreenCanvas(1, 1);
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    let last = "", seen = 0;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 90));
      if (!video.videoWidth || busy || !part("verdict").hidden) continue;
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      brush.drawImage(video, 0, 0);
      const picture = brush.getImageData(0, 0, canvas.width, canvas.height);
      const found = await ZXingWASM.readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 });
      if (!found.length || !found[0].text) continue;
      const now = Date.now();
      if (found[0].text === last && now - seen < SAME_CODE_AGAIN) {
        seen = now;
        continue;
      }
      last = found[0].text;
      seen = now;
      await read(last);
    }
  }

  // A hand scanner types very fast and ends with Enter; people type slowly into the field.
  let burst = "", burstAt = 0;
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input")) return;
    const now = performance.now();
    if (now - burstAt > 120) burst = "";
    burstAt = now;
    if (event.key === "Enter") {
      const text = burst;
      burst = "";
      if (text.length >= 6) {
        event.preventDefault();
        next();
        read(text);
      }
    } else if (event.key.length === 1) burst += event.key;
  });

  part("typed").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = part("typed").elements.typed;
    const text = field.value.trim();
    if (!text) return;
    if (/^[A-Za-z]-[0-9A-Za-z]{4,}$/.test(text) || /^\d{60,}$/.test(text)) {
      field.value = "";
      part("found").hidden = true;
      await read(text);
      return;
    }
    const answer = await fetch(`${texts.badges}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
    offer(await answer.json());
  });

  function offer(people) {
    const list = part("found");
    list.hidden = false;
    list.replaceChildren(...(people.length ? people : [{ name: texts.nobody }]).map((person) => {
      const row = document.createElement("li");
      if (!person.serial) {
        row.textContent = person.name;
        return row;
      }
      const choose = document.createElement("button");
      choose.type = "button";
      choose.className = "btn wide";
      choose.textContent = `${person.name} · ${person.enterprise} · ${person.category}`;
      choose.addEventListener("click", () => {
        list.hidden = true;
        part("typed").reset();
        read(person.serial);
      });
      row.append(choose);
      return row;
    }));
  }

  part("camera").addEventListener("click", startCamera);
  part("next").addEventListener("click", next);
  setInterval(flush, RETRY);
  window.addEventListener("online", flush);
  flush();
})();
