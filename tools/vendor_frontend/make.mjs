// Makes heed/web/static/vendor from the pinned packages. Run: npm ci && npm run make
// What must not be shipped is taken out here, and tests/unit/web/test_vendored.py proves that it is gone:
// the GDS Transport typeface, the crown, the crest, logotypes, fonts, source-map comments.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const out = join(root, "heed", "web", "static", "vendor");
const modules = join(here, "node_modules");
const moj = join(modules, "@ministryofjustice", "frontend");
const govuk = join(modules, "govuk-frontend");

const withoutSourceMap = (text) => text.replace(/\n?\/[/*]# sourceMappingURL=[^\n]*\n?/g, "\n").trim() + "\n";

// Rules of components that carry somebody's emblem or name; Heed uses neither header nor footer logo.
const EMBLEMS = /govuk-(header|footer)__(logo|logotype|copyright-logo|crown|licence-logo)|moj-(header|footer)__(logo|logotype)|moj-organisation-switcher/;

function withoutEmblems(css) {
  return css.replace(/([^{}]+)\{([^{}]*)\}/g, (rule, selectors, body) => {
    if (/govuk-crest|logotype|crest/.test(body)) return "";
    const kept = selectors.split(",").filter((selector) => !EMBLEMS.test(selector));
    return kept.length ? `${kept.join(",")}{${body}}` : "";
  });
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "images"), { recursive: true });

const { css } = sass.compile(join(here, "frontend.scss"), {
  loadPaths: [here], style: "compressed", quietDeps: true, logger: sass.Logger.silent,
});
const clean = withoutSourceMap(withoutEmblems(css)).replaceAll("url(./images/", "url(images/").replaceAll('url("./images/', 'url("images/');
writeFileSync(join(out, "frontend.css"), clean);

const scripts = {
  "govuk-frontend.min.js": join(govuk, "dist", "govuk", "govuk-frontend.min.js"),
  "moj-frontend.min.js": join(moj, "moj", "moj-frontend.min.js"),
};
for (const [name, from] of Object.entries(scripts)) {
  writeFileSync(join(out, name), withoutSourceMap(readFileSync(from, "utf8")));
}

const images = [...clean.matchAll(/url\("?images\/([^")]+)"?\)/g)].map((found) => found[1]);
for (const image of new Set(images)) {
  cpSync(join(moj, "moj", "assets", "images", image), join(out, "images", image));
}

const axe = readFileSync(join(modules, "axe-core", "axe.min.js"), "utf8");
writeFileSync(join(root, "tests", "system", "axe.min.js"), withoutSourceMap(axe));

const licences = {
  "frontend.css": [govuk, moj], "govuk-frontend.min.js": [govuk], "moj-frontend.min.js": [moj],
};
const described = (folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { name, version, licence: license };
};
const files = [...Object.keys(licences), ...readdirSync(join(out, "images")).map((name) => `images/${name}`)];
const manifest = files.map((file) => ({
  file,
  sha256: createHash("sha256").update(readFileSync(join(out, file))).digest("hex"),
  from: (licences[file] ?? [moj]).map(described),
}));
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
console.error(`wrote ${files.length} files, stylesheet ${clean.length} bytes`);
