// Counts the letters of a text that may have so many: [data-count] names the most.
(() => {
  "use strict";

  for (const area of document.querySelectorAll("[data-count]")) {
    const most = Number(area.dataset.count);
    const counter = document.createElement("output");
    counter.className = "counter";
    counter.setAttribute("for", area.id);
    area.after(counter);
    const count = () => {
      // The server counts characters, not the halves in which JavaScript keeps some of them.
      const length = [...area.value.trim()].length;
      counter.textContent = `${length} / ${most}`;
      counter.classList.toggle("is-over", length > most);
    };
    area.addEventListener("input", count);
    count();
  }
})();
