// A tracker's table, read by a mapping of one's own: the example of docs/csv-import.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { projectFile, samples } from "./consumer.mjs";
import { openEmpty } from "./diaries.mjs";

const [{ code }] = samples(await projectFile("docs", "csv-import.md"), "json");
const mapping = JSON.parse(code);

const table = `Datum;Uhrzeit;Stimmung;Druck;Notiz;Schlaf;PHQ;Dosis;Wetter
01.11.2026;08:30;6;2;;7,5;9;50;Regen
02.11.2026;21:05;4;3;müde;6;;75;
`;

test("the documented mapping reads a table, and reads it once", async () => {
  const diary = await openEmpty();
  const { rows, days, ignoredColumns, entries } = await diary.importFile(new Blob([table]), mapping);
  assert.deepEqual([rows, days, ignoredColumns], [2, 2, ["Wetter"]]);
  const count = (kind) => entries.find((entry) => entry.kind === kind)?.new;
  // A check-in a row and, for the hours slept, one a day; the dose begins and goes up.
  assert.deepEqual(["check-in", "assessment", "medicine", "step", "outcome"].map(count), [4, 1, 1, 2, 1]);
  const rated = (await diary.entries({ kind: "check-in" })).filter(({ ratings }) => ratings);
  assert.deepEqual(rated.map(({ at, ratings, note }) => [at, ratings, note]), [
    ["2026-11-01T08:30:00+01:00", { mood: 6, pressure: 2 }, undefined],
    ["2026-11-02T21:05:00+01:00", { mood: 4, pressure: 3 }, "müde"],
  ]);
  const again = await diary.importFile(table, mapping);
  assert.ok(again.entries.every((entry) => entry.new === 0));
  await diary.close();
});

test("a mapping is read as it was handed over", async () => {
  const diary = await openEmpty();
  const own = structuredClone(mapping);
  const reading = diary.importFile(new Blob([table]), own);
  own.date.column = "nowhere";
  assert.equal((await reading).rows, 2);
  await diary.close();
});
