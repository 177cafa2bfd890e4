// Gives the boxes that select2 makes of choices the name of their label; without it screen readers say "combobox" alone.
"use strict";
(() => {
  const nameBoxes = () => {
    document.querySelectorAll("select.select2-hidden-accessible").forEach((select) => {
      const label = select.labels[0], box = select.nextElementSibling;
      const chosen = box?.querySelector(".select2-selection__rendered");
      if (!label || !chosen) return;
      label.id ||= `${select.id}_label`;
      const name = select.multiple ? label.id : `${label.id} ${chosen.id}`;
      box.querySelector("[role=combobox]").setAttribute("aria-labelledby", name);
      box.querySelectorAll(".select2-search__field").forEach((one) => { one.setAttribute("aria-labelledby", label.id); });
      if (select.multiple) {
        // a list that holds more than items
        chosen.setAttribute("role", "group");
        chosen.querySelectorAll("li").forEach((one) => { one.setAttribute("role", "none"); });
      } else {
        chosen.removeAttribute("role");
        chosen.removeAttribute("aria-readonly");
      }
    });
    document.querySelectorAll(".select2-dropdown .select2-search__field:not([aria-label])").forEach((one) => {
      const open = document.querySelector(".select2-container--open .select2-selection[aria-labelledby]");
      if (open) one.setAttribute("aria-labelledby", open.getAttribute("aria-labelledby"));
    });
  };
  new MutationObserver(nameBoxes).observe(document.documentElement, { childList: true, subtree: true });
})();
