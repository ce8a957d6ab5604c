// Keeps what is typed into an application: a while after the last key, when leaving, and again when the network is back.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const line = form.querySelector("[data-saved]");
  const version = form.querySelector("[name=draft_version]");
  const PAUSE = 1200; // ms
  const AGAIN = 10000; // ms
  let timer = 0;
  let dirty = false;
  let saving = false;
  let stopped = false;

  const say = (text, bad = false) => {
    line.textContent = text;
    line.classList.toggle("is-bad", bad);
  };

  const typed = () => {
    const values = new FormData(form);
    for (const [name, value] of [...values]) if (value instanceof File) values.delete(name);
    values.delete("do");
    values.set("step", form.dataset.step);
    return values;
  };

  const save = async () => {
    if (!dirty || saving || stopped) return;
    dirty = false;
    saving = true;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: typed(), headers: { Accept: "application/json" }, redirect: "error" });
      const told = await answer.json();
      if (answer.ok) {
        version.value = told.version;
        say(told.saved);
      } else {
        // Saving once more would not help: another window was quicker, or the session has ended.
        stopped = true;
        say(answer.status === 409 ? form.dataset.changed : told.message, true);
      }
    } catch {
      dirty = true;
      say(form.dataset.failed, true);
      later(AGAIN);
    } finally {
      saving = false;
      if (dirty) later(PAUSE);
    }
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const changed = (event) => {
    if (event.target.type === "file") return;
    dirty = true;
    later(PAUSE);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  window.addEventListener("online", () => later(0));
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
  });

  // A row is taken away and added without a page; without script the buttons send the form.
  form.addEventListener("click", (event) => {
    const take = event.target.closest("[data-take]");
    if (!take) return;
    event.preventDefault();
    take.closest("[data-row]").remove();
    dirty = true;
    later(PAUSE);
  });
})();
