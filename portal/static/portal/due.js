// Live due times on every page and in the admin: <time data-due data-start data-now> is repainted each second.
(function () {
  "use strict";
  var zh = (document.documentElement.lang || "zh").toLowerCase().indexOf("zh") === 0;
  var WORDS = zh
    ? { left: "剩余 ", over: "已超时 ", day: " 天 ", hour: " 小时 ", minute: " 分" }
    : { left: " left", over: "overdue by ", day: " d ", hour: " h ", minute: " min" };
  var skew = null;
  function now() { return Date.now() + (skew || 0); }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function span(seconds) {
    var d = Math.floor(seconds / 86400), h = Math.floor((seconds % 86400) / 3600), m = Math.floor((seconds % 3600) / 60);
    if (d) return d + WORDS.day + h + WORDS.hour.trimEnd();
    if (h) return h + WORDS.hour + m + WORDS.minute;
    return two(m) + ":" + two(Math.floor(seconds % 60));
  }
  function paint(element) {
    var due = Date.parse(element.dataset.due), start = Date.parse(element.dataset.start || "");
    var left = Math.round((due - now()) / 1000), words, level;
    if (left < 0) {
      words = WORDS.over + span(-left);
      level = "over";
    } else {
      words = zh ? WORDS.left + span(left) : span(left) + WORDS.left;
      var fraction = isNaN(start) || due <= start ? (left > 7200 ? 1 : left / 7200) : left * 1000 / (due - start);
      level = fraction > 0.5 ? "calm" : fraction > 0.2 ? "soon" : "urgent";
    }
    if (element.lastChild && element.lastChild.nodeType === 3) element.lastChild.data = words;
    else element.textContent = words;
    element.dataset.level = level;
  }
  function tick() {
    document.querySelectorAll("time[data-due]").forEach(function (element) {
      if (skew === null && element.dataset.now) skew = Number(element.dataset.now) * 1000 - Date.now();
      if (!element.dataset.stopped) paint(element);
    });
  }
  tick();
  setInterval(tick, 1000);
  document.addEventListener("htmx:afterSwap", tick);
})();
