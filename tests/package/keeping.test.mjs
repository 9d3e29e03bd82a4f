// What is kept: stores, versions, undo, two tabs, files out and in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore, openDiary } from "doseline";
import { projectFile } from "./consumer.mjs";
import {
  changed, contents, example, examples, medicineOf, now, openEmpty, openExample, refused, sharedPlace, zone,
} from "./diaries.mjs";

const mood = (rating) => ({ kind: "check-in", ratings: { mood: rating } });
const moods = async (diary) => (await diary.entries({ kind: "check-in" })).map((entry) => entry.ratings.mood);

test("what was recorded is there when the store is opened again", async () => {
  const store = memoryStore();
  const first = await openEmpty({ store });
  await first.record(mood(4));
  const entry = await first.record({ kind: "life-event", title: "Moved" });
  await first.amend(entry.id, { title: "Moved house" });
  const text = await first.export("json");
  await first.close();
  const again = await openEmpty({ store });
  assert.equal(await again.export("json"), text);
  await again.close();
});

test("a store of another subject is refused, and nothing of it is told", async () => {
  const store = memoryStore();
  await (await openExample("example-taper", { store })).close();
  const before = await contents(store);
  await refused(openDiary({ subject: "someone", store, zone, now }), "subject-mismatch", "subject");
  const file = await example("example-bipolar");
  await refused(openDiary({ subject: null, store, file, zone, now }), "subject-mismatch", "subject");
  assert.equal(await contents(store), before);
});

test("two subjects share nothing", async () => {
  const [one, other] = await Promise.all(["one", "other"].map((subject) => openEmpty({ subject })));
  const entry = await one.record(mood(4));
  one.preferences.set("outcomes", "mood");
  assert.deepEqual(await other.entries(), []);
  assert.equal(other.preferences.get("outcomes"), null);
  await refused(other.amend(entry.id, { ratings: { mood: 5 } }), "no-such-entry", "id");
  await refused(other.importFile(await one.export("json")), "subject-mismatch", "subject");
  assert.equal(await other.undo(), null);
  await one.close();
  assert.deepEqual(await other.entries(), []);
  await other.close();
});

test("what a store does not keep is not in memory either, and the next change works", async () => {
  const place = memoryStore();
  let fails = false;
  const store = {
    ...place,
    async commit(batch) {
      if (fails) throw new TypeError("fetch failed");
      await place.commit(batch);
    },
  };
  const diary = await openEmpty({ store });
  const entry = await diary.record(mood(4));
  const before = await diary.export("json");
  fails = true;
  for (const call of [
    () => diary.record(mood(5)), () => diary.amend(entry.id, { ratings: { mood: 6 } }), () => diary.remove(entry.id),
    () => diary.erase(entry.id), () => diary.undo(), async () => diary.importFile(before.replace('"mood":4', '"mood":7')),
  ]) {
    await refused(call(), "storage-failed", "");
    assert.equal(await diary.export("json"), before);
  }
  fails = false;
  await diary.record(mood(8));
  assert.deepEqual(await moods(diary), [4, 8]);
  assert.ok(await diary.undo());
  assert.equal(await diary.undo(), entry.id);
  assert.deepEqual(await diary.entries(), []);
  await diary.close();
});

test("the cause of a store's failure is kept for the portal", async () => {
  const cause = new Error("503");
  const store = { ...memoryStore(), load: () => Promise.reject(cause) };
  await assert.rejects(openEmpty({ store }), (error) => error.code === "storage-failed" && error.cause === cause);
});

test("erasing leaves no byte of the content, nor can an older file bring it back", async () => {
  const store = memoryStore();
  const diary = await openEmpty({ store });
  const entry = await diary.record({ kind: "life-event", title: "secretword", note: "secretnote" });
  await diary.amend(entry.id, { title: "secretlater" });
  const backup = await diary.export("json");
  assert.match(await contents(store), /secretword.*secretlater|secretlater.*secretword/s);
  await diary.erase(entry.id);
  const clean = async () => {
    for (const text of [await contents(store), await diary.export("json")]) assert.doesNotMatch(text, /secret/);
    assert.deepEqual(await diary.entries(), []);
  };
  await clean();
  assert.equal(await diary.undo(), null);
  await diary.importFile(backup);
  await clean();
  await diary.close();
  const again = await openEmpty({ store });
  assert.match(await again.export("json"), new RegExp(`"id":"${entry.id}","kind":"erased"`));
  await again.close();
});

test("a body that a stale tab kept after its erasure goes when the diary is opened", async () => {
  const store = memoryStore();
  const diary = await openEmpty({ store });
  const entry = await diary.record({ kind: "life-event", title: "secretword" });
  const late = JSON.parse(await contents(store))[2].map((json) => ({ id: entry.id, stamp: entry.stamp, json }));
  await diary.erase(entry.id);
  await diary.close();
  await store.commit({ subject: "someone", schemaVersion: 2, erase: [], add: late });
  assert.match(await contents(store), /secretword/);
  const again = await openEmpty({ store });
  assert.doesNotMatch(await contents(store), /secretword/);
  await again.close();
});

test("clearing leaves nothing in memory or in the store", async () => {
  const store = memoryStore();
  const diary = await openExample("example-taper", { store });
  const told = changed(diary);
  await diary.clear();
  await told;
  assert.deepEqual(await diary.entries(), []);
  assert.equal(await contents(store), JSON.stringify([null, null, []]));
  assert.equal(await diary.undo(), null);
  await diary.record(mood(4));
  assert.deepEqual(await moods(diary), [4]);
  await diary.close();
});

test("changes are taken back one by one, the last first, and brought again", async () => {
  const diary = await openEmpty();
  const read = async () => (await diary.entries()).map(({ title }) => title);
  const { id } = await diary.record({ kind: "life-event", title: "one" });
  await diary.amend(id, { title: "two" });
  await diary.amend(id, { title: "three" });
  const other = await diary.record({ kind: "life-event", title: "other" });
  await diary.remove(id);
  const states = [["one"], ["two"], ["three"], ["three", "other"], ["other"]];
  assert.deepEqual(await read(), states[4]);
  for (const [state, undone] of [[3, id], [2, other.id], [1, id], [0, id]]) {
    assert.equal(await diary.undo(), undone);
    assert.deepEqual((await read()).sort(), [...states[state]].sort());
  }
  assert.equal(await diary.undo(), id);
  assert.deepEqual(await read(), []);
  assert.equal(await diary.undo(), null);
  for (const state of states) {
    assert.ok(await diary.redo());
    assert.deepEqual((await read()).sort(), [...state].sort());
  }
  assert.equal(await diary.redo(), null);
  assert.equal(await diary.undo(), id);
  await diary.record({ kind: "life-event", title: "new" });
  assert.equal(await diary.redo(), null);
  await diary.close();
});

test("two undos at once take two changes back", async () => {
  const diary = await openEmpty();
  for (const rating of [1, 2, 3]) void diary.record(mood(rating));
  await Promise.all([diary.undo(), diary.undo()]);
  assert.deepEqual(await moods(diary), [1]);
  await diary.close();
});

test("changes made at once are kept in the order of the calls", async () => {
  const place = memoryStore();
  const order = [];
  const store = {
    ...place,
    async commit(batch) {
      // The first takes longest, so that an order by chance would show.
      await new Promise((done) => setTimeout(done, 20 - 2 * order.length));
      order.push(...batch.add.map(({ json }) => JSON.parse(json).ratings.mood));
      await place.commit(batch);
    },
  };
  const diary = await openEmpty({ store });
  const ratings = Array.from({ length: 10 }, (_, place) => place);
  const entries = await Promise.all(ratings.map((rating) => diary.record(mood(rating))));
  assert.deepEqual(order, ratings);
  const stamps = entries.map((entry) => entry.stamp);
  assert.deepEqual([...stamps].sort(), stamps);
  assert.equal(new Set(stamps).size, 10);
  await diary.close();
});

test("closing waits for what was begun", async () => {
  const store = memoryStore();
  const diary = await openEmpty({ store });
  const recording = diary.record(mood(4));
  await diary.close();
  assert.equal((await recording).ratings.mood, 4);
  assert.match(await contents(store), /"mood\\":4/);
});

test("each change is told once, after it was kept", async () => {
  const place = memoryStore();
  const log = [];
  const store = { ...place, commit: (batch) => place.commit(batch).then(() => void log.push("kept")) };
  const diary = await openEmpty({ store });
  diary.addEventListener("change", () => log.push("told"));
  const { id } = await diary.record(mood(4));
  await diary.amend(id, { ratings: { mood: 5 } });
  await diary.remove(id);
  await diary.undo();
  await diary.redo();
  await diary.erase(id);
  assert.deepEqual(log, Array(6).fill(["kept", "told"]).flat());
  await diary.close();
});

test("two tabs on one store converge, whoever writes", async () => {
  const { tab, place } = sharedPlace();
  const [one, other] = await Promise.all([openEmpty({ store: tab() }), openEmpty({ store: tab() })]);
  const heard = changed(other);
  const entry = await one.record(mood(4));
  await heard;
  assert.deepEqual(await moods(other), [4]);
  await Promise.all([
    ...[1, 2, 3].map((rating) => one.record(mood(rating))),
    ...[6, 7, 8].map((rating) => other.record(mood(rating))),
    other.amend(entry.id, { ratings: { mood: 9 } }),
  ]);
  await Promise.all([one.entries(), other.entries()]);
  const text = await one.export("json");
  assert.equal(await other.export("json"), text);
  await other.erase(entry.id);
  assert.equal(await one.export("json"), await other.export("json"));
  await Promise.all([one.close(), other.close()]);
  const third = await openEmpty({ store: place });
  assert.equal((await third.entries()).length, 6);
  await third.close();
});

test("what is taken away in one tab is gone in the other, and cannot be undone there", async () => {
  const { tab } = sharedPlace();
  const [one, other] = await Promise.all([openEmpty({ store: tab() }), openEmpty({ store: tab() })]);
  await other.record(mood(4));
  assert.equal((await other.entries()).length, 1);
  const emptied = changed(other);
  await one.clear();
  await emptied;
  assert.deepEqual(await other.entries(), []);
  assert.equal(await other.undo(), null);
  await Promise.all([one.close(), other.close()]);
});

test("a closed diary hears nothing more", async () => {
  const { tab } = sharedPlace();
  const [one, other] = [await openEmpty({ store: tab() }), await openEmpty({ store: tab() })];
  await other.close();
  await one.record(mood(4));
  await one.close();
});

test("an entry says who recorded it and how many days later, which is told and never kept", async () => {
  const diary = await openEmpty();
  // 20 November less 17 November.
  const back = await diary.record({ kind: "life-event", day: "2026-11-17", title: "Moved", recordedBy: "family" });
  const now = await diary.record(mood(4));
  assert.deepEqual([back.recordedBy, back.daysLate, now.recordedBy, now.daysLate], ["family", 3, "self", 0]);
  assert.deepEqual((await diary.entries()).map(({ daysLate }) => daysLate), [3, 0]);
  // As it was read, changed or not, an entry is a body too; as a new one it is refused.
  const amended = await diary.amend(back.id, { ...back, title: "Moved house" });
  assert.deepEqual([amended.title, amended.recordedBy, amended.daysLate], ["Moved house", "family", 3]);
  await refused(diary.record({ kind: "life-event", title: "Moved", daysLate: 3 }), "unknown-field", "daysLate");
  await refused(diary.amend(back.id, { title: "Moved", daysLate: 3 }), "unknown-field", "daysLate");
  const file = JSON.parse(await diary.export("json"));
  assert.deepEqual(file.entries.filter((entry) => JSON.stringify(entry).includes("daysLate")), []);
  file.entries[0].daysLate = 3;
  await refused(diary.importFile(JSON.stringify(file)), "unknown-field", "entries[0].daysLate");
  await diary.close();
});

test("an entry is late by the day that the person lives, whenever that begins", async () => {
  const night = { now: "2026-11-20T01:30:00+01:00" };
  for (const [dayStart, daysLate] of [["04:00", 2], ["00:00", 3]]) {
    const diary = await openEmpty({ ...night, dayStart });
    const { daysLate: told } = await diary.record({ kind: "life-event", day: "2026-11-17", title: "Moved" });
    // Until four in the morning it is still 19 November.
    assert.equal(told, daysLate);
    await diary.close();
  }
});

test("two edits of one step are both shown until the person settles it", async () => {
  const [here, there] = [memoryStore(), memoryStore()];
  const one = await openEmpty({ store: here });
  const { id: medicine } = await one.record({ kind: "medicine", name: "Sertraline", ingredients: [{ name: "sertraline" }] });
  const daily = (amount) => ({ repeat: "daily", unit: "mg", doses: [{ amount }] });
  const step = (amount) => ({ medicine, action: "start", schedule: daily(amount) });
  const { id } = await one.record({ kind: "step", ...step(25) });
  const other = await openEmpty({ store: there, file: await one.export("json") });
  await one.amend(id, step(50));
  await other.amend(id, step(75));
  await one.importFile(await other.export("json"));
  await other.importFile(await one.export("json"));
  assert.equal(await one.export("json"), await other.export("json"));
  const [conflict, ...more] = await one.conflicts();
  assert.deepEqual([conflict.id, more], [id, []]);
  const amounts = conflict.versions.map((version) => version.schedule.doses[0].amount);
  assert.deepEqual(amounts.sort(), [50, 75]);
  assert.deepEqual(conflict.versions.map(({ daysLate }) => daysLate), [0, 0]);
  const chosen = conflict.versions.find((version) => version.schedule.doses[0].amount === 50);
  const settled = await one.amend(id, chosen);
  assert.equal(settled.schedule.doses[0].amount, 50);
  assert.deepEqual(await one.conflicts(), []);
  await other.importFile(await one.export("json"));
  assert.deepEqual(await other.conflicts(), []);
  assert.equal(await other.export("json"), await one.export("json"));
  await Promise.all([one.close(), other.close()]);
});

test("a rating that two devices gave on two scales is listed until it is left out", async () => {
  // Of two scales that met, the later one holds.
  const [one, other] = await Promise.all([openEmpty(), openEmpty({ now: "2026-11-02T09:00:00+01:00" })]);
  const pain = (max) => ({ kind: "outcome", outcome: "pain", name: "Pain", min: 0, max, worse: "higher" });
  await one.record(pain(10));
  await other.record(pain(100));
  const { id, day } = await other.record({ kind: "check-in", day: "2026-11-01", ratings: { mood: 3, pain: 80 } });
  const offScale = async (diary) => (await diary.entries({ offScale: true })).map((entry) => entry.id);
  assert.deepEqual(await offScale(other), []);
  await one.importFile(await other.export("json"));
  assert.deepEqual(await offScale(one), [id]);
  assert.equal((await one.entries({ offScale: false })).length, (await one.entries()).length);
  await refused(one.entries({ offScale: "yes" }), "wrong-type", "offScale");
  await one.amend(id, { day, ratings: { mood: 3 } });
  assert.deepEqual(await offScale(one), []);
  await one.undo();
  assert.deepEqual(await offScale(one), [id]);
  await Promise.all([one.close(), other.close()]);
});

for (const name of examples) {
  test(`${name} goes out and in again as the same bytes, and twice adds nothing`, async () => {
    const file = await example(name);
    const store = memoryStore();
    const diary = await openExample(name, { store });
    assert.equal(await diary.export("json"), file);
    const kept = await contents(store);
    const commits = [];
    const elsewhere = memoryStore();
    const watched = { ...elsewhere, commit: (batch) => elsewhere.commit(batch).then(() => void commits.push(batch)) };
    const other = await openDiary({ subject: null, store: watched, file: await diary.export("json"), zone, now });
    assert.equal(other.subject, name);
    assert.equal(await other.export("json"), file);
    assert.equal(await contents(elsewhere), kept);
    const again = await other.importFile(new Blob([file]));
    assert.ok(again.rows > 100 && again.entries.every(({ new: added }) => added === 0));
    assert.equal(commits.length, 1);
    assert.equal(await other.export("json"), file);
    await Promise.all([diary.close(), other.close()]);
  });
}

test("a file of the form before the first release is brought into today's", async () => {
  const file = await projectFile("tests", "fixtures", "diary", "version-1.json");
  const diary = await openDiary({ subject: null, store: memoryStore(), file, zone, now });
  const [first] = await diary.entries({ kind: "check-in" });
  assert.deepEqual([first.sleepHours, first.recordedBy], [7.5, "self"]);
  await diary.close();
});

/** A store as one was kept in the form of `version-1.json`: one version of one entry a record. */
async function olderStore() {
  const file = await projectFile("tests", "fixtures", "diary", "version-1.json");
  const { subject, entries } = JSON.parse(file);
  const add = entries.flatMap(({ id, history = [], ...head }) => [head, ...history].map((version) => (
    { id, stamp: version.stamp, json: JSON.stringify({ id, ...version }) }
  )));
  const store = memoryStore();
  await store.commit({ subject, schemaVersion: 1, erase: [], add });
  return { store, subject, file };
}

test("a store of an older form reads as the file of that form, and is written anew once", async () => {
  const { store, subject, file } = await olderStore();
  const commits = [];
  const watched = { ...store, commit: (batch) => store.commit(batch).then(() => void commits.push(batch)) };
  const diary = await openDiary({ subject, store: watched, zone, now });
  const fromFile = await openDiary({ subject, store: memoryStore(), file, zone, now });
  assert.equal(await diary.export("json"), await fromFile.export("json"));
  assert.deepEqual(commits.map(({ schemaVersion }) => schemaVersion), [2]);
  await diary.record(mood(4));
  const text = await diary.export("json");
  await diary.close();
  const again = await openDiary({ subject, store: watched, zone, now });
  assert.equal(await again.export("json"), text);
  assert.equal(commits.length, 2);
  await Promise.all([again.close(), fromFile.close()]);
});

test("a store of a newer form is refused and left as it is", async () => {
  const { store, subject } = await olderStore();
  const newer = { ...store, load: async () => ({ ...await store.load(), schemaVersion: 3 }) };
  const before = await contents(store);
  await refused(openDiary({ subject, store: newer, zone, now }), "newer-version", "schemaVersion");
  assert.equal(await contents(store), before);
});

test("a store that does not say its form is refused", async () => {
  const { store, subject } = await olderStore();
  const silent = { ...store, load: async () => ({ subject, lines: (await store.load()).lines }) };
  await refused(openDiary({ subject, store: silent, zone, now }), "missing-field", "schemaVersion");
});

test("a page that a newer one has overtaken cannot write any more", async () => {
  const store = memoryStore();
  const diary = await openEmpty({ store });
  await diary.record(mood(4));
  const text = await diary.export("json");
  await store.commit({ subject: "someone", schemaVersion: 3, erase: [], add: [] });
  await refused(diary.record(mood(5)), "newer-version", "schemaVersion");
  assert.equal(await diary.export("json"), text);
  await diary.close();
});

test("a store may give its lines in any pieces and any order", async () => {
  const whole = memoryStore();
  const diary = await openExample("example-taper", { store: whole });
  const text = await diary.export("json");
  const { lines, ...about } = await whole.load();
  const turned = [...lines].reverse();
  for (const pieces of [turned, [turned.join("\n")], turned.join("\n"), (async function* () { yield* turned; })()]) {
    const store = { ...memoryStore(), load: async () => ({ ...about, lines: pieces }) };
    const again = await openDiary({ subject: "example-taper", store, zone, now });
    assert.equal(await again.export("json"), text);
    await again.close();
  }
  await diary.close();
});

test("the example's medicine is found by name", async () => {
  const diary = await openExample("example-taper");
  assert.ok(await medicineOf(diary, "Venlafaxine"));
  await diary.close();
});
