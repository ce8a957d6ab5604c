// The directory: facets that were opened stay open when the answer comes.
(() => {
  "use strict";

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const before = event.detail.target;
    for (const now of event.detail.fragment.querySelectorAll("details[id]")) {
      const then = before.querySelector(`#${CSS.escape(now.id)}`);
      if (then) now.open = then.open;
    }
  });
})();
