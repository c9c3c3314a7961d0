// Keeps what is typed in a form marked data-autosave as a private draft: 2.5 seconds after typing stops and on leaving a
// field. Says so in one polite live region, on change of state only. Without it the Save button does everything.
"use strict";
(function () {
  document.querySelectorAll("form[data-autosave]").forEach(function (form) {
    var WAIT = 2500, AGAIN = 10000;
    var place = form.querySelector("[data-saved]"), timer = null, running = null, typed = false, ended = false;
    function say(text) {
      if (place.textContent !== text) place.textContent = text;
    }
    function body() {
      var data = new URLSearchParams();
      new FormData(form).forEach(function (value, name) { if (typeof value === "string") data.append(name, value); });
      return data;
    }
    function keep() {
      window.clearTimeout(timer);
      if (!typed || ended || running) return;
      typed = false;
      running = new AbortController();
      say(form.dataset.saving);
      fetch(form.dataset.autosave, {
        method: "POST", body: body(), credentials: "same-origin", redirect: "error", signal: running.signal
      }).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }).then(function (answer) {
        running = null;
        say(form.dataset.kept.replace("{time}", answer.at));
        if (typed) later(WAIT); else form.dispatchEvent(new CustomEvent("gatehouse:saved", { bubbles: true }));
      }).catch(function () {
        running = null;
        if (ended) return;
        typed = true;
        say(form.dataset.lost);
        later(AGAIN);
      });
    }
    function later(time) {
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, time);
    }
    form.addEventListener("input", function () { typed = true; later(WAIT); });
    form.addEventListener("change", function () { typed = true; keep(); });
    form.addEventListener("focusout", keep);
    form.addEventListener("submit", function () {
      // What is sent now wins over a draft that is still on its way.
      ended = true;
      window.clearTimeout(timer);
      if (running) running.abort();
    });
  });
})();
