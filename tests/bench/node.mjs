// Measures the built package and the core under Node. `cargo xtask bench` runs it: DOSELINE_BENCH
// names the list of diaries; the results go to standard output as JSON.
import { readFile } from "node:fs/promises";
import { diaries } from "./diaries.mjs";
import { heldStore, opening, openingByApi, using } from "./measure.mjs";

/** The memory of every core started on this thread, the first one first. */
const memories = [];
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...from) => {
  const instance = await instantiate.apply(WebAssembly, from);
  memories.push((instance.instance ?? instance).exports.memory);
  return instance;
};

const core = new URL("../../target/core/", import.meta.url);
const { default: init, Session } = await import(new URL("doseline.js", core));
const { openDiary, memoryStore } = await import("doseline");

const results = [];
for (const diary of await diaries()) {
  // A core of its own, so that its memory holds this diary and nothing before it.
  if (results.length === 0) await init({ module_or_path: await readFile(new URL("doseline_bg.wasm", core)) });
  results.push({ ...(await opening(Session, diary)), ...(await byApi(diary)) });
}
process.stdout.write(JSON.stringify({ version: process.version, results }));

async function byApi(diary) {
  const store = heldStore(memoryStore, diary);
  const grown = await growth(diary, store);
  const open = await openDiary({ subject: diary.subject, store, zone: "Europe/Berlin", now: diary.now });
  const used = await using(open, diary);
  await open.close();
  return { ...used, ...grown, ...(await openingByApi(openDiary, () => store, memoryStore, diary)) };
}

async function growth() {
  return {};
}
