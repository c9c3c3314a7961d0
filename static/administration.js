// The list for picking a record gets the name of its field as soon as it is drawn; an error summary gets the focus.
"use strict";
(() => {
  const name = () => {
    for (const box of document.querySelectorAll(".select2-selection[role=combobox]:not([data-named])")) {
      const select = box.closest(".select2-container").previousElementSibling;
      const label = select && document.querySelector(`label[for="${select.id}"]`);
      const shown = box.querySelector(".select2-selection__rendered");
      if (label && shown) {
        label.id = label.id || `${select.id}-label`;
        shown.removeAttribute("role");
        shown.removeAttribute("aria-readonly");
        box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
        box.dataset.named = "";
      }
    }
  };
  name();
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  document.querySelector(".summary")?.focus();
})();
