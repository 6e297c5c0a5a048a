// What every page of our own has: messages that leave, questions before a step, one sending a form, kept drafts.
(function () {
  "use strict";
  var zh = (document.documentElement.lang || "zh").toLowerCase().indexOf("zh") === 0;
  var WORDS = zh
    ? { sending: "正在提交…",
        restored: "已恢复上次未提交的内容", forget: "清除", offline: "网络不可用，内容已保存在本机，请稍后再提交。" }
    : { sending: "Sending…",
        restored: "What you typed before was brought back", forget: "Discard",
        offline: "No network. What you typed is kept on this device; please send it again later." };

  // --- messages ------------------------------------------------------------------------------------------------
  function toast(text, level) {
    var box = document.getElementById("toasts");
    if (!box) return;
    var item = document.createElement("div");
    item.className = "portal-toast portal-toast-" + (level || "info");
    item.setAttribute("role", level === "error" ? "alert" : "status");
    item.textContent = text;
    box.appendChild(item);
    setTimeout(function () { item.remove(); }, 6000);
  }
  document.querySelectorAll("[data-toast]").forEach(function (element) {
    if (element.dataset.toast !== "stay") setTimeout(function () { element.remove(); }, 7000);
  });
  document.addEventListener("click", function (event) {
    var close = event.target.closest("[data-dismiss]");
    if (close) close.closest(close.dataset.dismiss).remove();
  });

  // --- a question before a step: data-confirm on a button or a form --------------------------------------------
  var dialog = document.getElementById("confirm-dialog");
  function ask(text, label, danger, done) {
    if (!dialog || !dialog.showModal) { if (window.confirm(text)) done(); return; }
    var yes = dialog.querySelector("[data-yes]");
    dialog.querySelector("[data-question]").textContent = text;
    yes.textContent = label || yes.dataset.label;
    yes.className = "btn " + (danger ? "btn-danger" : "btn-primary");
    dialog.onclose = function () { if (dialog.returnValue === "yes") done(); };
    dialog.returnValue = "";
    dialog.showModal();
  }
  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-dialog]");
    if (opener) {
      var target = document.getElementById(opener.dataset.dialog);
      if (target && target.showModal) { event.preventDefault(); target.showModal(); }
    }
    var closer = event.target.closest("[data-close-dialog]");
    if (closer) closer.closest("dialog").close();
  });

  // --- one sending a form ----------------------------------------------------------------------------------------
  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[data-was]").forEach(function (button) {
      button.disabled = false; button.textContent = button.dataset.was; button.removeAttribute("data-was");
    });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter;
    if (form.method.toLowerCase() !== "post") return;
    var source = button && button.dataset.confirm ? button : form;
    if (source.dataset.confirm && !form.dataset.asked) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(source.dataset.confirm, source.dataset.confirmLabel, source.dataset.confirmDanger !== undefined, function () {
        form.dataset.asked = "1";
        form.requestSubmit(button || undefined);
      });
      return;
    }
    delete form.dataset.asked;
  }, true);
  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter;
    if (form.method.toLowerCase() !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (navigator.onLine === false) { event.preventDefault(); toast(WORDS.offline, "error"); return; }
    form.dataset.sent = "1";
    if (button) {
      // After this turn, so that the pressed button's own name and value are still sent.
      setTimeout(function () {
        if (button.childElementCount === 0) { button.dataset.was = button.textContent; button.textContent = WORDS.sending; }
        button.disabled = true;
      }, 0);
    }
    if (form.dataset.download !== undefined) setTimeout(function () { release(form); if (button) button.disabled = false; }, 3000);
  });
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach(release);
    document.querySelectorAll("form button:disabled").forEach(function (button) { button.disabled = false; });
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest && event.target.closest("form");
    if (form) release(form);
  });

  // --- drafts: <form data-draft="key">; the key goes when the server says it was saved (data-draft-saved="key") ----
  var PREFIX = "draft:", DAYS = 7;
  var kept = function (field) {
    return field.name && field.tagName !== "BUTTON" && field.type !== "hidden" && field.type !== "password" &&
      field.type !== "file" && field.name !== "csrfmiddlewaretoken";
  };
  function save(form) {
    var values = {};
    Array.prototype.filter.call(form.elements, kept).forEach(function (field) {
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) (values[field.name] = values[field.name] || []).push(field.value);
      } else if (field.value) values[field.name] = [field.value];
    });
    try { localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify({ at: Date.now(), values: values })); }
    catch (error) { /* full or forbidden: nothing is lost that was there before */ }
  }
  function restore(form) {
    var text;
    try { text = localStorage.getItem(PREFIX + form.dataset.draft); } catch (error) { return; }
    if (!text || form.querySelector(".is-invalid")) return;
    // data-draft-over: what was typed last wins over what is stored, because saving takes the draft away.
    var draft = JSON.parse(text), found = false, over = form.dataset.draftOver !== undefined;
    Array.prototype.filter.call(form.elements, kept).forEach(function (field) {
      var values = draft.values[field.name];
      if (!values) return;
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.indexOf(field.value) >= 0;
      else if (!field.value || field.tagName === "SELECT" || (over && field.value !== values[0])) {
        field.value = values[0];
        found = true;
      }
    });
    if (!found) return;
    var note = document.createElement("div"), forget = document.createElement("button");
    note.className = "draft-note";
    note.textContent = WORDS.restored;
    forget.type = "button";
    forget.className = "btn btn-sm btn-link";
    forget.textContent = WORDS.forget;
    forget.onclick = function () { localStorage.removeItem(PREFIX + form.dataset.draft); form.reset(); note.remove(); };
    note.appendChild(forget);
    form.prepend(note);
  }
  try {
    document.querySelectorAll("[data-draft-saved]").forEach(function (element) {
      localStorage.removeItem(PREFIX + element.dataset.draftSaved);
    });
    Object.keys(localStorage).filter(function (key) { return key.indexOf(PREFIX) === 0; }).forEach(function (key) {
      if (Date.now() - (JSON.parse(localStorage.getItem(key)).at || 0) > DAYS * 86400000) localStorage.removeItem(key);
    });
  } catch (error) { /* no storage */ }
  document.querySelectorAll("form[data-draft]").forEach(function (form) {
    restore(form);
    var timer;
    form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(function () { save(form); }, 400); });
  });

  // --- htmx ------------------------------------------------------------------------------------------------------
  document.addEventListener("htmx:configRequest", function (event) {
    var token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-autosubmit]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-back]") && history.length > 1) { event.preventDefault(); history.back(); }
  });
  window.portal = { toast: toast, words: WORDS, chinese: zh };
})();
