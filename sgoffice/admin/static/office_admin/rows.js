// Adds and removes rows of small tables in forms. Without it the one empty row is there to fill in.
"use strict";
document.addEventListener("click", (event) => {
  const table = event.target.closest("[data-register-rows]");
  if (!table) return;
  const body = table.querySelector("tbody");
  if (event.target.matches("[data-register-add]")) {
    const row = body.querySelector("[data-register-empty]").cloneNode(true);
    body.querySelector("[data-register-empty]").removeAttribute("data-register-empty");
    row.querySelectorAll("input").forEach((input) => { input.value = ""; });
    body.append(row);
    row.querySelector("input:not([type=hidden]), select").focus();
  }
  if (event.target.matches("[data-register-remove]")) {
    const row = event.target.closest("tr");
    row.querySelectorAll("input").forEach((input) => { input.value = ""; });
    if (!row.hasAttribute("data-register-empty")) row.remove();
  }
});
