// Help: whom the person can reach, who sees an answer, and what a portal is told and when.
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "node:test";
import { memoryStore, openDiary } from "doseline";
import { now, openEmpty, refused, zone } from "./diaries.mjs";

const item9 = (answer, day = "2026-11-20") => ({
  kind: "assessment", day, instrument: "phq-9", items: [1, 1, 1, 1, 1, 1, 1, 1, answer],
});
const told = "Your clinic's system has got this message.";

/** Resolves when everything that a change has set off is done. */
const settled = () => wait(50);

/** A diary whose portal takes crisis events with `listener`. */
const withPortal = (listener) => openEmpty({ onCrisis: listener });

test("the plan, the care team and what helped are recorded, amended, erased and exported as the rest", async () => {
  const store = memoryStore();
  const diary = await openDiary({ subject: "someone", store, zone, now });
  const plan = await diary.record({ kind: "safety-plan", whatHelps: ["A walk"], reasons: ["My dog"] });
  const contact = await diary.record({ kind: "contact", name: "Dr. Vogel", phone: "+49 30 123 456", prescriber: "yes" });
  await diary.record({ kind: "check-in", tags: ["helped"], note: "Called Ana." });
  await diary.amend(plan.id, { whatHelps: ["A walk", "A bath"] });
  const help = await diary.help();
  assert.equal(help.plan.entry, plan.id);
  assert.deepEqual(help.plan.parts.map(({ lines }) => lines), [[], ["A walk", "A bath"], [], [], [], []]);
  assert.deepEqual(help.helpedBefore.map(({ text }) => text), ["Called Ana."]);
  assert.deepEqual(help.team.map(({ name, phone, prescriber }) => [name, phone, prescriber]), [["Dr. Vogel", "+49 30 123 456", true]]);
  assert.match(await diary.export("json"), /"safety-plan"/);
  await diary.erase(plan.id);
  await diary.remove(contact.id);
  const { plan: { entry }, team } = await diary.help();
  assert.deepEqual([entry, team], [null, []]);
  assert.doesNotMatch(await diary.export("json"), /A bath|My dog/);
  await diary.close();
});

test("a person is shown the lines of their country, and 988 nowhere else", async () => {
  const phones = async (country) => {
    const diary = await openEmpty({ help: { country } });
    const { contacts } = await diary.help();
    await diary.close();
    return contacts.flatMap(({ phone, text, web }) => [phone, text, web]).filter(Boolean);
  };
  assert.deepEqual(await phones("CA"), ["911", "988", "988", "https://findahelpline.com"]);
  assert.deepEqual(await phones("US"), ["911", "988", "988", "741741", "https://findahelpline.com"]);
  assert.deepEqual(await phones("DE"), ["https://findahelpline.com"]);
});

test("what a portal says of help is checked when a diary is opened", async () => {
  await refused(openEmpty({ help: { country: "Germany" } }), "wrong-type", "help.country");
  await refused(openEmpty({ help: { contacts: [{ name: "Desk" }] } }), "missing-field", "help.contacts[0].phone");
  await refused(openEmpty({ help: { monitored: { who: "A" } } }), "missing-field", "help.monitored.when");
  await refused(openEmpty({ help: new Date(0) }), "wrong-type", "help");
  await refused(openEmpty({ onCrisis: "https://portal.example" }), "wrong-type", "onCrisis");
});

test("a portal is told only on the full path, and without detail", async () => {
  const events = [];
  const diary = await withPortal((event) => events.push(event) > 0);
  await diary.record({ kind: "check-in", note: "I want to die" });
  await diary.record(item9(0, "2026-10-01"));
  await settled();
  assert.deepEqual(events, []);
  await diary.record(item9(1, "2026-11-10"));
  await settled();
  assert.deepEqual(events, [{ subject: "someone" }]);
  await diary.record(item9(1));
  await settled();
  assert.equal(events.length, 1, "unchanged: the quiet card");
  assert.equal((await diary.help()).crisis.severity, "worth-asking-about");
  const { id } = await diary.record(item9(2));
  await settled();
  assert.equal(events.length, 2);
  await diary.amend(id, { instrument: "phq-9", items: [1, 1, 1, 1, 1, 1, 1, 1, 3] });
  await settled();
  assert.equal(events.length, 3, "changed to another answer");
  await diary.close();
});

test("an acknowledgement is told, in these words only, and only for its own message", async () => {
  const diary = await withPortal(async () => true);
  const heard = new Promise((done) => diary.addEventListener("acknowledged", done, { once: true }));
  await diary.record(item9(2, "2026-11-10"));
  await heard;
  assert.equal((await diary.help()).told, told);
  await diary.record(item9(0));
  await settled();
  assert.equal((await diary.help()).told, null);
  await diary.close();
});

const silent = {
  "answers with something else": async () => "yes",
  "says no": () => false,
  throws: () => {
    throw new Error("down");
  },
  rejects: () => Promise.reject(new Error("down")),
};
for (const [name, listener] of Object.entries(silent)) {
  test(`where a portal ${name} nobody is said to be told, and the entry is kept`, async () => {
    const diary = await withPortal(listener);
    await diary.record(item9(2));
    await settled();
    const { told, crisis } = await diary.help();
    assert.deepEqual([told, crisis.severity], [null, "urgent-help"]);
    assert.equal((await diary.entries({ kind: "assessment" })).length, 1);
    await diary.close();
  });
}

test("a portal that is silent for ten seconds has not got it, whatever it says later", async (t) => {
  let late = null;
  const diary = await withPortal(() => new Promise((done) => (late = done)));
  let acknowledgements = 0;
  diary.addEventListener("acknowledged", () => (acknowledgements += 1));
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await diary.record(item9(2));
  while (late === null) await new Promise((done) => setImmediate(done));
  t.mock.timers.tick(10_000);
  t.mock.timers.reset();
  await settled();
  late(true);
  await settled();
  assert.deepEqual([acknowledgements, (await diary.help()).told], [0, null]);
  await diary.close();
});

test("without a portal that listens no one is said to see or to be told", async () => {
  const diary = await openEmpty();
  await diary.record(item9(3));
  const { told, whoSees, watched, crisis } = await diary.help();
  assert.deepEqual([told, whoSees], [null, "No one sees this but you."]);
  assert.match(watched, /not watched/);
  assert.match(crisis.notCovered, /No one sees this but you\./);
  await diary.close();
});

test("notes are looked at only while the person wants it", async () => {
  const diary = await openEmpty();
  await diary.record({ kind: "check-in", note: "I want to die" });
  assert.equal((await diary.help()).crisis, null);
  diary.preferences.set("read-notes", "yes");
  const { crisis } = await diary.help();
  assert.deepEqual([crisis.rule, crisis.severity], ["crisis-words-in-note", "worth-asking-about"]);
  assert.deepEqual((await diary.flags()).flags, []);
  diary.preferences.set("read-notes", "no");
  assert.equal((await diary.help()).crisis, null);
  await diary.close();
});
