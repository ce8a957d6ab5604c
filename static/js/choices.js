// A free booth that is touched on the plan becomes the next choice; without script one types its code.
(() => {
  "use strict";
  const form = document.querySelector("[data-choices]");
  if (!form) return;
  const fields = [...form.querySelectorAll("input[name^=choice_]")];
  document.addEventListener("click", (event) => {
    const booth = event.target.closest("a.booth.b-free");
    if (!booth) return;
    event.preventDefault();
    const code = booth.dataset.booth;
    const field = fields.find((one) => one.value.trim().toUpperCase() === code) || fields.find((one) => !one.value.trim()) || fields.at(-1);
    field.value = code;
    field.focus({ preventScroll: false });
  });
})();
