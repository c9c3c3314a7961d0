// The list for picking a record gets the name of its field; an error summary gets the focus.
"use strict";
(() => {
  const name = () => {
    for (const box of document.querySelectorAll(".select2-selection[role=combobox]")) {
      const select = box.closest(".select2-container").previousElementSibling;
      const label = select && document.querySelector(`label[for="${select.id}"]`);
      if (label) {
        label.id = label.id || `${select.id}-label`;
        box.setAttribute("aria-labelledby", `${label.id} ${box.querySelector(".select2-selection__rendered").id}`);
      }
    }
  };
  window.addEventListener("load", () => {
    name();
    document.querySelector(".summary")?.focus();
  });
})();
