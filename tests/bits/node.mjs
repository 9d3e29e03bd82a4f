// Hashes the views of the diaries in the files that are named, under Node.
import { readFile } from "node:fs/promises";
import { hashes } from "./hashes.mjs";

const core = new URL("../../target/core/", import.meta.url);
const { default: init, Session } = await import(new URL("doseline.js", core));
await init({ module_or_path: await readFile(new URL("doseline_bg.wasm", core)) });
const all = [];
for (const file of process.argv.slice(2)) {
  all.push(...hashes(Session, JSON.parse(await readFile(file, "utf8"))));
}
process.stdout.write(JSON.stringify(all));
