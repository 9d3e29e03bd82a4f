// Every method of a diary, on the made-up diaries: what comes back is plain data.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { capabilities, Diary, intendedUse, Reference } from "doseline";
import { examples, medicineOf, openEmpty, openExample, refused } from "./diaries.mjs";

/** Asserts plain data through and through; counts the columns and whether they miss a value. */
function plain(value, seen = { columns: 0, missing: 0 }, path = "") {
  if (value instanceof Float64Array) {
    seen.columns += 1;
    seen.missing += value.filter(Number.isNaN).length;
    return seen;
  }
  if (value === null || ["string", "boolean"].includes(typeof value)) return seen;
  if (typeof value === "number") {
    assert.ok(Number.isFinite(value), `${path} is ${value}`);
    return seen;
  }
  assert.equal(typeof value, "object", `${path} is ${typeof value}`);
  const made = Object.getPrototypeOf(value);
  assert.ok(made === Object.prototype || made === Array.prototype, `${path} is a ${made.constructor.name}`);
  for (const [name, item] of Object.entries(value)) plain(item, seen, `${path}.${name}`);
  return seen;
}

const asked = {
  entries: (diary) => diary.entries(),
  conflicts: (diary) => diary.conflicts(),
  timeline: (diary) => diary.timeline(),
  doseResponse: async (diary) => {
    const { medicine } = (await diary.medicines()).find(({ steps }) => steps.length > 1);
    return diary.doseResponse({ medicine, outcome: "mood" });
  },
  adherence: async (diary) => diary.adherence({ medicine: (await diary.medicines())[0].medicine }),
  fairTrials: (diary) => diary.fairTrials(),
  relapseWatch: (diary) => diary.relapseWatch(),
  associations: (diary) => diary.associations(),
  lagStrip: async (diary) => {
    const { medicine } = (await diary.medicines()).find(({ steps }) => steps.length > 1);
    return diary.lagStrip({ medicine, outcome: "mood" });
  },
  exposure: async (diary) => diary.exposure({ medicine: (await diary.medicines())[0].medicine }),
  sideEffects: async (diary) => diary.sideEffects({ medicine: (await diary.medicines())[0].medicine }),
  today: (diary) => diary.today(),
  journey: (diary) => diary.journey(),
  concern: async (diary) => diary.concern({ kind: "stopping", medicine: (await diary.medicines())[0].medicine }),
  flags: (diary) => diary.flags(),
  help: (diary) => diary.help(),
  check: (diary) => diary.check({ kind: "substance", substance: "St John's wort" }),
  outcomes: (diary) => diary.outcomes(),
  medicines: (diary) => diary.medicines(),
  instruments: (diary) => diary.instruments(),
  questionnaires: (diary) => diary.questionnaires(),
  "reference.search": (diary) => diary.reference.search("sertralin"),
  "reference.version": (diary) => diary.reference.version(),
  "reference.kinds": (diary) => diary.reference.kinds(),
  "reference.sideEffects": (diary) => diary.reference.sideEffects(),
  "reference.leaflet": async (diary) => diary.reference.leaflet((await diary.medicines())[0].medicine),
};

for (const name of examples) {
  for (const [method, ask] of Object.entries(asked)) {
    test(`${method} of ${name} is plain data, and the same when asked again`, async () => {
      const diary = await openExample(name);
      const answer = await ask(diary);
      plain(answer, undefined, method);
      assert.deepEqual(await ask(diary), answer);
      await diary.close();
    });
  }
}

test("every method of a diary is tried", async () => {
  const methodsOf = (made) => Object.getOwnPropertyNames(made).filter((name) => name !== "constructor");
  const methods = [
    ...methodsOf(Diary.prototype), ...methodsOf(Reference.prototype).map((name) => `reference.${name}`),
  ];
  assert.deepEqual(Object.keys(asked).filter((name) => !methods.includes(name)), []);
  // Those that `asked` leaves out change something or need a case of their own: another test calls
  // them, and not only to be refused.
  const here = dirname(fileURLToPath(import.meta.url));
  const files = (await readdir(here)).filter((name) => name.endsWith(".test.mjs") && name !== "refusals.test.mjs");
  const texts = (await Promise.all(files.map((file) => readFile(join(here, file), "utf8")))).join("\n");
  const called = (name) => texts.includes(`.${name}(`);
  assert.ok(called("record") && !called(["no", "such"].join("-")));
  assert.deepEqual(methods.filter((name) => !(name in asked) && !called(name)), []);
});

test("the columns of a timeline are Float64Arrays of one length, days ascending", async () => {
  const diary = await openExample("example-depression");
  const { lanes, doses, dayStatuses } = await diary.timeline({ outcomes: ["mood", "phq-9"] });
  assert.deepEqual(lanes.map((lane) => lane.outcome.outcome), ["mood", "phq-9"]);
  for (const { days, values, ids, line } of lanes) {
    assert.ok(days instanceof Float64Array && values instanceof Float64Array && days.length > 10);
    assert.equal(values.length, days.length);
    assert.equal(ids.length, days.length);
    assert.deepEqual(Array.from(days).sort((a, b) => a - b), Array.from(days));
    for (const column of Object.values(line)) assert.equal(column.length, line.days.length);
  }
  for (const lane of doses) {
    assert.equal(lane.stepDays.length, lane.stepDoses.length);
    assert.equal(lane.adherenceDays.length, lane.adherence.length);
    assert.ok(lane.adherence.every((status) => dayStatuses[status] !== undefined));
  }
  await diary.close();
});

test("a card without a value at any dose has empty columns", async () => {
  const diary = await openEmpty();
  const { id: medicine } = await diary.record({ kind: "medicine", name: "A", ingredients: [{ name: "a" }] });
  const schedule = { repeat: "daily", unit: "mg", doses: [{ amount: 10 }] };
  await diary.record({ kind: "step", medicine, action: "start", schedule });
  // On the first day of a medicine nothing is settled, so the only value is left out.
  await diary.record({ kind: "check-in", ratings: { mood: 5 } });
  const { levels } = await diary.doseResponse({ medicine, outcome: "mood" });
  assert.deepEqual(levels.map(({ n, leftOut }) => [n, leftOut]), [[0, 1]]);
  assert.deepEqual([levels[0].scores, levels[0].scoreDays], [new Float64Array(), new Float64Array()]);
  await diary.close();
});

test("values of a lane are those of the entries it names", async () => {
  const diary = await openExample("example-depression");
  const { lanes: [mood] } = await diary.timeline({ outcomes: ["mood"] });
  const entries = new Map((await diary.entries({ kind: "check-in" })).map((entry) => [entry.id, entry]));
  const recorded = mood.ids.map((id) => entries.get(id).ratings.mood);
  assert.deepEqual(Array.from(mood.values), recorded);
  assert.equal(mood.outcome.count, recorded.length);
  await diary.close();
});

test("entries are filtered by kind and by day, both ends included", async () => {
  const diary = await openEmpty();
  for (const day of ["2026-03-01", "2026-03-02", "2026-03-03"]) {
    await diary.record({ kind: "check-in", day, ratings: { mood: 5 } });
    await diary.record({ kind: "life-event", day, title: day });
  }
  const found = await diary.entries({ kind: "life-event", from: "2026-03-02", to: "2026-03-03" });
  assert.deepEqual(found.map((entry) => entry.title), ["2026-03-02", "2026-03-03"]);
  assert.equal((await diary.entries()).length, 6);
  await diary.close();
});

test("the response to a treatment is told with its rules and their sources", async () => {
  const diary = await openExample("example-depression");
  const medicine = await medicineOf(diary, "Sertraline");
  const told = await diary.treatmentResponse({ medicine, instrument: "phq-9" });
  plain(told);
  assert.ok(told.rules.length > 3 && told.rules.every(({ text, source }) => text && source));
  await diary.close();
});

test("the answers of a questionnaire are told phase by phase, with and without the marked ones", async () => {
  const diary = await openExample("example-depression");
  const strip = await diary.itemStrip({ instrument: "phq-9" });
  plain(strip);
  assert.deepEqual(strip.items.flatMap(({ sideEffect }, place) => (sideEffect ? [place + 1] : [])), [3, 4, 5, 7, 8]);
  const told = strip.phases.filter(({ answers }) => answers.length > 0);
  assert.ok(told.length > 1);
  for (const { answers, total, without } of told) {
    const sum = (places) => places.reduce((all, place) => all + answers[place - 1], 0);
    assert.ok(Math.abs(sum([1, 2, 3, 4, 5, 6, 7, 8, 9]) - total) < 1e-9);
    assert.ok(Math.abs(sum([1, 2, 6, 9]) - without) < 1e-9);
  }
  await diary.close();
});

test("a goal set at a step waits for its review and is read once", async () => {
  const diary = await openEmpty({ now: "2026-11-20T21:30:00+01:00" });
  const { id: medicine } = await diary.record({ kind: "medicine", name: "A", ingredients: [{ name: "a" }] });
  const schedule = { repeat: "daily", unit: "mg", doses: [{ amount: 10 }] };
  await diary.record({ kind: "step", medicine, action: "start", schedule, trial: { outcome: "mood", points: 2, weeks: 4 } });
  const [trial] = await diary.fairTrials();
  assert.deepEqual([trial.state, trial.review, trial.medicineName], ["waiting", "2026-12-18", "A"]);
  assert.match(trial.finding.sentence, /18 December 2026/);
  await diary.close();
});

test("a medicine is found through a typing error, with how sure the tables are", async () => {
  const diary = await openEmpty();
  const [found] = await diary.reference.search("sertralin");
  assert.equal(found.reference, "sertraline");
  assert.ok(["verified", "cross-checked", "general-knowledge"].includes(found.usual.confidence));
  await diary.close();
});

test("a part that a portal leaves out is refused, and only that one", async () => {
  const options = (part) => ({
    timeline: {}, adherence: { medicine: part }, "dose-response": { medicine: part, outcome: "mood" },
    "treatment-response": { medicine: part, instrument: "phq-9" }, "item-strip": { instrument: "phq-9" },
    "fair-trial": undefined, exposure: { medicine: part }, "relapse-watch": undefined,
    association: undefined, lag: { medicine: part, outcome: "mood" },
    "side-effects": { medicine: part },
  });
  const methods = {
    timeline: "timeline", adherence: "adherence", "dose-response": "doseResponse",
    "treatment-response": "treatmentResponse", "item-strip": "itemStrip", "fair-trial": "fairTrials",
    exposure: "exposure", "relapse-watch": "relapseWatch", association: "associations", lag: "lagStrip",
    "side-effects": "sideEffects",
  };
  const others = ["trial-design", "interactions", "equivalents"];
  assert.deepEqual([...capabilities].sort(), [...Object.keys(methods), ...others].sort());
  for (const left of capabilities) {
    const diary = await openExample("example-depression", {
      capabilities: capabilities.filter((capability) => capability !== left),
    });
    const medicine = await medicineOf(diary, "Sertraline");
    for (const capability of Object.keys(methods)) {
      const call = diary[methods[capability]](options(medicine)[capability]);
      if (capability === left) await refused(call, "not-available", left);
      else await call;
    }
    await diary.close();
  }
});

test("the design of a trial is for clinicians, where it was switched on, and refused for a slow medicine", async () => {
  const asked = (diary, medicine) => diary.trialDesign({ medicine, outcome: "mood", points: 1 });
  const only = ["trial-design"];
  for (const options of [{}, { audience: "clinician" }, { capabilities: only }]) {
    const diary = await openEmpty(options);
    await refused(asked(diary, "01960000-0000-7000-8000-000000000001"), "not-available", "trial-design");
    await diary.close();
  }
  const diary = await openEmpty({ audience: "clinician", capabilities: only });
  await diary.record({ kind: "profile", topic: "condition", state: "known", value: "ADHD" });
  const of = async (name) => {
    const ingredients = [{ name, reference: name }];
    return (await diary.record({ kind: "medicine", name, ingredients })).id;
  };
  await refused(asked(diary, await of("sertraline")), "not-suitable", "medicine");
  for (let day = 1; day <= 30; day += 1) {
    await diary.record({ kind: "check-in", day: `2026-10-${String(day).padStart(2, "0")}`, ratings: { mood: day % 4 } });
  }
  const medicine = await of("methylphenidate");
  const design = await asked(diary, medicine);
  plain(design);
  // Thirty days of October are three in five of 42 days, not of 56.
  assert.deepEqual(design.plans.map(({ days }) => days), [28, 42]);
  assert.ok(design.plans[0].halfWidth > 0 && design.carryOverDays >= 1);
  assert.equal(design.question, "with-or-without");

  const when = (question) => diary.trialDesign({ medicine, question, outcome: "mood", points: 1 });
  await refused(when("time-of-day"), "not-suitable", "medicine");
  for (const [question, code] of [["evening", "unknown-value"], ["", "unknown-value"], [1, "wrong-type"]]) {
    await refused(when(question), code, "question");
  }
  const schedule = { unit: "mg", repeat: "daily", doses: [{ at: "08:00", amount: 10 }] };
  await diary.record({ kind: "step", day: "2026-10-01", medicine, action: "start", schedule });
  const timed = await when("time-of-day");
  assert.equal(timed.question, "time-of-day");
  assert.deepEqual(timed.plans, design.plans);
  assert.notDeepEqual(timed.finding.why, design.finding.why);
  await diary.close();
});

test("what is left out comes out of no other answer, and what is for clinicians not to a patient", async () => {
  const told = async (options) => {
    const diary = await openExample("example-depression", options);
    const medicine = await medicineOf(diary, "Sertraline");
    const { sections } = await diary.visitReport();
    const ids = sections.map(({ id }) => id);
    const { message } = await diary.concern({ kind: "not-working", medicine });
    const rules = (await diary.flags()).notChecked.map(({ rule }) => rule);
    await diary.close();
    return [ids.includes("response"), ids.includes("adherence"), message[2] !== "My doses are not counted here.", rules.includes("deterioration")];
  };
  const without = (left) => ({ capabilities: capabilities.filter((capability) => capability !== left) });
  assert.deepEqual(await told({}), [true, true, true, false]);
  assert.deepEqual(await told(without("adherence")), [true, false, false, false]);
  assert.deepEqual(await told(without("treatment-response")), [false, true, true, true]);
  // Nothing at all is a choice too.
  assert.deepEqual(await told({ capabilities: [] }), [false, false, false, true]);
  const diary = await openExample("example-depression", { capabilities });
  await refused(diary.reference.equivalents(), "not-available", "equivalents");
  await diary.close();
});

test("every part has a line on what it is meant for", async () => {
  const lines = await Promise.all(capabilities.map((capability) => intendedUse(capability)));
  assert.ok(lines.every((line) => /^[A-Z].+\.$/.test(line)), lines.join("\n"));
  assert.equal(new Set(lines).size, capabilities.length);
  await refused(intendedUse("magic"), "unknown-value", "capability");
});

test("clinician and patient can both open a diary", async () => {
  for (const audience of ["clinician", "patient"]) await (await openEmpty({ audience })).close();
});
