// Bad calls: each is refused with a real error, and the diary and its store stay byte for byte.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { DoselineError, memoryStore, openDiary } from "doseline";
import { installed, project, projectModule } from "./consumer.mjs";
import { contents, example, medicineOf, openEmpty, openExample, refused } from "./diaries.mjs";

const nobody = "01960000-0000-7000-8000-000000000001";
const circle = { kind: "check-in" };
circle.ratings = circle;
const deep = (levels) => (levels === 0 ? "x" : [deep(levels - 1)]);
const file = (fields) => JSON.stringify({ schemaVersion: 2, subject: "example-depression", entries: [], ...fields });
class Ratings {
  mood = 5;
}
const table = { mapping: "m", date: { column: "a" }, checkIns: [{ each: "row", ratings: [{ column: "b", outcome: "mood" }] }] };

/** `[name, call, code, field]`; a call is given the diary, a medicine and a check-in. */
const calls = [
  ["record nothing", (d) => d.record(), "wrong-type", ""],
  ["record null", (d) => d.record(null), "wrong-type", ""],
  ["record a text", (d) => d.record("check-in"), "wrong-type", ""],
  ["record a number", (d) => d.record(5), "wrong-type", ""],
  ["record a list", (d) => d.record([{ kind: "check-in" }]), "wrong-type", ""],
  ["record a function", (d) => d.record(() => ({ kind: "check-in" })), "wrong-type", ""],
  ["record a Date", (d) => d.record(new Date(0)), "wrong-type", ""],
  ["record a BigInt", (d) => d.record(5n), "wrong-type", ""],
  ["record without kind", (d) => d.record({ ratings: { mood: 5 } }), "missing-field", "kind"],
  ["record a kind that is none", (d) => d.record({ kind: "moood" }), "unknown-value", "kind"],
  ["a kind of the wrong type", (d) => d.record({ kind: 7 }), "wrong-type", "kind"],
  ["a rating of NaN", (d) => d.record({ kind: "check-in", ratings: { mood: NaN } }), "out-of-range", "ratings.mood"],
  ["a rating of Infinity", (d) => d.record({ kind: "check-in", ratings: { mood: Infinity } }), "out-of-range", "ratings.mood"],
  ["a rating above its scale", (d) => d.record({ kind: "check-in", ratings: { mood: 10.5 } }), "out-of-range", "ratings.mood"],
  ["an outcome that is none", (d) => d.record({ kind: "check-in", ratings: { karma: 1 } }), "unknown-value", "ratings.karma"],
  ["ratings in a Map", (d) => d.record({ kind: "check-in", ratings: new Map([["mood", 5]]) }), "wrong-type", "ratings"],
  ["ratings of a class", (d) => d.record({ kind: "check-in", ratings: new Ratings() }), "wrong-type", "ratings"],
  ["tags in a Set", (d) => d.record({ kind: "check-in", tags: new Set(["rain"]) }), "wrong-type", "tags"],
  ["a note that is a Date", (d) => d.record({ kind: "check-in", note: new Date(0) }), "wrong-type", "note"],
  ["a note that is a symbol", (d) => d.record({ kind: "check-in", note: Symbol("x") }), "wrong-type", "note"],
  ["a note that is a function", (d) => d.record({ kind: "check-in", note: () => "x" }), "wrong-type", "note"],
  ["a note too deep", (d) => d.record({ kind: "check-in", note: deep(40) }), "wrong-type", "note"],
  ["a note far too deep", (d) => d.record({ kind: "check-in", note: deep(4000) }), "wrong-type", "note"],
  ["a circle", (d) => d.record(circle), "wrong-type", "ratings"],
  ["a tag that is a BigInt", (d) => d.record({ kind: "check-in", tags: ["a", 1n] }), "wrong-type", "tags[1]"],
  ["an own __proto__", (d) => d.record(JSON.parse('{"kind":"check-in","note":"x","__proto__":{"mood":5}}')), "unknown-field", "__proto__"],
  ["a __proto__ among ratings", (d) => d.record(JSON.parse('{"kind":"check-in","ratings":{"__proto__":5}}')), "unknown-value", "ratings.__proto__"],
  ["a constructor field", (d) => d.record({ kind: "check-in", note: "x", constructor: "y" }), "unknown-field", "constructor"],
  ["items in a typed array", (d) => d.record({ kind: "assessment", instrument: "phq-9", items: new Uint8Array(9) }), "wrong-type", "items"],
  ["a dose of NaN", (d, medicine) => d.record({ kind: "dose", medicine, status: "taken", amount: NaN, unit: "mg" }), "out-of-range", "amount"],
  ["a dose of Infinity", (d, medicine) => d.record({ kind: "dose", medicine, status: "taken", amount: Infinity, unit: "mg" }), "out-of-range", "amount"],
  ["a dose below nothing", (d, medicine) => d.record({ kind: "dose", medicine, status: "taken", amount: -50, unit: "mg" }), "out-of-range", "amount"],
  ["a dose as BigInt", (d, medicine) => d.record({ kind: "dose", medicine, status: "taken", amount: 50n, unit: "mg" }), "wrong-type", "amount"],
  ["a dose as text", (d, medicine) => d.record({ kind: "dose", medicine, status: "taken", amount: "50", unit: "mg" }), "wrong-type", "amount"],
  ["a unit that is none", (d, medicine) => d.record({ kind: "dose", medicine, status: "taken", amount: 50, unit: "pills" }), "unknown-value", "unit"],
  ["a dose of no medicine", (d) => d.record({ kind: "dose", medicine: nobody, status: "taken" }), "no-such-entry", "medicine"],
  ["a dose of a check-in", (d, _m, checkIn) => d.record({ kind: "dose", medicine: checkIn, status: "taken" }), "not-that-kind", "medicine"],
  ["a schedule never due", (d, medicine) => d.record({ kind: "step", medicine, action: "increase", schedule: { repeat: "daily", unit: "mg", doses: [] } }), "never-due", "schedule.doses"],
  ["a day that is none", (d) => d.record({ kind: "check-in", day: "2026-02-30", ratings: { mood: 5 } }), "bad-date", "day"],
  ["a day to come", (d) => d.record({ kind: "check-in", day: "2027-02-03", ratings: { mood: 5 } }), "out-of-range", "day"],
  ["amend without identifier", (d) => d.amend(undefined, { note: "x" }), "missing-field", "id"],
  ["amend a number", (d) => d.amend(5, { note: "x" }), "wrong-type", "id"],
  ["amend an object", (d) => d.amend({ id: nobody }, { note: "x" }), "wrong-type", "id"],
  ["amend no identifier", (d) => d.amend("mood", { note: "x" }), "bad-id", "id"],
  ["amend nobody", (d) => d.amend(nobody, { note: "x" }), "no-such-entry", "id"],
  ["amend with nothing", (d, _m, checkIn) => d.amend(checkIn), "wrong-type", ""],
  ["amend with a Date", (d, _m, checkIn) => d.amend(checkIn, new Date(0)), "wrong-type", ""],
  ["amend into another kind", (d, _m, checkIn) => d.amend(checkIn, { kind: "goal", text: "x" }), "not-that-kind", "kind"],
  ["amend with a field of another kind", (d, _m, checkIn) => d.amend(checkIn, { ratings: { mood: 5 }, title: "x" }), "unknown-field", "title"],
  ["remove nobody", (d) => d.remove(nobody), "no-such-entry", "id"],
  ["remove null", (d) => d.remove(null), "missing-field", "id"],
  ["erase nobody", (d) => d.erase(nobody), "no-such-entry", "id"],
  ["erase a function", (d) => d.erase(() => nobody), "wrong-type", ""],
  ["entries by a text", (d) => d.entries("check-in"), "wrong-type", ""],
  ["entries by null", (d) => d.entries(null), "wrong-type", ""],
  ["entries of no kind", (d) => d.entries({ kind: "thought" }), "unknown-value", "kind"],
  ["entries from a number", (d) => d.entries({ from: 20 }), "wrong-type", "from"],
  ["entries from a Date", (d) => d.entries({ from: new Date(0) }), "wrong-type", "from"],
  ["entries to no day", (d) => d.entries({ to: "tomorrow" }), "bad-date", "to"],
  ["entries since", (d) => d.entries({ since: "2026-01-01" }), "unknown-field", "since"],
  ["a timeline of no outcome", (d) => d.timeline({ outcomes: ["mood", "karma"] }), "unknown-value", "outcomes[1]"],
  ["a timeline of a text", (d) => d.timeline({ outcomes: "mood" }), "wrong-type", "outcomes"],
  ["a timeline backwards", (d) => d.timeline({ from: "2026-11-20", to: "2026-11-01" }), "end-before-start", "to"],
  ["a dose card of nothing", (d) => d.doseResponse(), "wrong-type", ""],
  ["a dose card without outcome", (d, medicine) => d.doseResponse({ medicine }), "missing-field", "outcome"],
  ["a dose card of no outcome", (d, medicine) => d.doseResponse({ medicine, outcome: "karma" }), "unknown-value", "outcome"],
  ["a dose card of nobody", (d) => d.doseResponse({ medicine: nobody, outcome: "mood" }), "no-such-entry", "medicine"],
  ["adherence to nothing", (d) => d.adherence({}), "missing-field", "medicine"],
  ["adherence backwards", (d, medicine) => d.adherence({ medicine, from: "2026-06-02", to: "2026-06-01" }), "end-before-start", "to"],
  ["a response on no instrument", (d, medicine) => d.treatmentResponse({ medicine, instrument: "phq-99" }), "unknown-value", "instrument"],
  ["the wording of nothing", (d) => d.addInstrument(), "wrong-type", ""],
  ["wording that is a text", (d) => d.addInstrument("phq-9"), "wrong-type", ""],
  ["wording that is a function", (d) => d.addInstrument({ resourceType: () => "Questionnaire" }), "wrong-type", "resourceType"],
  ["another resource", (d) => d.addInstrument({ resourceType: "Patient" }), "unknown-value", "resourceType"],
  ["a questionnaire without questions", (d) => d.addInstrument({ resourceType: "Questionnaire", status: "active", name: "ISI", item: [] }), "unfit-questionnaire", "item"],
  ["a score of nobody", (d) => d.score(nobody), "no-such-entry", "id"],
  ["a score of a check-in", (d, _m, checkIn) => d.score(checkIn), "no-such-entry", "id"],
  ["a score of nothing", (d) => d.score(), "missing-field", "id"],
  ["a search for nothing", (d) => d.reference.search(), "missing-field", "text"],
  ["a search for a number", (d) => d.reference.search(5), "wrong-type", "text"],
  ["a leaflet on nothing", (d) => d.reference.leaflet(), "missing-field", "medicine"],
  ["a leaflet on a number", (d) => d.reference.leaflet(5), "wrong-type", "medicine"],
  ["a leaflet on nobody", (d) => d.reference.leaflet(nobody), "no-such-entry", "medicine"],
  ["a leaflet on a check-in", (d, _m, checkIn) => d.reference.leaflet(checkIn), "no-such-entry", "medicine"],
  ["revoking no list", (d) => d.reference.revoke("lithium_nsaid"), "wrong-type", "ids"],
  ["revoking a number", (d) => d.reference.revoke([5]), "wrong-type", "ids[0]"],
  ["revoking no row", (d) => d.reference.revoke(["lithium_nsaid", "no-such-row"]), "unknown-value", "ids[1]"],
  ["revoking a red flag", (d) => d.reference.revoke(["red-flag-rash"]), "unknown-value", "ids[0]"],
  ["a check of a start with a bad medicine", (d) => d.check({ kind: "step", action: "start" }, { kind: "medicine", name: "A" }), "missing-field", "ingredients"],
  ["a file that is none", (d) => d.importFile("{"), "invalid-json", ""],
  ["a file that is a number", (d) => d.importFile(5), "wrong-type", "file"],
  ["no file", (d) => d.importFile(), "missing-field", "file"],
  ["a file that is no text", (d) => d.importFile(new Blob([Uint8Array.of(0xff, 0xfe)])), "invalid-json", ""],
  ["a file of a newer form", (d) => d.importFile(file({ schemaVersion: 99 })), "newer-version", "schemaVersion"],
  ["a file of someone else", (d) => d.importFile(file({ subject: "someone-else" })), "subject-mismatch", "subject"],
  ["a file with a bad entry", (d) => d.importFile(file({ entries: [{}] })), "missing-field", "entries[0].id"],
  ["a table of no preset", (d) => d.importFile("a,b", "no-such-preset"), "unknown-value", "mapping"],
  ["a table by a number", (d) => d.importFile("a,b", 5), "wrong-type", "mapping"],
  ["a table by null", (d) => d.importFile("a,b", null), "wrong-type", "mapping"],
  ["a table by a Map", (d) => d.importFile("a,b", new Map()), "wrong-type", "mapping"],
  ["a table by a mapping without name", (d) => d.importFile("a,b", { date: { column: "a" } }), "missing-field", "mapping.mapping"],
  ["a table by a mapping of nothing", (d) => d.importFile("a,b", { mapping: "m", date: { column: "a" } }), "missing-field", "mapping.checkIns"],
  ["a table by a mapping with a function", (d) => d.importFile("a,b", { ...table, missing: [() => "NA"] }), "wrong-type", "mapping.missing[0]"],
  ["a table by a mapping with one field too many", (d) => d.importFile("a,b", { ...table, columns: 2 }), "unknown-field", "mapping.columns"],
  ["a table by a mapping of no zone", (d) => d.importFile("a,b", { ...table, zone: "Europe/Atlantis" }), "unknown-value", "mapping.zone"],
  ["a table without the mapping's column", (d) => d.importFile("a,c\n2026-11-01,5\n", table), "missing-field", "row[1].b"],
  ["a table with a rating beyond its scale", (d) => d.importFile("a,b\n2026-11-01,11\n", table), "out-of-range", "row[2].b"],
  ["a table cut short", (d) => d.importFile("a,b\n2026-11-01\n", table), "invalid-csv", "row[2]"],
  ["a table of other columns", (d) => d.importFile("a,b\n1,2\n", "kossakowski"), "missing-field", "row[1].date"],
  ["export to no format", (d) => d.export("xml"), "unknown-value", "format"],
];

test("bad calls are refused, and change nothing", async (t) => {
  const store = memoryStore();
  const diary = await openExample("example-depression", { store });
  const medicine = await medicineOf(diary, "Sertraline");
  const [{ id }] = await diary.entries({ kind: "check-in" });
  const [before, kept] = [await diary.export("json"), await contents(store)];
  let events = 0;
  diary.addEventListener("change", () => {
    events += 1;
  });
  for (const [name, call, code, field] of calls) {
    await t.test(name, async () => {
      await refused(call(diary, medicine, id), code, field);
      assert.equal(await diary.export("json"), before);
      assert.equal(await contents(store), kept);
    });
  }
  assert.equal(events, 0);
  await diary.close();
});

test("plain objects of any making are taken", async () => {
  const diary = await openEmpty();
  const bare = Object.assign(Object.create(null), { kind: "check-in", ratings: { mood: 3 } });
  assert.equal((await diary.record(bare)).ratings.mood, 3);
  const foreign = runInNewContext('({ kind: "check-in", ratings: { mood: 4 }, tags: ["rain"] })');
  assert.equal((await diary.record(foreign)).ratings.mood, 4);
  const frozen = Object.freeze({ kind: "check-in", ratings: Object.freeze({ mood: 5 }), note: undefined });
  assert.equal((await diary.record(frozen)).ratings.mood, 5);
  await diary.close();
});

test("what a caller does with a draft after the call does not count", async () => {
  const diary = await openEmpty();
  const draft = { kind: "check-in", ratings: { mood: 3 } };
  const first = diary.record({ kind: "check-in", ratings: { mood: 1 } });
  const second = diary.record(draft);
  draft.ratings.mood = 9;
  await first;
  assert.equal((await second).ratings.mood, 3);
  await diary.close();
});

const store = () => memoryStore();
const openings = [
  ["nothing", () => undefined, "missing-field", "subject"],
  ["no subject", () => ({ store: store() }), "missing-field", "subject"],
  ["an empty subject", () => ({ subject: "", store: store() }), "missing-field", "subject"],
  ["a null subject without file", () => ({ subject: null, store: store() }), "missing-field", "subject"],
  ["a subject that is a number", () => ({ subject: 5, store: store() }), "wrong-type", "subject"],
  ["a subject too long", () => ({ subject: "x".repeat(201), store: store() }), "bad-text", "subject"],
  ["no store", () => ({ subject: "someone" }), "missing-field", "store"],
  ["a store without functions", () => ({ subject: "someone", store: {} }), "wrong-type", "store"],
  ["a store that is a text", () => ({ subject: "someone", store: "indexeddb" }), "wrong-type", "store"],
  ["a zone that is none", () => ({ subject: "someone", store: store(), zone: "Europe/Atlantis" }), "unknown-value", "zone"],
  ["a zone that is a Date", () => ({ subject: "someone", store: store(), zone: new Date(0) }), "wrong-type", "zone"],
  ["a day start that is none", () => ({ subject: "someone", store: store(), dayStart: "25:00" }), "bad-date", "dayStart"],
  ["a language not there yet", () => ({ subject: "someone", store: store(), locale: "tlh" }), "unknown-value", "locale"],
  ["an audience that is none", () => ({ subject: "someone", store: store(), audience: "everyone" }), "unknown-value", "audience"],
  ["a moment that is none", () => ({ subject: "someone", store: store(), now: "today" }), "bad-date", "now"],
  ["a moment that is a Date", () => ({ subject: "someone", store: store(), now: new Date(0) }), "wrong-type", "now"],
  ["capabilities in a text", () => ({ subject: "someone", store: store(), capabilities: "timeline" }), "wrong-type", "capabilities"],
  ["a capability that is none", () => ({ subject: "someone", store: store(), capabilities: ["timeline", "magic"] }), "unknown-value", "capabilities[1]"],
  ["a confidence that is none", () => ({ subject: "someone", store: store(), reference: { leastConfidence: "sure" } }), "unknown-value", "reference.leastConfidence"],
  ["a pack that is none", () => ({ subject: "someone", store: store(), reference: { pack: "{}" } }), "pack-in-use", "reference.pack"],
  ["a log that is a text", () => ({ subject: "someone", store: store(), reference: { revoked: "all" } }), "wrong-type", "reference.revoked"],
  ["a log of numbers", () => ({ subject: "someone", store: store(), reference: { revoked: [5] } }), "wrong-type", "reference.revoked[0]"],
  ["no setting of the tables", () => ({ subject: "someone", store: store(), reference: { least: "verified" } }), "unknown-field", "reference.least"],
  ["a file that is none", () => ({ subject: "someone", store: store(), file: "{" }), "invalid-json", ""],
  ["a file that is a number", () => ({ subject: "someone", store: store(), file: 5 }), "wrong-type", "file"],
  ["a file that is a number, without subject", () => ({ subject: null, store: store(), file: 5 }), "wrong-type", "file"],
];

for (const [name, options, code, field] of openings) {
  test(`opening with ${name} is refused`, async () => {
    await refused(openDiary(options()), code, field);
  });
}

test("a diary that was closed refuses every call and can be closed again", async () => {
  const diary = await openEmpty();
  await diary.close();
  const draft = { kind: "goal", text: "Walk" };
  for (const call of [diary.entries(), diary.record(draft), diary.undo(), diary.timeline(), diary.export("json")]) {
    await refused(call, "closed", "");
  }
  await diary.close();
});

test("an example's file opens only under its own subject", async () => {
  const text = await example("example-taper");
  await refused(openDiary({ subject: "example-bipolar", store: store(), file: text }), "subject-mismatch", "subject");
  const diary = await openDiary({ subject: null, store: store(), file: text });
  assert.equal(diary.subject, "example-taper");
  await diary.close();
});

/** The words of a union that a declaration of the package names. */
async function declared(name, ...file) {
  const text = await readFile(join(installed, "dist", ...file), "utf8");
  const [, union] = new RegExp(`type ${name} =([^;]*);`).exec(text);
  return [...union.matchAll(/"([a-z-]+)"/g)].map(([, word]) => word);
}

test("every code that the package declares has a case", async () => {
  const codes = [...await declared("ErrorCode", "types.d.ts"), ...await declared("ApiErrorCode", "error", "error.d.ts")];
  assert.ok(codes.length > 20 && codes.includes("storage-full") && codes.includes("never-due"), codes.join());
  const written = await projectModule("target", "bad-input", "cases.mjs");
  const tried = new Set([...calls, ...openings, ...written?.cases ?? []].map(([, , code]) => code));
  // The codes that no call with bad input leads to: a line that asks for the code, in a test of the
  // store, of the engine or of the browser.
  const folders = ["package", "browser"].map((name) => join(project, "tests", name));
  const lines = [];
  for (const folder of folders) {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith(".test.mjs"))) {
      lines.push(...(await readFile(join(folder, file), "utf8")).split("\n"));
    }
  }
  const asked = lines.filter((line) => /refused\(|\bcode\b/.test(line));
  const untried = codes.filter((code) => !tried.has(code) && !asked.some((line) => line.includes(`"${code}"`)));
  assert.deepEqual(untried, []);
});
