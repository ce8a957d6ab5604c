// The scanner at a gate: camera or hand scanner, every scan stored before it is sent, a verdict in huge letters.
(() => {
  "use strict";
  const gate = document.querySelector("[data-gate]");
  if (!gate) return;
  const part = (name) => gate.querySelector(`[data-${name}]`);
  const texts = { ...gate.dataset };
  const PICTURES = { done: "check", wait: "undo", stop: "ban" };
  const OWN_PICTURES = { wrong_day: "calendar", not_open: "clock", kept: "offline" };
  const SAME_CODE_AGAIN = 4000; // ms in which the camera's next look at the same badge is the same look
  const PATIENCE = 6000; // ms until a request without an answer counts as lost
  const RETRY = 3000;
  const LATEST = 6;
  const LONGEST = 1000; // letters of a reading; no badge has more, but other QR codes do

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

  class SignedOut extends Error {}
  // The server understood and will not take it: kept all the same, but nothing waits behind it.
  class Refused extends Error {}

  async function send(scan) {
    const answer = await fetch(texts.scans, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": texts.csrf },
      body: JSON.stringify({ ...scan, sent_at: new Date().toISOString() }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 401 || answer.status === 403) throw new SignedOut();
    if (answer.status >= 500) throw new Error(`server says ${answer.status}`);
    const verdict = await answer.json();
    if (!answer.ok) throw new Refused(verdict.message || `server says ${answer.status}`);
    await forget(scan.scan_id);
    return verdict;
  }

  // Readings wait for each other, so that none is lost while an answer is on its way.
  let busy = 0, unanswered = "", line = Promise.resolve();
  function read(reading) {
    const text = reading.trim();
    if (!text) return line;
    busy += 1;
    line = line.then(() => take(text)).finally(() => { busy -= 1; });
    return line;
  }

  async function take(text) {
    unanswered = "";
    const scan = { scan_id: crypto.randomUUID(), reading: text.slice(0, LONGEST), scanned_at: new Date().toISOString() };
    try {
      await keep(scan);
      show(await send(scan));
      online();
    } catch (error) {
      offline(error);
      unanswered = scan.scan_id;
      const detail = { SignedOut: texts.signin, Refused: error.message }[error.constructor.name] || texts.waiting;
      show({ state: "wait", title: texts.unsure, detail, remedy: texts.decide, holder: null });
    }
    await countQueue();
  }

  let flushing = false;
  async function flush() {
    if (flushing || busy) return;
    flushing = true;
    try {
      for (const scan of await kept()) {
        const verdict = await send(scan).catch((error) => {
          if (!(error instanceof Refused)) throw error;
        });
        if (!verdict) continue;
        // Whoever still stands there is told; of the others the list says it.
        if (scan.scan_id === unanswered && !part("verdict").hidden) show(verdict);
        else log(verdict);
      }
      if (navigator.onLine) online();
    } catch (error) {
      offline(error);
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

  function online() {
    part("net").className = "net up";
    part("net").textContent = texts.online;
  }

  function offline(error) {
    part("net").className = "net down";
    part("net").textContent = error instanceof SignedOut ? texts.signin : texts.offline;
  }

  let turn = 0;
  function show(verdict) {
    const code = verdict.verdict || "kept";
    const box = part("verdict");
    box.className = `verdict v-${verdict.state}${code === "revoked" ? " v-revoked" : ""}`;
    box.hidden = false;
    part("finder").hidden = true;
    part("next").hidden = false;
    part("title").textContent = verdict.title;
    part("detail").textContent = verdict.detail;
    const picture = part("picture");
    const name = OWN_PICTURES[code] || PICTURES[verdict.state];
    picture.setAttribute("href", picture.getAttribute("href").replace(/#.*/, `#${name}`));
    const person = verdict.holder;
    part("holder").hidden = !person && !verdict.remedy;
    part("person").hidden = !person;
    part("remedy").hidden = !verdict.remedy;
    part("remedy").textContent = verdict.remedy || "";
    if (person) {
      part("category").textContent = person.category;
      part("name").textContent = person.name;
      part("enterprise").textContent = [person.position, person.enterprise].filter(Boolean).join(" · ");
      part("serial").textContent = person.serial;
    }
    gate.dataset.state = code;
    signal(verdict.state);
    if (verdict.verdict) log(verdict);
    clearTimeout(turn);
    if (camera) turn = setTimeout(next, verdict.state === "done" ? 1800 : 4000);
  }

  function log(verdict) {
    const row = document.createElement("li");
    const ring = document.createElement("i");
    const name = document.createElement("span");
    const what = document.createElement("span");
    const time = document.createElement("time");
    ring.className = `ring is-${verdict.state}`;
    name.textContent = verdict.holder ? verdict.holder.name : "–";
    what.className = "quiet";
    what.textContent = verdict.title;
    time.className = "faint";
    time.textContent = new Date().toTimeString().slice(0, 5);
    row.append(ring, name, what, time);
    part("latest").prepend(row);
    while (part("latest").children.length > LATEST) part("latest").lastChild.remove();
  }

  function next() {
    clearTimeout(turn);
    part("verdict").hidden = part("holder").hidden = part("next").hidden = true;
    part("finder").hidden = false;
    document.activeElement?.blur();
  }

  // A high tone for come in, low ones for everything else; the same in the hand.
  let audio;
  function signal(state) {
    navigator.vibrate?.({ done: 80, wait: [120, 80, 120], stop: [250, 80, 250, 80, 250] }[state]);
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
  // Browsers make no sound before somebody touched the page or pressed a key.
  for (const touch of ["pointerdown", "keydown"]) {
    document.addEventListener(touch, () => { audio ??= new AudioContext(); }, { once: true });
  }

  // The screen stays on while the scanner is open.
  async function stayAwake() {
    if (document.visibilityState !== "visible") return;
    try {
      await navigator.wakeLock?.request("screen");
    } catch {
      // Refused on low battery; the scanner works on.
    }
  }
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();

  // Camera.
  let camera = null, looking = false;
  async function startCamera(device) {
    const wanted = device ? { deviceId: { exact: device } } : { facingMode: "environment" };
    try {
      stopCamera();
      camera = await navigator.mediaDevices.getUserMedia({
        video: { ...wanted, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
    } catch {
      part("hint").textContent = texts.nocamera;
      return;
    }
    const video = part("video");
    video.srcObject = camera;
    video.hidden = false;
    await video.play();
    part("camera-word").textContent = texts.stop;
    part("camera").classList.remove("primary");
    const track = camera.getVideoTracks()[0];
    part("torch").hidden = !track.getCapabilities?.().torch;
    part("torch").setAttribute("aria-pressed", "false");
    await offerCameras(track);
    if (!looking) look(video);
  }

  function stopCamera() {
    camera?.getTracks().forEach((track) => track.stop());
    camera = null;
    part("video").srcObject = null;
    part("video").hidden = true;
    part("torch").hidden = true;
    part("lens").hidden = true;
    part("camera-word").textContent = texts.start;
    part("camera").classList.add("primary");
  }

  async function offerCameras(track) {
    const all = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
    part("lens").hidden = all.length < 2;
    part("cameras").replaceChildren(...all.map((one, number) => {
      const name = one.label || `${texts.lensWord} ${number + 1}`;
      const current = one.deviceId === track.getSettings().deviceId;
      return new Option(name, one.deviceId, current, current);
    }));
  }

  async function look(video) {
    looking = true;
    await ZXingWASM.prepareZXingModule({
      overrides: { locateFile: (file, prefix) => (file.endsWith(".wasm") ? texts.wasm : prefix + file) },
      fireImmediately: true,
    });
    const canvas = new OffscreenCanvas(1, 1);
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    let last = "", seen = 0;
    while (camera) {
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
    looking = false;
  }

  // A hand scanner types very fast and ends with Enter, wherever the focus is; people type slowly into the field.
  const FAST = 120; // ms between two characters of a hand scanner, at most
  const SHORTEST = 6;
  const SHORTEST_IN_FIELD = 20; // so that a quick typist's name stays a name
  let burst = "", burstAt = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest?.("input");
    const now = event.timeStamp; // when the key was pressed, however busy the page was
    if (now - burstAt > FAST) burst = "";
    burstAt = now;
    if (event.key === "Enter") {
      const text = burst;
      burst = "";
      if (text.length < (field ? SHORTEST_IN_FIELD : SHORTEST)) return;
      event.preventDefault();
      if (field) field.value = field.value.replace(text, "");
      next();
      read(text);
    } else if (event.key.length === 1 && !event.repeat) burst += event.key;
  });

  part("typed").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = part("typed").elements.typed;
    const text = field.value.trim();
    if (!text) return;
    if (/^[A-Za-z]-[0-9A-Za-z]{4,}$/.test(text) || /^\d{60,}$/.test(text)) {
      field.value = "";
      part("found").hidden = true;
      await read(text.toUpperCase());
      return;
    }
    // What stands there is said of the badge before, and must not be read as the answer to what was typed.
    next();
    field.focus();
    try {
      const answer = await fetch(`${texts.badges}?q=${encodeURIComponent(text)}`, {
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!answer.ok) throw new Error(`server says ${answer.status}`);
      offer(await answer.json());
    } catch (error) {
      offline(error);
      offer([], texts.offline);
    }
  });

  function offer(people, otherwise = texts.nobody) {
    const list = part("found");
    list.hidden = false;
    if (!people.length) {
      const row = document.createElement("li");
      row.className = "quiet";
      row.textContent = otherwise;
      list.replaceChildren(row);
      return;
    }
    list.replaceChildren(...people.map((person) => {
      const row = document.createElement("li");
      const choose = document.createElement("button");
      const name = document.createElement("b");
      const where = document.createElement("span");
      choose.type = "button";
      name.textContent = person.name;
      where.textContent = [person.enterprise, person.category].filter(Boolean).join(" · ");
      choose.append(name, where);
      choose.addEventListener("click", () => {
        list.hidden = true;
        part("typed").reset();
        read(person.serial);
      });
      row.append(choose);
      return row;
    }));
  }

  part("camera").addEventListener("click", () => (camera ? stopCamera() : startCamera()));
  part("cameras").addEventListener("change", (event) => startCamera(event.target.value));
  part("torch").addEventListener("click", async () => {
    const lit = part("torch").getAttribute("aria-pressed") !== "true";
    await camera.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: lit }] });
    part("torch").setAttribute("aria-pressed", String(lit));
  });
  part("next").addEventListener("click", next);
  part("send").addEventListener("click", flush);
  setInterval(flush, RETRY);
  window.addEventListener("online", flush);
  window.addEventListener("offline", () => offline());
  flush();
})();
