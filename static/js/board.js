// The organizer's live board: over server-sent events, or by asking where those are full or blocked.
(() => {
  "use strict";
  const board = document.querySelector("[data-board]");
  if (!board) return;

  const fill = (list, pairs) => {
    list.replaceChildren(...Object.entries(pairs).flatMap(([name, number]) => {
      const term = document.createElement("dt");
      const count = document.createElement("dd");
      term.textContent = name;
      count.textContent = number;
      count.className = "num";
      return [term, count];
    }));
  };
  const line = (scan) => {
    const row = document.createElement("li");
    const ring = document.createElement("i");
    ring.className = `ring is-${scan.state}`;
    row.append(ring, ...["name", "title", "gate"].map((part) => {
      const cell = document.createElement("span");
      cell.textContent = scan[part];
      if (part !== "name") cell.className = part === "gate" ? "faint small" : "small";
      return cell;
    }));
    return row;
  };
  const show = (figures) => {
    for (const cell of board.querySelectorAll("[data-figure]")) cell.textContent = figures[cell.dataset.figure];
    for (const list of board.querySelectorAll("[data-list]")) fill(list, figures[list.dataset.list]);
    board.querySelector("[data-latest]").replaceChildren(...figures.latest.map(line));
    if (figures.latest.length) board.querySelectorAll("[data-empty]").forEach((note) => note.remove());
  };
  const ask = async () => {
    try {
      const answer = await fetch(board.dataset.figures, { headers: { Accept: "application/json" } });
      if (answer.ok) show(await answer.json());
    } finally {
      setTimeout(ask, 5000);
    }
  };
  const stream = new EventSource(board.dataset.live);
  stream.onmessage = (event) => show(JSON.parse(event.data));
  stream.onerror = () => {
    // CLOSED means refused: the streams are full. Otherwise the browser reconnects by itself.
    if (stream.readyState === EventSource.CLOSED) ask();
  };
})();
