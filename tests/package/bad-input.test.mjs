// Every case of the core's table of bad input through the real API: refused with its code, its field and
// a sentence, and the diary and its store as they were, byte for byte.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore, openDiary } from "doseline";
import { projectModule } from "./consumer.mjs";
import { contents, refusalOf } from "./diaries.mjs";

const table = await projectModule("target", "bad-input", "cases.mjs");

test(
  "every case of the table is refused, and changes nothing",
  { skip: table === undefined && "target/bad-input/cases.mjs is not there: `cargo test` writes it" },
  async () => {
    const store = memoryStore();
    // The day and the clock of the table's device.
    const options = { subject: "person-1", store, zone: "UTC", now: "2026-06-01T10:00:00Z" };
    const diary = await openDiary({ ...options, file: table.diary });
    assert.equal(await diary.export("json"), table.diary);
    const kept = await contents(store);
    // Where several fields are left over, any of them may be named.
    const isRight = (error, code, field) => error.code === code
      && (error.field === field || (code === "unknown-field" && field.endsWith("]") && error.field.startsWith(field)));
    const wrong = [];
    for (const [name, call, code, field] of table.cases) {
      const error = await refusalOf(call(diary), name);
      if (!isRight(error, code, field)) wrong.push(`${name} (due: ${code} at ${field}): ${error.code} at ${error.field}`);
      assert.equal(await diary.export("json"), table.diary, name);
    }
    assert.deepEqual(wrong, []);
    assert.equal(await contents(store), kept);
    assert.ok(table.cases.length > 700, `${table.cases.length} cases`);
    await diary.close();
  },
);
