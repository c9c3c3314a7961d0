// Days (2026-05-31) and numbers of records stay on one line: some browsers break a line at every hyphen, and no rule
// of a style sheet tells the hyphen of a number from that of a word. What is copied stays as it is.
"use strict";
(function () {
  var KEPT = /\b\d{4}-\d{2}(?:-\d{2})?\b|\b[A-Z]{1,4}(?:-\d+)+\b/g;
  var LEFT = "time,.keep,.nowrap,script,style,svg,textarea,select,title";

  function keep(node) {
    var text = node.nodeValue, from = 0, parts = document.createDocumentFragment();
    text.replace(KEPT, function (found, at) {
      var whole = document.createElement("span");
      whole.className = "nowrap";
      whole.textContent = found;
      parts.append(text.slice(from, at), whole);
      from = at + found.length;
    });
    if (!from) return;
    parts.append(text.slice(from));
    node.replaceWith(parts);
  }

  function look(root) {
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
      var node = walker.currentNode;
      if (node.nodeValue.indexOf("-") > 0 && !node.parentElement.closest(LEFT)) found.push(node);
    }
    found.forEach(keep);
  }

  look(document.body);
  document.addEventListener("htmx:load", function (event) { look(event.target); });
})();
