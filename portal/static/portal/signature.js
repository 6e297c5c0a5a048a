// A drawn signature: <div data-signature><canvas></canvas><input type="hidden" data-signature-value>…</div>
// The hidden input takes the picture as a PNG data URL; whoever cannot draw types the name instead.
(function () {
  "use strict";
  document.querySelectorAll("[data-signature]").forEach(function (box) {
    var canvas = box.querySelector("canvas"), value = box.querySelector("[data-signature-value]");
    var clear = box.querySelector("[data-signature-clear]"), typed = box.querySelector("[data-signature-typed]");
    var hint = box.querySelector("[data-signature-hint]");
    if (!canvas || !window.SignaturePad) return;
    var pad = new SignaturePad(canvas, { minWidth: 0.8, maxWidth: 2.6, penColor: "#10243e", backgroundColor: "rgb(255,255,255)" });

    function fit() {
      var ratio = Math.max(window.devicePixelRatio || 1, 1), strokes = pad.toData();
      if (!canvas.offsetWidth) return;
      canvas.width = canvas.offsetWidth * ratio;
      canvas.height = canvas.offsetHeight * ratio;
      canvas.getContext("2d").scale(ratio, ratio);
      pad.clear();
      if (strokes.length) pad.fromData(strokes);
      if (strokes.length) keep();
    }
    function signed() {
      box.classList.add("is-signed");
      box.classList.remove("is-missing");
    }
    // The picture is at most 800 px wide: enough for print, small enough for a form.
    function keep() {
      if (pad.isEmpty()) { value.value = ""; return; }
      var small = document.createElement("canvas"), scale = Math.min(1, 800 / canvas.width);
      small.width = Math.round(canvas.width * scale);
      small.height = Math.round(canvas.height * scale);
      small.getContext("2d").drawImage(canvas, 0, 0, small.width, small.height);
      value.value = small.toDataURL("image/png");
      signed();
    }
    function typedName() {
      if (!typed.value.trim()) { wipe(); return; }
      pad.clear();
      var context = canvas.getContext("2d"), size = Math.min(64, canvas.offsetWidth / (typed.value.length + 1));
      context.save();
      context.fillStyle = "#10243e";
      context.font = "italic " + size + "px 'KaiTi','STKaiti','Noto Serif CJK SC','Songti SC',serif";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(typed.value.trim(), canvas.offsetWidth / 2, canvas.offsetHeight / 2);
      context.restore();
      if (hint) hint.hidden = true;
      var small = document.createElement("canvas");
      small.width = Math.min(800, canvas.width);
      small.height = Math.round(canvas.height * small.width / canvas.width);
      small.getContext("2d").drawImage(canvas, 0, 0, small.width, small.height);
      value.value = small.toDataURL("image/png");
      signed();
    }
    function wipe() {
      pad.clear();
      value.value = "";
      box.classList.remove("is-signed");
    }
    pad.addEventListener("beginStroke", function () { if (typed && typed.value) { typed.value = ""; pad.clear(); } if (hint) hint.hidden = true; });
    pad.addEventListener("endStroke", keep);
    if (clear) clear.addEventListener("click", function () { wipe(); if (typed) typed.value = ""; if (hint) hint.hidden = false; });
    if (typed) typed.addEventListener("input", typedName);
    window.addEventListener("resize", fit);
    fit();
    // A form that came back with errors keeps its signature.
    if (value.value) {
      pad.fromDataURL(value.value, { width: canvas.offsetWidth, height: canvas.offsetHeight });
      signed();
      if (hint) hint.hidden = true;
    }
    var form = box.closest("form");
    if (form && box.hasAttribute("data-signature-required")) {
      form.addEventListener("submit", function (event) {
        var optional = event.submitter && event.submitter.hasAttribute("data-unsigned");
        if (value.value || optional) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        box.classList.add("is-missing");
        canvas.scrollIntoView({ block: "center", behavior: "smooth" });
        canvas.focus();
      }, true);
    }
  });
})();
