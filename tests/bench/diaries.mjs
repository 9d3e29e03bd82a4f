// What is measured: a quarter of the long diary, half of it and all of it; and series of numbers.
import { readFile } from "node:fs/promises";

/**
 * Each diary with its `text`, its number of `entries`, its `subject`, the instant `now` to look at
 * it from and the `medicine` whose card is shown; the smallest first.
 */
export async function diaries() {
  const rows = (await list()).diaries;
  return Promise.all(rows.map(async (row) => ({ ...row, text: await readFile(row.file, "utf8") })));
}

/** The files of the series that the estimators are given, the shortest first. */
export async function seriesFiles() {
  return (await list()).series;
}

async function list() {
  const file = process.env.DOSELINE_BENCH;
  if (!file) throw new Error("DOSELINE_BENCH is not set: run this by `cargo xtask bench`");
  return JSON.parse(await readFile(file, "utf8"));
}
