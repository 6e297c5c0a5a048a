// Loaded before the styles so that the first paint already has the chosen theme and the brand's colour.
(function () {
  "use strict";
  var root = document.documentElement;
  var colour = document.querySelector('meta[name="theme-color"]');
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function stored() {
    try { return localStorage.getItem("theme"); } catch (error) { return null; }
  }
  function apply() {
    var choice = stored();
    root.setAttribute("data-bs-theme", choice === "dark" || choice === "light" ? choice : dark.matches ? "dark" : "light");
  }
  if (colour) {
    root.style.setProperty("--brand-primary", colour.content);
    root.style.setProperty("--brand-on-primary", colour.getAttribute("data-on") || "#ffffff");
  }
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-theme-toggle]")) return;
    var next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    try { localStorage.setItem("theme", next); } catch (error) { /* private mode: the choice lasts for this page */ }
    root.setAttribute("data-bs-theme", next);
  });
})();
