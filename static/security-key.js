// A security key answers for a form: form[data-key=create|get] holds the field `credential`, #js_data what the key is asked.
// Useless without script and without a browser that can ask, so what asks is hidden until both are there.
"use strict";
(function () {
  var form = document.querySelector("form[data-key]"), json = window.webauthnJSON;
  if (!form || !json || !json.supported()) return;
  var button = form.querySelector("[data-key-button]"), failed = form.querySelector("[data-key-failed]");
  var data = JSON.parse(document.getElementById("js_data").textContent);
  document.querySelectorAll("[data-key-shown]").forEach(function (part) { part.hidden = false; });
  document.querySelectorAll("[data-key-hidden]").forEach(function (part) { part.hidden = true; });
  button.addEventListener("click", function () {
    if (!form.reportValidity()) return;
    failed.hidden = true;
    var asked = form.dataset.key === "create" ? json.create(data.creation_options) : json.get(data.request_options);
    asked.then(function (answer) {
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    }, function () { failed.hidden = false; });
  });
})();
