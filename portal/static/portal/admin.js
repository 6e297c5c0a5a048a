// The admin's own small behaviours; due times are due.js.
(function () {
  "use strict";
  // An open menu of steps closes when one clicks elsewhere or presses Escape.
  function closeMenus(except) {
    document.querySelectorAll("details.ak-more[open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) { closeMenus(event.target.closest("details.ak-more")); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") closeMenus(null); });
  // A step is sent once, however often the button is pressed.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("form[data-once]") || event.defaultPrevented) return;
    if (event.submitter && event.submitter.formTarget === "_blank") return; // a preview sends nothing
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
  // The tab of the present queue is in sight also where the tabs are wider than the screen.
  document.addEventListener("DOMContentLoaded", function () {
    var current = document.querySelector(".ak-tabs [aria-current]");
    if (current) current.scrollIntoView({ block: "nearest", inline: "center" });
  });
})();
