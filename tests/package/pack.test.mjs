// A portal's own reference pack. In Node a process has one: this file runs in a process of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { projectFile } from "./consumer.mjs";
import { openEmpty, refused } from "./diaries.mjs";

const about = { version: "clinic-3", issued: "2026-11-01", reviewBy: "2027-11-01" };

test("a pack is refused as a whole or used as a whole, and there is one", async () => {
  const open = (pack) => openEmpty({ reference: { pack } });
  await refused(open("{"), "invalid-json", "reference.pack");
  await refused(open(JSON.stringify({ ...about, interactions: [{}] })), "missing-field", "reference.pack.interactions[0].id");
  await refused(open(JSON.stringify({ ...about, reviewBy: "2026-01-01" })), "end-before-start", "reference.pack.reviewBy");
  await refused(open(5), "wrong-type", "reference.pack");

  const medicines = JSON.parse(await projectFile("src", "reference", "tables", "medicines.json"));
  const decanoate = medicines.find(({ id }) => id === "haloperidol").injections[0];
  const days = (daysBetween) => {
    decanoate.daysBetween = [daysBetween, "gardner2010-days", "general-knowledge"];
    return JSON.stringify({ ...about, medicines });
  };
  const field = "reference.pack.medicines[haloperidol].injections[0].daysBetween";
  await refused(open(days(400)), "out-of-range", field);
  await refused(open(days("a month")), "wrong-type", field);

  const table = JSON.parse(await projectFile("src", "reference", "tables", "side_effects.json"));
  const sideEffects = table.map((row) => (row.id === "acne" ? { ...row, name: "Spots" } : row));
  decanoate.daysBetween = [21, "gardner2010-days", "verified"];
  const pack = JSON.stringify({ ...about, interactions: [], sideEffects, medicines });
  const diary = await open(pack);
  const { version, reviewBy } = await diary.reference.version();
  assert.deepEqual([version, reviewBy], [about.version, about.reviewBy]);
  const ingredients = [{ name: "Lithium", reference: "lithium" }];
  const { id } = await diary.record({ kind: "medicine", name: "Lithium", ingredients });
  const schedule = { repeat: "daily", unit: "mg", doses: [{ amount: 900 }] };
  await diary.record({ kind: "step", medicine: id, action: "start", schedule });
  await diary.record({ kind: "substance", substance: "Ibuprofen" });
  assert.deepEqual([(await diary.flags()).flags, (await diary.flags()).tables], [[], about.version]);
  const named = await diary.reference.sideEffects();
  assert.deepEqual(named.filter(({ also }) => also.includes("Acne")), [{ name: "Spots", also: ["Acne"] }]);
  const [found] = await diary.reference.search("haloperidol decanoate");
  assert.equal(found.injections[0].daysBetween, 21);
  await diary.close();

  await (await open(pack)).close();
  await refused(open(JSON.stringify({ ...about, version: "clinic-4" })), "pack-in-use", "reference.pack");
});
