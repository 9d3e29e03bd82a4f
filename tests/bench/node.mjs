// Measures the built core and package under Node. `cargo xtask bench` runs it: DOSELINE_BENCH names
// what is measured; the results go to standard output as JSON, one row for each diary and series.
import { readFile } from "node:fs/promises";
import { diaries, seriesFiles } from "./diaries.mjs";
import { fill, opening, openingByApi, options, using } from "./measure.mjs";
import * as packages from "./peers.mjs";
import { estimators, peers } from "./statistics.mjs";

/** The memory of the core that was started last. */
let memory;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => {
  const started = await instantiate.apply(WebAssembly, given);
  const { exports } = started.instance ?? started;
  // Node starts wasm of its own too.
  if ("session_addLines" in exports) ({ memory } = exports);
  return started;
};

const api = await import("doseline");
const core = new URL("../../target/core/", import.meta.url);
const { default: init, Session } = await import(new URL("doseline.js", core));
const bytes = await readFile(new URL("doseline_bg.wasm", core));

const list = await diaries();
const linear = await growth(list.at(-1));
await init({ module_or_path: bytes });
const rows = [];
for (const diary of list) {
  const store = api.memoryStore();
  await fill(store, diary);
  const open = await api.openDiary({ ...options(diary), store });
  rows.push({
    ...(await opening(Session, diary)),
    ...(await using(open, diary)),
    ...(await openingByApi(api, () => store, diary)),
  });
  await open.close();
}
rows.at(-1).linear = linear;
process.stdout.write(JSON.stringify({ rows, statistics: await statistics() }));

/** The estimators, and those of npm's packages. */
async function statistics() {
  const core = new URL("../../target/bench-core/", import.meta.url);
  const exports = await import(new URL("doseline.js", core));
  await exports.default({ module_or_path: await readFile(new URL("doseline_bg.wasm", core)) });
  const augurs = new URL(import.meta.resolve("@bsull/augurs/changepoint"));
  await packages.startAugurs({
    module_or_path: await readFile(new URL("changepoint_bg.wasm", augurs)),
  });
  const rows = [];
  for (const file of await seriesFiles()) {
    const series = JSON.parse(await readFile(file, "utf8"));
    rows.push({ ...estimators(exports, series), peers: peers(packages, series) });
  }
  return rows;
}

/** Bytes of the core's memory for each entry of a diary, the first that this process opens. */
async function growth(diary) {
  const nothing = await api.openDiary({ ...options(diary), store: api.memoryStore() });
  const before = memory.buffer.byteLength;
  const store = api.memoryStore();
  await fill(store, diary);
  const open = await api.openDiary({ ...options(diary), store });
  const grown = memory.buffer.byteLength - before;
  await Promise.all([nothing.close(), open.close()]);
  return grown / diary.entries;
}
