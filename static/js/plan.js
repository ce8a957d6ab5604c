// A drawing in a frame that scrolls: zoom with buttons, two fingers, or the wheel and Ctrl; drag with the mouse;
// arrow keys go from booth to booth.
// The frame keeps its own scrolling, so fingers, keys and focus move about in it as in any other page.
(() => {
  "use strict";
  const STEP = 1.4;
  const MOST = 6;
  const DRAG = 5; // px from which a press is a drag and no click
  const FINGER = 15; // px per metre at which a booth of 3 m is wide enough for a finger
  const READABLE = 14; // px per metre below which codes are hard to read

  const drawing = (view) => view.querySelector("svg.plan");
  const tools = document.querySelector("[data-plan-zoom]");
  if (tools) tools.hidden = false;

  function zoom(view, factor, x = view.clientWidth / 2, y = view.clientHeight / 2) {
    const before = drawing(view).getBoundingClientRect().width;
    const after = Math.min(Math.max(before * factor, view.clientWidth), view.clientWidth * MOST);
    const left = ((view.scrollLeft + x) * after) / before - x;
    const top = ((view.scrollTop + y) * after) / before - y;
    if (!view.dataset.zoomed) view.style.blockSize = `${view.offsetHeight}px`;
    view.dataset.zoomed = "yes";
    view.style.setProperty("--plan-width", `${after}px`);
    view.scrollTo({ left, top, behavior: "instant" });
  }

  function fit(view) {
    view.dataset.zoomed = "yes";
    view.style.blockSize = "";
    view.style.setProperty("--plan-width", "100%");
  }

  // A small screen starts at the chosen booth, or where the booths begin, large enough to read and to touch.
  const small = window.matchMedia("(max-width: 64rem)");
  function start(view) {
    if (!small.matches) return;
    const metres = drawing(view)?.viewBox.baseVal.width;
    if (!metres) return;
    const scale = drawing(view).getBoundingClientRect().width / metres;
    if (scale < READABLE) zoom(view, FINGER / scale);
    const frame = view.getBoundingClientRect();
    const chosen = drawing(view).querySelector("a.booth[aria-current]");
    if (chosen) {
      const booth = chosen.getBoundingClientRect();
      const left = booth.left + booth.width / 2 - frame.left - frame.width / 2;
      const top = booth.top + booth.height / 2 - frame.top - frame.height / 2;
      view.scrollBy({ left, top, behavior: "instant" });
    } else if (scale < READABLE) {
      const booths = [...drawing(view).querySelectorAll("a.booth")].map((booth) => booth.getBoundingClientRect());
      if (!booths.length) return;
      const left = Math.min(...booths.map((booth) => booth.left)) - frame.left - 12;
      const top = Math.min(...booths.map((booth) => booth.top)) - frame.top - 12;
      view.scrollTo({ left: view.scrollLeft + left, top: view.scrollTop + top, behavior: "instant" });
    }
  }

  // One stop of the Tab key for each drawing; inside it the arrow keys go on.
  function rove(svg) {
    const booths = [...svg.querySelectorAll("a.booth")];
    const stop = booths.find((booth) => booth.hasAttribute("aria-current")) || booths[0];
    for (const booth of booths) booth.setAttribute("tabindex", booth === stop ? "0" : "-1");
  }
  function prepare() {
    document.querySelectorAll("svg.plan").forEach(rove);
  }
  prepare();
  document.querySelectorAll("[data-plan]").forEach(start);
  document.addEventListener("htmx:afterSettle", prepare);

  const WAYS = {
    ArrowLeft: (x, y) => [-x, y], ArrowRight: (x, y) => [x, y], ArrowUp: (x, y) => [-y, x], ArrowDown: (x, y) => [y, x],
  };

  // The nearest booth in a direction; what lies aside counts as twice as far.
  function neighbour(booth, way) {
    const middle = (one) => {
      const frame = one.querySelector("rect").getBBox();
      return [frame.x + frame.width / 2, frame.y + frame.height / 2];
    };
    const [x, y] = middle(booth);
    let best = null, least = Infinity;
    for (const other of booth.ownerSVGElement.querySelectorAll("a.booth")) {
      if (other === booth) continue;
      const [otherX, otherY] = middle(other);
      const [ahead, aside] = way(otherX - x, otherY - y);
      const distance = ahead + 2 * Math.abs(aside);
      if (ahead > 0.1 && distance < least) [best, least] = [other, distance];
    }
    return best;
  }

  document.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    const booth = event.target.closest?.("svg.plan a.booth");
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    if (booth) {
      event.preventDefault();
      const next = neighbour(booth, way);
      if (!next) return;
      booth.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    } else if (event.target.matches?.("[data-plan]")) {
      const first = event.target.querySelector("a.booth[tabindex='0']");
      if (!first) return;
      event.preventDefault();
      first.focus();
    }
  });

  let apart = 0;
  document.addEventListener("touchmove", (event) => {
    const view = event.target.closest("[data-plan]");
    if (!view || event.touches.length !== 2) return;
    event.preventDefault();
    const [one, other] = event.touches;
    const now = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const frame = view.getBoundingClientRect();
    const x = (one.clientX + other.clientX) / 2 - frame.x;
    const y = (one.clientY + other.clientY) / 2 - frame.y;
    if (apart) zoom(view, now / apart, x, y);
    apart = now;
  }, { passive: false });
  document.addEventListener("touchend", () => { apart = 0; });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (!button) return;
    const view = button.closest(".sheet").querySelector("[data-plan]");
    if (button.dataset.zoom === "fit") fit(view);
    else zoom(view, button.dataset.zoom === "in" ? STEP : 1 / STEP);
  });

  document.addEventListener("wheel", (event) => {
    const view = event.target.closest("[data-plan]");
    if (!view || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const frame = view.getBoundingClientRect();
    zoom(view, event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - frame.x, event.clientY - frame.y);
  }, { passive: false });

  let press = null;
  document.addEventListener("pointerdown", (event) => {
    const view = event.target.closest("[data-plan]");
    if (!view || event.pointerType !== "mouse" || event.button !== 0) return;
    press = { view, x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop, moved: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (!press) return;
    const x = event.clientX - press.x;
    const y = event.clientY - press.y;
    press.moved ||= Math.hypot(x, y) > DRAG;
    if (press.moved) press.view.scrollTo({ left: press.left - x, top: press.top - y, behavior: "instant" });
  });
  document.addEventListener("pointerup", () => {
    // The click of this press comes right after; forget the drag only then.
    const ended = press;
    setTimeout(() => { if (press === ended) press = null; });
  });
  document.addEventListener("dragstart", (event) => {
    if (event.target.closest?.("[data-plan]")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!press?.moved || !event.target.closest("[data-plan]")) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
})();
