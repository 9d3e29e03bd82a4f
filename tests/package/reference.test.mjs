// What is known, through the package: the tables' version, leaflets, equivalents, what a portal sets of
// them, and what it leaves out. A pack of its own: pack.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore, openDiary } from "doseline";
import { projectFile } from "./consumer.mjs";
import { leftUnchecked, now, openEmpty, refused, zone } from "./diaries.mjs";

/** Lithium by plan and ibuprofen used: a rule that is verified; and a rule that is not. */
async function recordPair(diary) {
  const ingredients = [{ name: "Lithium", reference: "lithium" }];
  const { id } = await diary.record({ kind: "medicine", name: "Lithium", ingredients });
  const schedule = { repeat: "daily", unit: "mg", doses: [{ at: "21:00", amount: 900 }] };
  await diary.record({ kind: "step", medicine: id, action: "start", schedule });
  await diary.record({ kind: "substance", substance: "Ibuprofen" });
  return id;
}

const rulesIn = async (diary) => {
  const found = await diary.flags();
  return [found.flags.map(({ rule }) => rule), leftUnchecked(found)];
};

test("the tables say their version and when they are to be reviewed", async () => {
  const diary = await openEmpty();
  const tables = await diary.reference.version();
  assert.match(tables.version, /^\d{4}\.\d+\.\d+$/);
  assert.deepEqual([tables.isOld, tables.leastConfidence], [false, "general-knowledge"]);
  assert.equal((await diary.flags()).tables, tables.version);
  await diary.close();
  const late = await openEmpty({ now: `${tables.reviewBy.slice(0, 4)}-12-31T12:00:00+00:00` });
  await recordPair(late);
  assert.equal((await late.reference.version()).isOld, true);
  for (const { marks } of (await late.flags()).flags) assert.ok(marks.some((mark) => /past the day/.test(mark)));
  await late.close();
});

test("a side effect that can be noticed has its plain name and what else it is called", async () => {
  const diary = await openEmpty();
  const rows = JSON.parse(await projectFile("src", "reference", "tables", "side_effects.json"));
  const named = await diary.reference.sideEffects();
  assert.deepEqual(named.map(({ name }) => name), rows.filter(({ noticeable }) => noticeable).map(({ name }) => name));
  assert.ok(named.length < rows.length, "what only a laboratory finds is left out");
  assert.deepEqual(named.find(({ name }) => name === "Hungrier than usual").also, ["Increased appetite"]);
  // Its plain name is its clinical term as well, and stands once.
  assert.deepEqual(named.find(({ name }) => name === "Acne").also, []);
  await diary.close();
});

test("a leaflet answers its questions, of an entry, of a row and of a condition", async () => {
  const diary = await openEmpty();
  const id = await recordPair(diary);
  const own = await diary.reference.leaflet(id);
  assert.deepEqual([own.title, own.kind], ["Lithium", "lithium"]);
  const parts = ["for", "how", "take", "how-long", "notice", "warning", "not-alone", "ask"];
  assert.deepEqual(own.parts.map(({ part }) => part), parts.map((part) => `leaflet-part.${part}`));
  assert.ok(own.parts.every(({ heading, lines }) => heading !== "" && lines.length > 0));
  assert.match(own.marks[0], /general information/);
  assert.ok(own.sources.length > 0 && own.leftOut === null);
  const row = await diary.reference.leaflet("sertraline");
  assert.ok(row.brands.includes("Zoloft"));
  assert.equal((await diary.reference.leaflet("condition-ocd")).parts[0].part, "leaflet-part.for");
  assert.equal(await diary.reference.leaflet("no-such-thing"), null);
  await diary.close();
});

test("an injection says that it is one, with its own numbers or that they are not known", async () => {
  const diary = await openEmpty();
  const [found] = await diary.reference.search("haldol decanoate");
  assert.deepEqual([found.reference, found.route], ["haloperidol", "injection"]);
  // Gardner 2010 counts with 28 days; 300 mg stands in the collected facts. No label was read.
  assert.deepEqual(found.injections, [{
    name: "haloperidol decanoate", brands: ["Haldol Decanoate"], daysBetween: 28, most: 300,
    confidence: "general-knowledge",
  }]);
  const [perseris] = await diary.reference.search("Perseris");
  assert.deepEqual([perseris.reference, perseris.route], ["risperidone", "injection"]);
  assert.deepEqual(perseris.injections.find(({ brands }) => brands.includes("Perseris")), {
    name: "risperidone (Perseris)", brands: ["Perseris"], daysBetween: null, most: null, confidence: null,
  });
  const [tablets] = await diary.reference.search("zoloft");
  assert.deepEqual([tablets.route, tablets.injections], [null, []]);
  const leaflet = await diary.reference.leaflet("paliperidone");
  const shots = leaflet.parts.find(({ part }) => part === "leaflet-part.injection");
  assert.deepEqual(shots.lines, [
    "Paliperidone palmitate (Invega Hafyera): days from shot to shot, most often: not known here. Most mg in one shot: not known here.",
    "Paliperidone palmitate (Invega Sustenna): days from shot to shot, most often: 28. Most mg in one shot: not known here.",
    "Paliperidone palmitate (Invega Trinza): days from shot to shot, most often: not known here. Most mg in one shot: not known here.",
  ]);
  assert.ok(leaflet.brands.includes("Invega Sustenna"));
  assert.ok(leaflet.sources.some((source) => /count with; not from a label/.test(source)));
  await diary.reference.revoke(["haloperidol decanoate"]);
  const [again] = await diary.reference.search("haloperidol");
  assert.deepEqual([again.injections[0].daysBetween, again.injections[0].most], [null, null]);
  assert.notEqual(again.usual.max, null);
  await diary.close();
});

test("an unlisted medicine has the leaflet of the kind that the person gave it, and its rules", async () => {
  const diary = await openEmpty();
  const kinds = await diary.reference.kinds();
  assert.ok(kinds.some((kind) => kind.class === "ssri") && kinds.some((kind) => kind.class === "nsaid"));
  const medicine = { kind: "medicine", name: "Newstat", class: "ssri", ingredients: [{ name: "Newstat" }] };
  const { id } = await diary.record(medicine);
  assert.match((await diary.reference.leaflet(id)).parts[0].lines[0], /^SSRIs/);
  const schedule = { repeat: "daily", unit: "mg", doses: [{ amount: 10 }] };
  await diary.record({ kind: "step", medicine: id, action: "start", schedule });
  const [flag] = await diary.check({ kind: "substance", substance: "St John's wort" });
  assert.equal(flag.rule, "sjw_serotonergic");
  await diary.close();
});

test("a medicine is found by brand, kind and condition", async () => {
  const diary = await openEmpty();
  for (const [query, wanted] of [["Zolof", "sertraline"], ["lithum", "lithium"], ["SNRI", "venlafaxine"], ["adhd", "methylphenidate"]]) {
    const found = await diary.reference.search(query);
    assert.ok(found.some(({ reference }) => reference === wanted), `${query}: ${found.map((row) => row.name)}`);
  }
  await diary.close();
});

test("a start is asked with its medicine before either is kept", async () => {
  const diary = await openEmpty();
  await recordPair(diary);
  const medicine = { kind: "medicine", name: "Sertraline", ingredients: [{ name: "Sertraline", reference: "sertraline" }] };
  const schedule = { repeat: "daily", unit: "mg", doses: [{ amount: 50 }] };
  const before = await diary.export("json");
  const flags = await diary.check({ kind: "step", action: "start", schedule }, medicine);
  assert.deepEqual(flags.map(({ rule, about }) => [rule, about]), [
    ["ad_lithium_serotonin", ["lithium", "sertraline"]], ["ssri_nsaid", ["ibuprofen", "sertraline"]],
  ]);
  assert.equal(await diary.export("json"), before);
  await diary.close();
});

test("a row that is taken back is gone at once, is said not to be checked, and stands in the log", async () => {
  const diary = await openEmpty();
  await recordPair(diary);
  assert.deepEqual(await rulesIn(diary), [["lithium_nsaid"], []]);
  let told = 0;
  diary.addEventListener("change", () => (told += 1));
  const revoked = await diary.reference.revoke(["lithium_nsaid"]);
  assert.deepEqual(revoked, [{ id: "lithium_nsaid", at: "2026-11-20T21:30:00+01:00" }]);
  assert.deepEqual(await rulesIn(diary), [[], ["lithium_nsaid"]]);
  assert.deepEqual([await diary.reference.revoke(["lithium_nsaid"]), told], [[], 1]);
  const log = await diary.reference.log();
  assert.deepEqual(log, revoked);
  await diary.close();
  const later = await openEmpty({ reference: { revoked: log } });
  await recordPair(later);
  assert.deepEqual(await rulesIn(later), [[], ["lithium_nsaid"]]);
  assert.deepEqual(await later.reference.log(), log);
  await later.close();
});

test("a raised least confidence: what was not checked so far is left out, and that is said", async () => {
  const diary = await openEmpty({ reference: { leastConfidence: "verified" } });
  const id = await recordPair(diary);
  await diary.record({ kind: "substance", substance: "St John's wort" });
  const { flags, notChecked } = await diary.flags();
  assert.ok(flags.length > 0 && flags.every(({ confidence }) => confidence === "verified"));
  assert.ok(notChecked.some(({ rule }) => rule === "least-confidence"));
  const leaflet = await diary.reference.leaflet(id);
  assert.match(leaflet.leftOut, /left out/);
  assert.ok(leaflet.marks.length === 0);
  await diary.close();
});

test("without interactions no flag speaks of what goes together, and that is said", async () => {
  const { capabilities } = await import("doseline");
  const diary = await openEmpty({ capabilities: capabilities.filter((one) => one !== "interactions") });
  await recordPair(diary);
  assert.deepEqual(await rulesIn(diary), [[], ["interactions"]]);
  assert.deepEqual(await diary.check({ kind: "substance", substance: "Ibuprofen" }), []);
  await diary.close();
});

test("equivalents are for clinicians, where they were switched on, each table under its name", async () => {
  const only = { capabilities: ["equivalents"] };
  for (const options of [{}, { audience: "clinician" }, only, { ...only, audience: "patient" }]) {
    const diary = await openEmpty(options);
    await refused(diary.reference.equivalents(), "not-available", "equivalents");
    await diary.close();
  }
  const diary = await openEmpty({ ...only, audience: "clinician" });
  const tables = await diary.reference.equivalents();
  assert.ok(tables.length >= 3 && tables.every(({ name, caveat, sources }) => name && caveat && sources.length > 0));
  const ashton = tables.find(({ id }) => id === "ashton2002");
  // Ashton 2002: 0.5 mg of alprazolam beside 10 mg of diazepam.
  const row = ashton.rows.find(({ drug }) => drug === "alprazolam");
  assert.deepEqual([row.amount, row.of, row.ofAmount], [[0.5, 0.5], "diazepam", [10, 10]]);
  await diary.reference.revoke(["ashton2002"]);
  assert.ok((await diary.reference.equivalents()).every(({ id }) => id !== "ashton2002"));
  await diary.close();
});

test("the settings of the rules are a clinic's", async () => {
  const nights = async (safety) => {
    const diary = await openDiary({ subject: "someone", store: memoryStore(), zone, now, safety });
    await diary.record({ kind: "profile", topic: "condition", state: "known", value: "Bipolar disorder" });
    for (let day = 1; day <= 20; day += 1) {
      const high = day > 18;
      const ratings = { mood: high ? 9 : 5, energy: high ? 9 : 5 };
      await diary.record({ kind: "check-in", day: `2026-11-${String(day).padStart(2, "0")}`, ratings, sleepHours: high ? 4 : 8 });
    }
    const [rules] = await rulesIn(diary);
    await diary.close();
    return rules.includes("mania-signal");
  };
  assert.deepEqual([await nights(undefined), await nights({ maniaNights: 2 })], [false, true]);
});

test("the leaflet of an injection says nothing of swallowing, splitting or the time of day", async () => {
  const diary = await openEmpty();
  const taken = async (more, schedule) => {
    const medicine = { kind: "medicine", name: "Risperidone", ingredients: [{ name: "risperidone", reference: "risperidone" }] };
    const { id } = await diary.record({ ...medicine, ...more });
    await diary.record({ kind: "step", medicine: id, action: "start", schedule });
    const { parts } = await diary.reference.leaflet(id);
    return parts.find(({ part }) => part === "leaflet-part.take").lines.join(" ");
  };
  const tablets = /same time each day.*with or without food.*split or crushed/;
  const daily = { repeat: "daily", unit: "mg", doses: [{ at: "08:00", amount: 2 }] };
  assert.match(await taken({ form: "tablet" }, daily), tablets);
  const depot = await taken({ form: "injection", release: "depot" }, { ...daily, repeat: "depot", weeks: 2 });
  assert.doesNotMatch(depot, /same time each day|food|split or crushed/);
  assert.match(depot, /If a dose was missed, ask your pharmacist.*drive.*alcohol/);
  await diary.close();
});
