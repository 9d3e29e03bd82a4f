// The safety rules through the package: raised, explained, set aside, and asked before recording.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore, openDiary } from "doseline";
import { leftUnchecked, now, openEmpty, refused, zone } from "./diaries.mjs";

/** Lithium every evening, begun on 1 November. */
async function onLithium(diary) {
  const day = "2026-11-01";
  const ingredients = [{ name: "Lithium", reference: "lithium" }];
  const { id } = await diary.record({ kind: "medicine", day, name: "Lithium", ingredients });
  const schedule = { repeat: "daily", unit: "mg", doses: [{ at: "21:00", amount: 900 }] };
  await diary.record({ kind: "step", day, medicine: id, action: "start", schedule });
}

const ibuprofen = { kind: "substance", substance: "Ibuprofen" };

test("a pair is told before it is recorded, and raised after; nothing is blocked", async () => {
  const diary = await openEmpty();
  await onLithium(diary);
  const [before, ...others] = await diary.check(ibuprofen);
  assert.deepEqual([before.rule, before.severity, others.length], ["lithium_nsaid", "contact-today", 0]);
  assert.equal((await diary.entries({ kind: "substance" })).length, 0, "asking records nothing");
  await diary.record(ibuprofen);
  const { flags, tables } = await diary.flags();
  const [flag] = flags;
  assert.deepEqual(flag.about, ["ibuprofen", "lithium"]);
  assert.match(flag.sentence, /ibuprofen.*Lithium|Lithium.*ibuprofen/i);
  assert.match(flag.notCovered, /not checked/);
  assert.ok(flag.why.length > 0 && flag.sources.length > 0 && flag.entries.length > 1 && tables.length > 0);
  await refused(diary.check({ kind: "substance" }), "missing-field", "substance");
  await diary.close();
});

test("what the patient set aside is hidden from the patient, not from the clinician", async () => {
  const store = memoryStore();
  const open = (audience) => openDiary({ subject: "someone", store, zone, now, audience });
  const patient = await open("patient");
  await onLithium(patient);
  await patient.record(ibuprofen);
  const [{ key }] = (await patient.flags()).flags;
  await patient.record({ kind: "dismissal", flag: key, reason: "My doctor knows." });
  assert.deepEqual((await patient.flags()).flags, []);
  await patient.close();
  const clinician = await open("clinician");
  const [flag] = (await clinician.flags()).flags;
  assert.equal(flag.key, key);
  assert.equal(flag.dismissed.reason, "My doctor knows.");
  await clinician.close();
});

test("an answer about self-harm comes first, and says that no one else sees it", async () => {
  const diary = await openEmpty();
  await onLithium(diary);
  await diary.record(ibuprofen);
  await diary.record({ kind: "assessment", instrument: "phq-9", items: [1, 1, 1, 1, 1, 1, 1, 1, 2] });
  const [flag] = (await diary.flags()).flags;
  assert.deepEqual([flag.rule, flag.severity], ["crisis-item-9", "urgent-help"]);
  assert.match(flag.notCovered, /No one sees/);
  await diary.close();
});

test("what is not known is said not to be checked", async () => {
  const diary = await openEmpty();
  await diary.record({ kind: "profile", topic: "birth-year", state: "known", value: 2012 });
  const { flags, notChecked } = await diary.flags();
  assert.deepEqual([flags, notChecked.map(({ rule }) => rule)], [[], ["adult-rules"]]);
  await diary.close();
});

test("a portal switches a rule off and it is said; a red flag stays", async () => {
  const off = (...rules) => openEmpty({ safety: { off: rules } });
  const diary = await off("lithium_nsaid");
  await onLithium(diary);
  await diary.record(ibuprofen);
  const found = await diary.flags();
  assert.deepEqual([found.flags, leftUnchecked(found)], [[], ["lithium_nsaid"]]);
  await diary.close();
  await refused(off("red-flag-serotonin"), "unknown-value", "safety.off[0]");
});
