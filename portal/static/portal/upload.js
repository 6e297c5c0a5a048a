// Shows the chosen files with their sizes, refuses too large ones at once, and makes photos smaller before they are sent.
// <div data-upload data-max-mb="20"><input type="file" multiple><ul data-upload-list></ul></div>
(function () {
  "use strict";
  var zh = (document.documentElement.lang || "zh").toLowerCase().indexOf("zh") === 0;
  var LONGEST = 2560, WORTH = 1500000;

  function size(bytes) {
    return bytes < 1024 * 1024 ? Math.max(1, Math.round(bytes / 1024)) + " kB" : (bytes / 1048576).toFixed(1) + " MB";
  }
  function shrink(file) {
    if (file.type !== "image/jpeg" || file.size < WORTH || !window.createImageBitmap) return Promise.resolve(file);
    return createImageBitmap(file).then(function (picture) {
      var scale = LONGEST / Math.max(picture.width, picture.height);
      if (scale >= 1) return file;
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) {
        canvas.toBlob(function (blob) {
          done(blob && blob.size < file.size ? new File([blob], file.name, { type: "image/jpeg", lastModified: file.lastModified }) : file);
        }, "image/jpeg", 0.86);
      });
    }).catch(function () { return file; });
  }
  function show(box, input) {
    var list = box.querySelector("[data-upload-list]"), most = Number(box.dataset.maxMb || 0) * 1048576;
    var tooLarge = false;
    list.textContent = "";
    Array.prototype.forEach.call(input.files, function (file) {
      var row = document.createElement("li"), name = document.createElement("span"), info = document.createElement("span");
      name.className = "upload-name";
      name.textContent = file.name;
      info.className = "upload-size";
      info.textContent = size(file.size);
      if (file.type.indexOf("image/") === 0 && file.type !== "image/svg+xml") {
        var picture = document.createElement("img");
        picture.alt = "";
        picture.src = URL.createObjectURL(file);
        picture.onload = function () { URL.revokeObjectURL(picture.src); };
        row.appendChild(picture);
      }
      row.appendChild(name);
      row.appendChild(info);
      if (most && file.size > most) {
        tooLarge = true;
        row.className = "is-too-large";
        info.textContent += zh ? "，超过 " + box.dataset.maxMb + " MB 上限" : ", over the limit of " + box.dataset.maxMb + " MB";
      }
      list.appendChild(row);
    });
    input.setCustomValidity(tooLarge ? (zh ? "文件过大，请压缩后再上传。" : "A file is too large.") : "");
  }
  document.querySelectorAll("[data-upload]").forEach(function (box) {
    var input = box.querySelector("input[type=file]");
    if (!input) return;
    input.addEventListener("change", function () {
      show(box, input);
      Promise.all(Array.prototype.map.call(input.files, shrink)).then(function (files) {
        if (!window.DataTransfer) return;
        var parcel = new DataTransfer();
        files.forEach(function (file) { parcel.items.add(file); });
        input.files = parcel.files;
        show(box, input);
      });
    });
    ["dragover", "dragleave", "drop"].forEach(function (name) {
      box.addEventListener(name, function () { box.classList.toggle("is-over", name === "dragover"); });
    });
  });
})();
