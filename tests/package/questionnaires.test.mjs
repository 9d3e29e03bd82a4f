// Questionnaires through the package: wording that a portal brings, what is due, what a filling comes to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore, openDiary } from "doseline";
import { contents, now, openEmpty, refused, zone } from "./diaries.mjs";

/** A questionnaire of made-up words: so many items with so many answers, in the language given. */
const form = (name, items, answers, language) => ({
  resourceType: "Questionnaire", status: "active", name, language,
  item: Array.from({ length: items }, (_, place) => ({
    linkId: `${place + 1}`, type: "choice", text: `${name} ${place + 1}`,
    answerOption: Array.from({ length: answers }, (_, score) => ({
      extension: [{ url: "http://hl7.org/fhir/StructureDefinition/ordinalValue", valueDecimal: score }],
      valueCoding: { code: `c${score}`, display: `Answer ${score}` },
    })),
  })),
});

const known = async (diary, name) =>
  (await diary.instruments()).find(({ instrument }) => instrument === name);
const row = async (diary, name) =>
  (await diary.questionnaires()).instruments.find(({ instrument }) => instrument === name);

test("wording that needs permission is offered once a portal has brought it, and only then", async () => {
  const store = memoryStore();
  const open = () => openDiary({ subject: "someone", store, zone, now });
  const diary = await open();
  assert.equal(await known(diary, "isi"), undefined);
  assert.match((await row(diary, "isi")).notHere, /A clinic that may use them can add them here\./);
  const before = [await diary.export("json"), await contents(store)];
  let events = 0;
  diary.addEventListener("change", () => (events += 1));
  const view = await diary.addInstrument(form("ISI", 7, 5, "de"));
  assert.deepEqual([view.instrument, view.items[6], view.language], ["isi", "ISI 7", "de"]);
  assert.deepEqual(view.itemOptions[0][4], { score: 4, label: "Answer 4" });
  assert.deepEqual(await known(diary, "isi"), view);
  assert.equal((await row(diary, "isi")).notHere, "");
  assert.equal(events, 1, "elements draw again");
  assert.deepEqual([await diary.export("json"), await contents(store)], before, "it is no part of the diary");
  await diary.close();

  const again = await open();
  assert.equal(await known(again, "isi"), undefined, "it is brought each time");
  await again.close();
  await refused(diary.addInstrument(form("ISI", 7, 5)), "closed", "");
});

test("later wording takes the place of earlier wording, also of what ships", async () => {
  const diary = await openEmpty();
  assert.match((await known(diary, "gad-7")).items[0], /nervous/);
  await diary.addInstrument(form("GAD-7", 7, 4, "fr"));
  await diary.addInstrument(form("gad7", 7, 4, "it"));
  const views = (await diary.instruments()).filter(({ instrument }) => instrument === "gad-7");
  assert.deepEqual(views.map(({ language }) => language), ["it"]);
  await diary.close();
});

test("what does not fit is refused with its place, and what was there stays", async () => {
  const diary = await openEmpty();
  const view = await diary.addInstrument(form("ISI", 7, 5));
  const without = form("ISI", 7, 5);
  delete without.item[3].answerOption;
  await refused(diary.addInstrument(without), "missing-field", "item[3].answerOption");
  await refused(diary.addInstrument(form("ISI", 7, 4)), "unfit-questionnaire", "item[0].answerOption");
  await refused(diary.addInstrument(form("ISI", 6, 5)), "unfit-questionnaire", "item");
  await refused(diary.addInstrument(form("XYZ", 7, 5)), "unknown-value", "url");
  assert.deepEqual(await known(diary, "isi"), view);
  await diary.close();
});

test("a filling comes to a total, a range, what it cannot say, and the day of the next", async () => {
  const diary = await openEmpty();
  const { id } = await diary.record({ kind: "assessment", instrument: "phq-9", items: [2, 2, 1, 2, 1, 1, 1, 1, 0], difficulty: 1 });
  const score = await diary.score(id);
  assert.deepEqual([score.total, score.band], [11, "moderate"]);
  assert.match(score.sentence, /11 of 27/);
  assert.match(score.notes.join(" "), /not a diagnosis/);
  assert.equal(score.due, "2026-12-18", "four weeks later, as no medicine is being tried");
  assert.deepEqual((await diary.today()).dueAssessments, []);
  const few = await diary.record({ kind: "assessment", instrument: "gad-7", items: [1, null, null, 1, 1, 1, 1] });
  assert.match((await diary.score(few.id)).sentence, /no total.*Your answers are kept/);
  await diary.close();
});

test("the set of a condition that the person told is theirs, and its main questionnaire due", async () => {
  const diary = await openEmpty();
  assert.deepEqual((await diary.questionnaires()).sets.map(({ condition }) => condition),
    ["adhd", "anxiety", "bipolar", "depression", "ocd", "panic", "ptsd", "sleep"]);
  await diary.record({ kind: "profile", topic: "condition", state: "known", value: "Depression" });
  const { sets } = await diary.questionnaires();
  assert.deepEqual(sets.filter(({ isOwn }) => isOwn).map(({ instruments }) => instruments), [["phq-9", "gad-7"]]);
  assert.deepEqual((await diary.today()).dueAssessments, [{ instrument: "phq-9", name: "PHQ-9", last: null }]);
  await diary.close();
});
