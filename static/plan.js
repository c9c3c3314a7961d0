// Dragging on the plan of a year: a fourth hand for the same form. By pointer a row is dropped on another row (its month and
// lane) or on a lane; by keyboard Space lifts, arrows change month and lane, Enter drops, Escape leaves it where it was.
"use strict";
(function () {
  var board = document.querySelector("[data-board]");
  if (!board) return;
  var words = board.dataset, live = board.querySelector("[role=status]");
  var lanes = Array.prototype.slice.call(board.querySelectorAll("[data-lane]"));
  var named = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", year: "numeric", timeZone: "UTC" });
  var lifted = null;

  function monthOf(row, months) {
    if (!row.dataset.month) return "";
    var day = new Date(row.dataset.month + "T00:00:00Z");
    day.setUTCMonth(day.getUTCMonth() + months);
    return named.format(day);
  }
  function laneOf(row) { return lanes.indexOf(row.closest("[data-lane]")); }
  function say(text) { live.textContent = text; }
  function told() {
    return [lifted.title, monthOf(lifted.row, lifted.months), lanes[lifted.lane].querySelector("h2").textContent.trim()]
      .filter(Boolean).join(", ");
  }
  function send(form, values) {
    Object.keys(values).forEach(function (name) {
      var field = document.createElement("input");
      field.type = "hidden"; field.name = name; field.value = values[name];
      form.appendChild(field);
    });
    form.submit();
  }
  function drop() {
    var values = {}, goal = lanes[lifted.lane].dataset.lane;
    if (lifted.months) values.months = lifted.months;
    if (lifted.lane !== laneOf(lifted.row) && goal) values.goal = goal;
    var form = lifted.form;
    lifted = null;
    if (Object.keys(values).length) send(form, values); else say(words.left);
  }
  function keyed(event, row, form, title) {
    if (!lifted) {
      if (event.key !== " ") return;
      lifted = { row: row, form: form, title: title, months: 0, lane: laneOf(row) };
      event.target.setAttribute("aria-pressed", "true");
      say(words.lifted + " " + told());
    } else if (event.key === "Enter" || event.key === " ") {
      event.target.setAttribute("aria-pressed", "false"); drop();
    } else if (event.key === "Escape") {
      event.target.setAttribute("aria-pressed", "false"); lifted = null; say(words.left);
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      if (row.dataset.month) lifted.months += event.key === "ArrowLeft" ? -1 : 1;
      say(told());
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      var next = lifted.lane + (event.key === "ArrowUp" ? -1 : 1);
      if (lanes[next] && lanes[next].dataset.lane) lifted.lane = next;
      say(told());
    } else { return; }
    event.preventDefault();
  }
  function droppedOn(target, row, form) {
    var other = target.closest("[data-milestone]"), lane = target.closest("[data-lane]"), values = {};
    if (!lane || other === row) return;
    if (other && other.dataset.month && other.dataset.month !== row.dataset.month) values.month = other.dataset.month;
    if (lane.dataset.lane && lane !== row.closest("[data-lane]")) values.goal = lane.dataset.lane;
    if (Object.keys(values).length) send(form, values);
  }

  var dragged = null;
  board.querySelectorAll("[data-milestone]").forEach(function (row) {
    var form = row.querySelector(".moves form");
    if (!form) return;
    var title = row.querySelector("h3 a").textContent, grip = document.createElement("button");
    grip.type = "button"; grip.className = "grip"; grip.draggable = true; grip.setAttribute("aria-pressed", "false");
    grip.setAttribute("aria-describedby", "drag-help");
    grip.textContent = words.grip + " ";
    var hidden = document.createElement("span");
    hidden.className = "vh"; hidden.textContent = title;
    grip.appendChild(hidden);
    row.querySelector(".moves").before(grip);
    grip.addEventListener("keydown", function (event) { keyed(event, row, form, title); });
    grip.addEventListener("dragstart", function (event) { dragged = { row: row, form: form }; event.dataTransfer.setData("text/plain", title); });
  });
  board.addEventListener("dragover", function (event) { if (dragged) event.preventDefault(); });
  board.addEventListener("drop", function (event) {
    if (!dragged) return;
    event.preventDefault(); droppedOn(event.target, dragged.row, dragged.form); dragged = null;
  });
  board.querySelector("#drag-help").hidden = false;
})();
