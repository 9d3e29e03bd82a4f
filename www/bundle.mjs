// Bundles one part of www: `node www/bundle.mjs <part>`, with the part's own request as JSON on
// standard input. Called by `cargo xtask`, which knows when a part needs it.
//
//   package         {outdir}                     the entries of the npm package, sharing chunks
//   demo            {outdir}                     the demo page's script and style sheet
//   service-worker  {outdir, version, precache}  the service worker, with the list of what it keeps
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, transformSync } from "esbuild";

const www = dirname(fileURLToPath(import.meta.url));
const request = JSON.parse(readFileSync(0, "utf8"));

const shared = {
  absWorkingDir: www,
  outdir: request.outdir,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  minify: true,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
};

const parts = {
  // Every file lies in one folder, so that `new URL("core.wasm", import.meta.url)` and
  // `new URL("worker.js", import.meta.url)` mean the same in an entry and in a chunk.
  package: {
    entryPoints: { index: "api/index.ts", elements: "widget/elements.tsx", worker: "api/worker.ts" },
    splitting: true,
    chunkNames: "chunk-[hash]",
    platform: "neutral",
    mainFields: ["module", "main"],
    external: ["node:*"],
    loader: { ".css": "text" },
  },
  // The page uses the package as any other page would: as files beside it.
  demo: {
    entryPoints: { main: "demo/main.tsx", demo: "demo/demo.css" },
    alias: { doseline: "./doseline/index.js", "doseline/elements": "./doseline/elements.js" },
    external: ["./doseline/*"],
    platform: "browser",
  },
  "service-worker": {
    entryPoints: { "service-worker": "demo/service-worker.ts" },
    format: "iife",
    platform: "browser",
    define: {
      VERSION: JSON.stringify(request.version),
      PRECACHE: JSON.stringify(request.precache),
    },
  },
};

const part = process.argv[2];
if (part === "package") {
  parts.package.define = {
    HELP_WITHOUT_DIARY: JSON.stringify(await helpWithoutDiary()),
  };
}
const { metafile } = await build({ ...shared, ...parts[part] });
if (part === "package") {
  writeFileSync(join(request.outdir, "THIRD-PARTY.txt"), notices(metafile));
}

/** What the built core says of help in a diary without entries. */
async function helpWithoutDiary() {
  const core = join(www, "..", "target", "core");
  const { initSync, Session } = await import(pathToFileURL(join(core, "doseline.js")).href);
  initSync({ module: readFileSync(join(core, "doseline_bg.wasm")) });
  const session = new Session({});
  session.finishOpening();
  const parcel = readFileSync(join(www, "api", "parcel.ts"), "utf8");
  const { code } = transformSync(parcel, { loader: "ts" });
  const { opened } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return opened(session.help({}));
}

/** The licence texts of the npm packages that are in the bundle, as their licences ask. */
function notices({ inputs }) {
  const names = new Set();
  for (const path of Object.keys(inputs)) {
    const found = path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) names.add(found[1]);
  }
  const modules = join(www, "..", "node_modules");
  return [...names]
    .sort()
    .map((name) => {
      const { version, license } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
      const text = readFileSync(join(modules, name, "LICENSE"), "utf8").trim();
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${"-".repeat(72)}\n\n`);
}
