// Buttons that copy the text of a list, one item a line; useless without script, so script shows them.
"use strict";
document.querySelectorAll("[data-copy]").forEach(function (button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", function () {
    var items = document.getElementById(button.dataset.copy).querySelectorAll("li");
    var text = Array.prototype.map.call(items, function (item) { return item.textContent.trim(); }).join("\n");
    navigator.clipboard.writeText(text).then(function () { button.textContent = button.dataset.done; });
  });
});
