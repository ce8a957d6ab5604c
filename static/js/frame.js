// What every page does beside plain HTML: confirm, dismiss, send filters at once, focus the first mistake.
(() => {
  "use strict";

  const dialog = () => document.getElementById("confirm");

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = form.dataset.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopPropagation();
    document.getElementById("confirm-text").textContent = question;
    dialog().showModal();
    dialog().onclose = () => {
      if (dialog().returnValue !== "yes") return;
      form.dataset.confirmed = "yes";
      form.requestSubmit();
      delete form.dataset.confirmed;
    };
  }, true);

  document.addEventListener("click", (event) => {
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(".toast").remove();
    const print = event.target.closest("[data-print]");
    if (print) window.print();
    // Browsers that do not know command buttons yet.
    const opener = event.target.closest("[command][commandfor]");
    if (opener && !("command" in HTMLButtonElement.prototype)) {
      const target = document.getElementById(opener.getAttribute("commandfor"));
      if (opener.getAttribute("command") === "show-modal") target.showModal();
      else target.close();
    }
  });

  // The clipboard is closed to pages that were not reached safely: then the text shows itself, already chosen.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.value);
      button.lastElementChild.textContent = button.dataset.copied;
    } catch {
      text.hidden = false;
      text.focus();
      text.select();
    }
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosend]");
    if (form && event.target.matches("select, [type=radio], [type=checkbox]")) form.requestSubmit();
    const all = event.target.closest("[data-tick-all]");
    if (all) {
      for (const box of document.querySelectorAll(`input[name="${all.dataset.tickAll}"]`)) box.checked = all.checked;
    }
    if (event.target.form?.matches("[data-bulk]")) countTicks(event.target.form);
  });

  // A file that is too large is told at once, not after it has travelled.
  document.addEventListener("change", (event) => {
    const most = Number(event.target.dataset?.most || 0);
    const chosen = event.target.files?.[0];
    if (!most || !chosen) return;
    const fits = chosen.size <= most * 1024 * 1024;
    event.target.setCustomValidity(fits ? "" : event.target.dataset.large);
    if (!fits) {
      event.target.reportValidity();
      event.target.value = "";
    }
  });

  // The bar with what is done to ticked rows: there as soon as there is something to do it to.
  const countTicks = (bulk) => {
    const ticked = [...bulk.elements].filter((box) => box.type === "checkbox" && box.name && box.checked);
    bulk.querySelector("[data-ticked]").textContent = ticked.filter((box) => box.name !== "all").length;
    bulk.toggleAttribute("data-any", ticked.length > 0);
  };
  document.querySelectorAll("[data-bulk]").forEach(countTicks);
  addEventListener("pageshow", () => document.querySelectorAll("[data-bulk]").forEach(countTicks));

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const undo = document.querySelector("[data-undo]");
    if (event.key === "u" && undo && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) undo.requestSubmit();
    const keyed = !typing && !event.ctrlKey && !event.metaKey && !event.altKey && /^[a-z]$/.test(event.key)
      && document.querySelector(`[data-key="${event.key}"]`);
    if (keyed) {
      event.preventDefault();
      if (keyed.matches("input, textarea, select")) keyed.focus();
      else keyed.click();
    }
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      const search = document.querySelector("main input[type=search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  });

  document.querySelector("[data-focus]")?.focus();
  document.querySelector(":is(.site-tabs, .page-tabs) [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
})();
