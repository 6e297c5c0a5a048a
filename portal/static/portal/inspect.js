// An answer of an inspection is sent without leaving the page, so a broken connection loses neither words nor photos.
// <form data-hold data-hold-saving="…" data-hold-offline="…"> … <p data-hold-state></p> … <button name value>
(function () {
  "use strict";
  document.querySelectorAll("form[data-hold]").forEach(function (form) {
    var state = form.querySelector("[data-hold-state]");
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (form.dataset.busy) return;
      form.dataset.busy = "1";
      state.textContent = form.dataset.holdSaving;
      var data = new FormData(form), pressed = event.submitter;
      if (pressed && pressed.name) data.append(pressed.name, pressed.value);
      fetch(form.action, { method: "POST", body: data, credentials: "same-origin", headers: { "X-Hold": "1" } }).then(function (answer) {
        if ((answer.headers.get("Content-Type") || "").indexOf("json") >= 0) {
          return answer.json().then(function (saved) {
            try { localStorage.removeItem("draft:" + form.dataset.draft); } catch (error) { /* no storage */ }
            location.assign(saved.next);
          });
        }
        if (answer.status >= 500) throw new Error(answer.status);
        return answer.text().then(function (page) { document.open(); document.write(page); document.close(); });
      }).catch(function () {
        delete form.dataset.busy;
        state.textContent = form.dataset.holdOffline;
        state.scrollIntoView({ block: "center" });
      });
    });
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) document.querySelectorAll("form[data-busy]").forEach(function (form) { delete form.dataset.busy; });
  });
})();
