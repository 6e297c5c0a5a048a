// Partner's pages: copy an address with one press.
(function () {
  "use strict";
  function fallback(text) {
    var box = document.createElement("textarea");
    box.value = text;
    box.className = "visually-hidden";
    document.body.appendChild(box);
    box.select();
    try { document.execCommand("copy"); } finally { box.remove(); }
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button) return;
    var done = function () { if (window.portal) window.portal.toast(button.dataset.copied, "success"); };
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(button.dataset.copy).then(done);
    else { fallback(button.dataset.copy); done(); }
  });
})();
