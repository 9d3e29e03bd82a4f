// Where the core runs. Node has no `Worker` of the web; one made of its own threads stands in, and
// runs the shipped worker, so that both ways of running can be held against each other.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Worker as Thread } from "node:worker_threads";
import { openDiary } from "doseline";
import { examples, now, openEmpty, openExample, refused, sharedPlace, zone } from "./diaries.mjs";

const mood = (rating) => ({ kind: "check-in", ratings: { mood: rating } });

/** What a thread runs to be as a worker of the web is. */
const surroundings = `
  const { parentPort, workerData } = require("node:worker_threads");
  globalThis.self = globalThis;
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  import(workerData).then(() => parentPort.on("message", (data) => globalThis.onmessage({ data })));
`;

const threads = [];

class ThreadWorker {
  onmessage = null;
  onerror = null;
  onmessageerror = null;

  constructor(url) {
    this.thread = new Thread(surroundings, { eval: true, workerData: String(url) });
    this.thread.on("message", (data) => this.onmessage?.({ data }));
    this.thread.on("error", (error) => this.onerror?.({ message: error.message, preventDefault() {} }));
    threads.push(this);
  }

  postMessage(message) {
    this.thread.postMessage(message);
  }

  terminate() {
    void this.thread.terminate();
  }

  /** As when the browser takes a worker's memory away. */
  async die() {
    await this.thread.terminate();
    this.onerror({ message: "out of memory", preventDefault() {} });
  }
}

function withWorkers() {
  globalThis.Worker = ThreadWorker;
  globalThis.document = {};
}

afterEach(() => {
  delete globalThis.Worker;
  delete globalThis.document;
  for (const worker of threads.splice(0)) worker.terminate();
});

test("in Node the core runs in place", async () => {
  assert.equal(typeof Worker, "undefined");
  await (await openEmpty()).close();
});

for (const name of examples) {
  test(`a worker tells the same of ${name}, bit for bit`, async () => {
    const inPlace = await openExample(name);
    withWorkers();
    const inWorker = await openExample(name);
    assert.equal(threads.length, 1);
    for (const method of ["timeline", "today", "medicines", "outcomes", "instruments", "questionnaires", "entries"]) {
      assert.deepEqual(await inWorker[method](), await inPlace[method](), method);
    }
    assert.equal(await inWorker.export("json"), await inPlace.export("json"));
    await Promise.all([inPlace.close(), inWorker.close()]);
  });
}

test("a worker refuses what the core in place refuses, with the same words", async () => {
  const inPlace = await openEmpty();
  withWorkers();
  const inWorker = await openEmpty();
  for (const draft of [() => 1, { kind: "check-in", note: new Date(0) }, mood(NaN), mood(11), { kind: "x" }]) {
    const refusals = await Promise.all([inPlace, inWorker].map((diary) => diary.record(draft).catch((error) => error)));
    const told = refusals.map(({ name, code, field, message }) => ({ name, code, field, message }));
    assert.deepEqual(told[0], told[1]);
    assert.ok(refusals.every((error) => error instanceof Error));
  }
  await Promise.all([inPlace.close(), inWorker.close()]);
});

test("a worker that dies leaves nobody waiting, and a new one goes on from the store", async () => {
  withWorkers();
  const { tab } = sharedPlace();
  const diary = await openDiary({ subject: "someone", store: tab(), zone, now });
  await diary.record(mood(4));
  const before = await diary.export("json");
  const waiting = [diary.timeline(), diary.entries()];
  const refusals = Promise.all(waiting.map((call) => refused(call, "engine-failed", "")));
  await Promise.all([refusals, threads[0].die()]);
  assert.equal(await diary.export("json"), before);
  assert.equal(threads.length, 2);
  await diary.record(mood(5));
  assert.deepEqual((await diary.entries()).map((entry) => entry.ratings.mood), [4, 5]);
  assert.equal(await diary.undo() !== null && (await diary.entries()).length, 1);
  await diary.close();
});

test("what was taken back of the tables stays taken back when the worker died", async () => {
  withWorkers();
  const { tab } = sharedPlace();
  const diary = await openEmpty({ store: tab() });
  await diary.reference.revoke(["lithium_nsaid", "sertraline"]);
  const waiting = refused(diary.flags(), "engine-failed", "");
  await Promise.all([waiting, threads[0].die()]);
  assert.deepEqual(await diary.reference.revoke(["sertraline"]), []);
  assert.equal(threads.length, 2);
  assert.deepEqual((await diary.reference.log()).map(({ id }) => id), ["lithium_nsaid", "sertraline"]);
  await diary.close();
});

test("a new worker has the wording that was brought to the old one", async () => {
  withWorkers();
  const diary = await openEmpty();
  const answerOption = [0, 1, 2, 3, 4].map((valueInteger) => ({ valueInteger }));
  const item = Array.from({ length: 7 }, (_, place) => ({ type: "choice", text: `Question ${place + 1}`, answerOption }));
  const brought = await diary.addInstrument({ resourceType: "Questionnaire", status: "active", name: "ISI", item });
  await Promise.all([refused(diary.timeline(), "engine-failed", ""), threads[0].die()]);
  const offered = await diary.instruments();
  assert.deepEqual(offered.find(({ instrument }) => instrument === "isi"), brought);
  assert.equal(threads.length, 2);
  await diary.close();
});

test("a change that the store has kept is made, though the worker died over it", async () => {
  withWorkers();
  const { tab } = sharedPlace();
  const place = tab();
  let dies = false;
  const store = {
    ...place,
    async commit(batch) {
      await place.commit(batch);
      if (dies) await threads[0].die();
      dies = false;
    },
  };
  const diary = await openEmpty({ store });
  dies = true;
  assert.equal((await diary.record(mood(4))).ratings.mood, 4);
  assert.equal((await diary.entries()).length, 1);
  assert.equal(threads.length, 2);
  await diary.close();
});

test("a worker that cannot be opened again says so, and is tried again", async () => {
  withWorkers();
  const { tab } = sharedPlace();
  const place = tab();
  let fails = false;
  const store = { ...place, load: () => (fails ? Promise.reject(new Error("offline")) : place.load()) };
  const diary = await openEmpty({ store });
  await diary.record(mood(4));
  await threads[0].die();
  await refused(diary.entries(), "engine-failed", "");
  fails = true;
  await refused(diary.entries(), "storage-failed", "");
  fails = false;
  assert.equal((await diary.entries()).length, 1);
  await diary.close();
});

test("closing leaves no call waiting", async () => {
  withWorkers();
  const diary = await openEmpty();
  const asked = diary.timeline();
  const answer = asked.then(() => "answered", (error) => error.code);
  await diary.close();
  assert.ok(["answered", "closed"].includes(await answer));
});

test("a core that stops in the middle of a call is replaced in place too", async () => {
  const diary = await openEmpty();
  await diary.record(mood(4));
  const before = await diary.export("json");
  // Asked for random numbers, the core is within a call: an error there stops it as a trap does.
  crypto.getRandomValues = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  try {
    await refused(diary.record(mood(5)), "engine-failed", "");
  } finally {
    delete crypto.getRandomValues;
  }
  assert.equal(await diary.export("json"), before);
  await diary.record(mood(6));
  assert.deepEqual((await diary.entries()).map((entry) => entry.ratings.mood), [4, 6]);
  await diary.close();
});
