// What every page gets on top of plain HTML: focus on what went wrong, a warning before typed text or the session is lost.
"use strict";
(function () {
  // The summary of problems is read first.
  var summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // Forms marked data-guard warn on leaving while something typed is not sent.
  var guarded = Array.prototype.slice.call(document.querySelectorAll("form[data-guard]"));
  function touched(form) {
    return form.dataset.state === "typed";
  }
  guarded.forEach(function (form) {
    if (document.querySelector(".problems")) form.dataset.state = "typed";
    form.addEventListener("input", function () { form.dataset.state = "typed"; });
    form.addEventListener("submit", function () { form.dataset.state = "sent"; });
    form.addEventListener("gatehouse:saved", function () { form.dataset.state = "saved"; });
  });
  window.addEventListener("beforeunload", function (event) {
    if (guarded.some(touched)) event.preventDefault();
  });

  // Buttons that print are useless without script, so script shows them.
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // The session: told five minutes before it ends; any page of the same browser counts as activity.
  var box = document.querySelector(".session-warning");
  if (!box) return;
  var WARN = 300, KEY = "gatehouse-active";
  var idle = Number(box.dataset.idle), left = box.querySelector("[data-left]"), spoken = box.querySelector("[data-spoken]");
  var stay = box.querySelector("[data-stay]"), came = null, lastSpoken = null;
  function now() { return Math.floor(Date.now() / 1000); }
  function mark() { try { localStorage.setItem(KEY, String(now())); } catch (error) { own = now(); } }
  var own = now();
  function active() {
    try { return Number(localStorage.getItem(KEY)) || own; } catch (error) { return own; }
  }
  function say(seconds) {
    // Every 15 seconds, and every second only in the last 20.
    var due = lastSpoken === null || lastSpoken - seconds >= 15 || seconds <= 20;
    if (!due) return;
    lastSpoken = seconds;
    var whole = Math.ceil(seconds / 60);
    spoken.textContent = seconds > 60 ? spoken.dataset.minutes.replace("{n}", whole) : spoken.dataset.seconds.replace("{n}", seconds);
  }
  function show(seconds) {
    if (box.hidden) {
      came = document.activeElement;
      box.hidden = false;
      stay.focus();
    }
    left.textContent = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
    say(seconds);
  }
  function hide() {
    if (box.hidden) return;
    box.hidden = true;
    lastSpoken = null;
    if (came && came.focus) came.focus();
  }
  function look() {
    var seconds = Math.max(0, idle - (now() - active()));
    if (seconds <= WARN) show(seconds); else hide();
  }
  function extend() {
    fetch(box.dataset.extend, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (answer.status === 204) { mark(); hide(); } else { spoken.textContent = ""; window.location.reload(); }
    }, look);
  }
  stay.addEventListener("click", extend);
  box.addEventListener("keydown", function (event) { if (event.key === "Escape") extend(); });
  document.body.addEventListener("htmx:afterRequest", function (event) {
    // What a page asks for unasked is no sign of anybody, here and on the server.
    if (!("Renews-Itself" in event.detail.requestConfig.headers)) mark();
  });
  document.body.addEventListener("gatehouse:saved", mark);
  mark();
  window.setInterval(look, 1000);
})();
