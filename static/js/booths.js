// The organizer's plan: the panel as a sheet on a phone, what a refusal left behind.
(() => {
  "use strict";
  const narrow = window.matchMedia("(max-width: 64rem)");
  const panel = () => document.getElementById("panel");
  const open = () => {
    if (narrow.matches && panel() && !panel().matches(":popover-open")) panel().showPopover();
  };
  if (panel()?.hasAttribute("data-open")) open();

  let focused = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    focused = document.activeElement?.closest?.("a.booth")?.dataset.booth ?? null;
    if (event.detail.requestConfig.verb === "post") document.getElementById("toasts").replaceChildren();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "panel") return;
    // The drawing came along anew: the keyboard goes on where it was.
    if (focused) document.querySelector(`a.booth[data-booth="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    focused = null;
    // After a change the sheet makes room for the toast with the way back.
    if (event.detail.requestConfig?.verb === "post" && panel().matches(":popover-open")) panel().hidePopover();
    else open();
  });
  document.addEventListener("htmx:responseError", (event) => {
    // Somebody else was faster: the toast says who, the plan and the panel show how it stands now.
    const code = document.querySelector("[data-booth-open]")?.dataset.boothOpen;
    if (event.detail.xhr.status === 409 && code) {
      htmx.ajax("GET", `${location.pathname}?booth=${encodeURIComponent(code)}`, { target: "#panel" });
    }
  });

  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close-panel]");
    if (close && panel().matches(":popover-open")) {
      event.preventDefault();
      panel().hidePopover();
    }
  });
})();
