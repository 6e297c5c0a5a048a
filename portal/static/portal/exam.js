// An examination: each tick is sent at once; without network it waits on the telephone and goes when it is back.
(function () {
  "use strict";
  var form = document.querySelector("form[data-exam]");
  if (!form) return;
  var KEY = "exam:" + form.dataset.exam, RETRY = 4000;
  var state = document.querySelector("[data-exam-state]"), count = document.querySelector("[data-exam-count]");
  var waiting = read(), busy = false, over = false;

  function read() { try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch (error) { return {}; } }
  function keep() {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(KEY, JSON.stringify(waiting));
      else localStorage.removeItem(KEY);
    } catch (error) { /* no storage: the page itself still holds the ticks */ }
  }
  function tell(word, level) { state.textContent = form.dataset[word]; state.dataset.level = level || ""; }
  function chosen(box) {
    return Array.prototype.filter.call(box.querySelectorAll("input"), function (input) { return input.checked; })
      .map(function (input) { return Number(input.value); });
  }
  function recount() {
    var boxes = form.querySelectorAll("fieldset[data-place]");
    count.textContent = Array.prototype.filter.call(boxes, function (box) { return chosen(box).length; }).length;
  }
  function send() {
    var place = Object.keys(waiting)[0];
    if (place === undefined) { tell("saved"); return; }
    if (busy || over) return;
    busy = true;
    var mine = JSON.stringify(waiting[place]);
    tell("saving");
    fetch(form.dataset.answer, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify({ place: Number(place), chosen: waiting[place] })
    }).then(function (answer) {
      busy = false;
      if (answer.status === 409) { over = true; waiting = {}; keep(); tell("over", "bad"); location.reload(); return; }
      if (!answer.ok && answer.status !== 400) throw new Error(answer.status);
      if (JSON.stringify(waiting[place]) === mine) delete waiting[place];
      keep();
      send();
    }).catch(function () {
      busy = false;
      tell("offline", "bad");
      setTimeout(send, RETRY);
    });
  }
  // What waited when the page was left is put back and sent.
  Object.keys(waiting).forEach(function (place) {
    form.querySelectorAll("fieldset[data-place='" + place + "'] input").forEach(function (input) {
      input.checked = waiting[place].indexOf(Number(input.value)) >= 0;
    });
  });
  recount();
  if (Object.keys(waiting).length) send();
  form.addEventListener("change", function (event) {
    var box = event.target.closest("fieldset[data-place]");
    if (!box) return;
    waiting[box.dataset.place] = chosen(box);
    keep();
    recount();
    send();
  });
  window.addEventListener("online", send);
  // The server closes the paper by its own clock; this only fetches the result.
  var end = document.querySelector(".exam-head time[data-due]");
  var skew = end && end.dataset.now ? Number(end.dataset.now) * 1000 - Date.now() : 0;
  var left = Date.parse(form.dataset.closes) - Date.now() - skew;
  setTimeout(function () { if (!over) { over = true; tell("over", "bad"); location.reload(); } }, Math.max(0, left) + 1500);
})();
