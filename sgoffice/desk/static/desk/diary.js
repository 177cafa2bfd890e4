/* The month of the diary: a meeting is dragged to another day, and the page that opens asks why it moves. */
"use strict";
(() => {
  const table = document.querySelector("table.month[data-moves]");
  if (!table) return;
  let dragged = null;
  const dayOf = (node) => node.closest("td[data-day]");
  table.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-move]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent.trim());
  });
  table.addEventListener("dragover", (event) => {
    if (dragged && dayOf(event.target)) event.preventDefault();
  });
  table.addEventListener("drop", (event) => {
    const from = dragged && dayOf(dragged), to = dayOf(event.target);
    if (!from || !to || from === to) return;
    event.preventDefault();
    const moved = new URL(dragged.dataset.move, window.location.href);
    moved.searchParams.set("from", from.dataset.day);
    moved.searchParams.set("to", to.dataset.day);
    window.location.assign(moved);
  });
  table.addEventListener("dragend", () => { dragged = null; });
})();
