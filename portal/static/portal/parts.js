// Lines of replaced parts: shown as they are needed, removed by emptying, and what the customer pays.
// Without this script the page offers a few empty lines.
(function () {
  "use strict";
  var box = document.querySelector("[data-parts]");
  if (!box) return;
  var rows = box.querySelector("[data-parts-rows]"), blank = box.querySelector("[data-parts-blank]");
  var total = box.querySelector("input[name=parts-TOTAL_FORMS]"), most = Number(box.querySelector("input[name=parts-MAX_NUM_FORMS]").value);
  var add = box.querySelector("[data-parts-add]"), none = box.querySelector("[data-parts-none]");
  var sum = document.querySelector("[data-parts-total]"), labour = document.querySelector("input[name=labour_charge]");

  function all() { return Array.prototype.slice.call(rows.querySelectorAll("[data-part]")); }
  function field(row, name) { return row.querySelector("[name$='-" + name + "']"); }
  function used(row) {
    return row.querySelector(".is-invalid") !== null ||
      ["part_number", "name", "unit_price", "old_serial", "new_serial"].some(function (name) { var one = field(row, name); return one && one.value !== ""; });
  }
  function empty(row) {
    row.querySelectorAll("input").forEach(function (input) {
      if (input.type === "checkbox") input.checked = true;
      else input.value = /-quantity$/.test(input.name) ? "1" : "";
      input.classList.remove("is-invalid");
    });
  }
  // What the list at hand says of the number that is typed.
  function named(row) {
    var number = field(row, "part_number").value.trim().toUpperCase();
    return Array.prototype.slice.call(document.querySelectorAll("#parts-at-hand option")).find(function (one) { return one.value.toUpperCase() === number; });
  }
  function count() {
    var charge = Number(labour && labour.value) || 0, shown = 0;
    all().forEach(function (row) {
      if (row.hidden) return;
      shown += 1;
      var part = named(row), typed = field(row, "unit_price").value, hint = row.querySelector("[data-part-name]");
      var price = typed === "" && part ? part.dataset.price : typed;
      if (hint) hint.textContent = part ? part.dataset.name : "";
      if (part && typed === "") field(row, "unit_price").placeholder = part.dataset.price;
      if (!field(row, "in_warranty").checked) charge += (Number(field(row, "quantity").value) || 0) * (Number(price) || 0);
    });
    none.hidden = shown > 0;
    add.hidden = shown >= most;
    if (sum) sum.querySelector("output").textContent = charge.toFixed(2);
  }
  function numbered(row, number) {
    [row].concat(Array.prototype.slice.call(row.querySelectorAll("*"))).forEach(function (element) {
      Array.prototype.forEach.call(element.attributes, function (one) {
        if (one.value.indexOf("__prefix__") >= 0) one.value = one.value.replace(/__prefix__/g, number);
      });
    });
    return row;
  }
  function open() {
    var row = all().find(function (one) { return one.hidden; });
    if (!row) {
      var number = Number(total.value);
      if (number >= most) return;
      row = numbered(blank.content.firstElementChild.cloneNode(true), String(number));
      rows.appendChild(row);
      total.value = String(number + 1);
      equip(row);
    }
    row.hidden = false;
    field(row, "part_number").focus();
    count();
  }
  function equip(row) {
    var remove = row.querySelector("[data-part-remove]");
    remove.hidden = false;
    remove.addEventListener("click", function () {
      empty(row);
      row.hidden = true;
      count();
      row.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  all().forEach(function (row) { equip(row); row.hidden = !used(row); });
  if (sum) sum.hidden = false;
  add.addEventListener("click", open);
  document.addEventListener("input", count);
  document.addEventListener("change", count);
  count();
})();
