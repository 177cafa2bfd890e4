/* The palette: Ctrl-K or ⌘-K opens it, the arrows move through what it offers, Enter goes there, Escape closes. */
"use strict";
(() => {
  const dialog = document.getElementById("palette");
  if (!dialog || !dialog.showModal) return;
  const field = dialog.querySelector("input");
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
      field.focus();
      field.select();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const places = [field, ...dialog.querySelectorAll("#palette-found a")];
    const step = event.key === "ArrowDown" ? 1 : places.length - 1;
    places[(Math.max(places.indexOf(document.activeElement), 0) + step) % places.length].focus();
  });
  /* A late answer must not take the offer away that somebody is choosing. */
  dialog.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.contains(document.activeElement)) event.detail.shouldSwap = false;
  });
  for (const opener of document.querySelectorAll("[data-palette]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => { dialog.showModal(); field.focus(); });
  }
})();
