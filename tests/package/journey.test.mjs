// Where each medicine stands, what falls due, the calendar of it, a concern and the brief for a visit.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { project } from "./consumer.mjs";
import { openEmpty, openExample, refused } from "./diaries.mjs";

const ICAL = createRequire(join(project, "tests", "package.json"))("ical.js");

/** Sertraline since 2 November: on the 20th, the 19th day, that is week 3 of 6. */
async function inTrial() {
  const diary = await openEmpty();
  const ingredients = [{ name: "Sertraline", reference: "sertraline" }];
  const day = "2026-11-02";
  const { id: medicine } = await diary.record({ kind: "medicine", day, name: "Sertraline", ingredients });
  const schedule = { repeat: "daily", unit: "mg", doses: [{ amount: 50 }] };
  await diary.record({ kind: "step", day, medicine, action: "start", schedule });
  return { diary, medicine };
}

test("a journey says where a medicine stands, what comes next with its source, and what falls due", async () => {
  const { diary, medicine } = await inTrial();
  const { medicines: [one], due, day } = await diary.journey();
  assert.deepEqual([one.medicine, one.stage, one.week], [medicine, "in-trial", [3, 6]]);
  assert.equal(one.stageText, "In trial: week 3 of 6");
  assert.match(one.next.text, /four weeks/);
  assert.ok(one.next.sources.some((source) => source.includes("NG222")));
  const review = due.find(({ kind }) => kind === "review");
  assert.deepEqual([review.day, review.isDue, review.isSuggestion], ["2026-11-16", true, false]);
  const checkIn = due.find(({ kind }) => kind === "check-in");
  assert.deepEqual([checkIn.day, checkIn.isSuggestion], [day, true]);
  await diary.close();
});

test("a check is told in full, and in few words for a list", async () => {
  const diary = await openExample("example-bipolar");
  const { due } = await diary.journey();
  const fats = due.find(({ sentence }) => /with Quetiapine: blood fats/.test(sentence));
  assert.equal(fats.sentence, "A check falls due with Quetiapine: blood fats. If it was done, you can note it here.");
  assert.equal(fats.short, "Check with Quetiapine: blood fats");
  const others = due.filter(({ kind }) => kind !== "check");
  assert.ok(others.length > 0 && others.every(({ short, sentence }) => short === sentence));
  await diary.close();
});

test("the list is confirmed with one entry, and falls due again after a stay in hospital", async () => {
  const { diary, medicine } = await inTrial();
  const list = async () => (await diary.journey()).due.filter(({ kind }) => kind === "list");
  assert.equal((await list()).length, 1);
  await diary.record({ kind: "reconciliation", medicines: [medicine] });
  assert.deepEqual(await list(), []);
  await diary.record({ kind: "span", span: "hospital-stay", from: "2026-11-18", to: "2026-11-20" });
  assert.deepEqual(await list(), [], "it was looked over on the day the stay ended");
  const nobody = "01960000-0000-7000-8000-000000000001";
  await refused(diary.record({ kind: "reconciliation", medicines: [nobody] }), "no-such-entry", "medicines[0]");
  await diary.close();
});

test("a calendar is read by another program, event for event", async () => {
  const { diary } = await inTrial();
  await diary.record({ kind: "visit", at: "2026-12-01T09:30:00+01:00", with: "Dr. Vogel, room 4; second floor" });
  const { due } = await diary.journey();
  for (const detail of [false, true]) {
    const text = await diary.export("ics", { detail });
    const calendar = new ICAL.Component(ICAL.parse(text));
    const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
    assert.equal(events.length, due.length);
    for (const [place, event] of events.entries()) {
      const { title, sentence, kind } = due[place];
      assert.equal(event.summary, title);
      assert.equal(event.description ?? null, detail ? sentence : null);
      assert.equal(event.component.getAllSubcomponents("valarm").length, 1);
      assert.equal(event.startDate.isDate, kind !== "visit");
    }
    const visit = events[due.findIndex(({ kind }) => kind === "visit")];
    assert.equal(visit.startDate.toJSDate().toISOString(), "2026-12-01T08:30:00.000Z");
    assert.equal(/sertraline|vogel/i.test(text), detail);
  }
  await refused(diary.export("ics", { detail: "yes" }), "wrong-type", "detail");
  await refused(diary.export("ics", { colour: 1 }), "unknown-field", "colour");
  await refused(diary.export("pdf"), "unknown-value", "format");
  await diary.close();
});

test("a concern is one call: whom, how soon, what stopping is like, four lines", async () => {
  const { diary, medicine } = await inTrial();
  const said = await diary.concern({ kind: "stopping", medicine });
  assert.equal(said.message.length, 4);
  assert.match(said.message[0], /stopping Sertraline/);
  assert.match(said.stopping.text, /step by step/);
  assert.deepEqual([said.howSoon, said.first], ["worth-asking-about", []]);
  await diary.record({ kind: "assessment", instrument: "phq-9", items: [1, 1, 1, 1, 1, 1, 1, 1, 2] });
  const urgent = await diary.concern({ kind: "not-working", medicine });
  assert.deepEqual([urgent.howSoon, urgent.first[0].rule], ["urgent-help", "crisis-item-9"]);
  await refused(diary.concern({ kind: "angry", medicine }), "unknown-value", "kind");
  await refused(diary.concern({ kind: "stopping" }), "missing-field", "medicine");
  const nobody = "01960000-0000-7000-8000-000000000001";
  await refused(diary.concern({ kind: "stopping", medicine: nobody }), "no-such-entry", "medicine");
  await diary.close();
});

test("a brief is structured, text and a page, and names the diary it was made from", async () => {
  const diary = await openExample("example-depression");
  const report = await diary.visitReport({ first: true });
  assert.deepEqual(report.sections.map(({ id }) => id), [
    "person", "regimen", "changes", "scores", "response", "adherence", "effects", "past", "flags", "happened",
    "questions", "goals",
  ]);
  const text = report.toText();
  for (const { title, lines } of report.sections) {
    assert.ok(text.includes(`\n${title}\n- ${lines[0].text}\n`), title);
  }
  assert.ok(text.includes(report.digest) && text.includes(report.tables));
  assert.equal((await diary.visitReport()).digest, report.digest);
  assert.match(report.toHTML(), /^<article lang="en"><h1>For a first visit<\/h1>.*<\/article>$/s);
  await refused(diary.visitReport({ include: ["everything"] }), "unknown-value", "include[0]");
  await refused(diary.visitReport({ since: "soon" }), "bad-date", "since");
  await diary.record({ kind: "question", text: "One more?" });
  assert.notEqual((await diary.visitReport()).digest, report.digest);
  await diary.close();
});

test("what a person wrote cannot become markup", async () => {
  const diary = await openEmpty();
  await diary.record({ kind: "question", text: `<img src=x onerror="alert('1')"> & more` });
  const html = (await diary.visitReport()).toHTML();
  assert.ok(html.includes("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more"));
  assert.ok(!html.includes("<img"));
  await diary.close();
});

test("what is sensitive stays out of a brief until it is ticked", async () => {
  const { diary, medicine } = await inTrial();
  const onset = "2026-11-10";
  await diary.record({ kind: "side-effect", term: "Lower sex drive", severity: "mild", onset, suspected: medicine });
  await diary.record({ kind: "substance", substance: "Cannabis" });
  const plain = await diary.visitReport();
  assert.deepEqual(plain.leftOut, ["substances", "sexual"]);
  assert.doesNotMatch(plain.toText(), /sex drive|cannabis/i);
  const ticked = await diary.visitReport({ include: ["sexual"] });
  assert.match(ticked.toText(), /sex drive/);
  assert.doesNotMatch(ticked.toText(), /cannabis/i);
  await diary.close();
});

test("the medicine of an example stands where its diary says", async () => {
  const diary = await openExample("example-taper");
  const { medicines: [only, ...others] } = await diary.journey();
  assert.deepEqual([only.name, only.stage, others.length], ["Venlafaxine XR", "stopped", 0]);
  assert.match(only.next.text, /Signs of stopping/);
  const brief = await diary.visitReport({ first: true });
  const [past] = brief.sections.find(({ id }) => id === "past").lines;
  assert.match(past.text, /^Venlafaxine XR: up to 150 mg once a day, since before /);
  await diary.close();
});
