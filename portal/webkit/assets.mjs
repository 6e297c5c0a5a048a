// Copies the chosen files of the npm packages to where Django finds them. Run by `npm run build`; uses node alone.
//   var/assets/vendor/…      served (a STATICFILES_DIR)
//   var/icons/icons.json     read by the `icon` template tag, not served: only drawn icons reach a page
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const modules = join(root, "node_modules");
const vendor = join(root, "var", "assets", "vendor");

const served = {
  "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
  "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
  "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
  "signature_pad/dist/signature_pad.umd.min.js": "signature_pad/signature_pad.umd.min.js",
};
const licences = { "@tabler/icons/LICENSE": "tabler/ICONS-LICENSE", "htmx.org/LICENSE": "htmx/LICENSE" };

// A map that is not served makes the manifest storage stop, so the reference to it goes.
const withoutSourceMap = (text) =>
  text.replace(/\/\*# sourceMappingURL=.*?\*\//g, "").replace(/\/\/# sourceMappingURL=.*$/gm, "");

const draw = (nodes) =>
  nodes
    .filter(([, attributes]) => attributes.d !== "M0 0h24v24H0z")
    .map(([tag, attributes]) => `<${tag} ${Object.entries(attributes).map(([k, v]) => `${k}="${v}"`).join(" ")}/>`)
    .join("");

const drawAll = (name) => {
  const all = JSON.parse(readFileSync(join(modules, "@tabler/icons", `tabler-nodes-${name}.json`), "utf8"));
  return Object.fromEntries(Object.entries(all).map(([icon, nodes]) => [icon, draw(nodes)]));
};

rmSync(vendor, { recursive: true, force: true });
for (const [from, to] of Object.entries(served)) {
  mkdirSync(dirname(join(vendor, to)), { recursive: true });
  writeFileSync(join(vendor, to), withoutSourceMap(readFileSync(join(modules, from), "utf8")));
}
for (const [from, to] of Object.entries(licences)) copyFileSync(join(modules, from), join(vendor, to));

mkdirSync(join(root, "var", "icons"), { recursive: true });
writeFileSync(
  join(root, "var", "icons", "icons.json"),
  JSON.stringify({ outline: drawAll("outline"), filled: drawAll("filled") }),
);
console.log(`${Object.keys(served).length} files in var/assets/vendor, icons in var/icons`);
