// The diaries that are measured: a quarter of the long one, half of it and all of it.
import { readFile } from "node:fs/promises";

/**
 * Each diary with its `text`, its number of `entries`, its `subject`, the instant `now` to look at
 * it from and the `medicine` whose card is shown; the smallest first.
 */
export async function diaries() {
  const list = process.env.DOSELINE_BENCH;
  if (!list) throw new Error("DOSELINE_BENCH is not set: run this by `cargo xtask bench`");
  const rows = JSON.parse(await readFile(list, "utf8"));
  return Promise.all(rows.map(async (row) => ({ ...row, text: await readFile(row.file, "utf8") })));
}
