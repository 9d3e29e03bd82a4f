// Diaries to try the package on, and stores that can be looked into.
import assert from "node:assert/strict";
import { DoselineError, isDoselineError, memoryStore, openDiary } from "doseline";
import { projectFile } from "./consumer.mjs";

/** The evening of the last day of the made-up diaries. */
export const now = "2026-11-20T21:30:00+01:00";
export const zone = "Europe/Berlin";
export const examples = ["example-depression", "example-bipolar", "example-taper"];

/** The text of a made-up diary; its name is its subject. */
export async function example(name) {
  const text = await projectFile("target", "demo", "diaries", `${name}.json`);
  assert.ok(text, "the made-up diaries are not there: `cargo xtask demo --no-serve` writes them");
  return text;
}

/** Opens a made-up diary. */
export async function openExample(name, options = {}) {
  return openDiary({ subject: name, store: memoryStore(), file: await example(name), zone, now, ...options });
}

/** Opens an empty diary. */
export async function openEmpty(options = {}) {
  return openDiary({ subject: "someone", store: memoryStore(), zone, now, ...options });
}

/** The error that a call is refused with; `name` says which call it is where it is not. */
export async function refusalOf(call, name = "the call") {
  const error = await Promise.resolve(call).then(
    () => assert.fail(`${name} was not refused`),
    (thrown) => thrown,
  );
  assert.ok(error instanceof Error && error instanceof DoselineError && isDoselineError(error), String(error));
  assert.match(error.message, /^[A-Z“][^{}]*[.?!]$/s);
  return error;
}

/** Asserts that a call is refused with a code and a field. */
export async function refused(call, code, field) {
  const error = await refusalOf(call);
  assert.deepEqual([error.code, error.field], [code, field], error.message);
}

/** What is said not to be checked of anyone of whom only medicines are known. */
const ofNobodyKnown = ["adult-rules", "lithium_caffeine", "monitoring-due", "own-allergy"];

/** The rules that are said not to be checked, without those that wait for facts of the person. */
export function leftUnchecked({ notChecked }) {
  return notChecked.map(({ rule }) => rule).filter((rule) => !ofNobodyKnown.includes(rule));
}

/** Everything a store holds, as one text. */
export async function contents(store) {
  const { subject, schemaVersion, lines } = await store.load();
  const all = [];
  for await (const line of lines) all.push(line);
  return JSON.stringify([subject, schemaVersion, all.sort()]);
}

/** One place where diaries are kept, and any number of tabs that hear each other. */
export function sharedPlace() {
  const place = memoryStore();
  const tabs = new Set();
  return {
    place,
    tab() {
      const own = { heard: null };
      tabs.add(own);
      const tell = (what) => {
        for (const tab of tabs) if (tab !== own) tab.heard?.(structuredClone(what));
      };
      return {
        ...place,
        async commit(batch) {
          await place.commit(batch);
          tell(batch);
        },
        async clear() {
          await place.clear();
          tell(null);
        },
        follow(heard) {
          own.heard = heard;
          return () => {
            own.heard = null;
          };
        },
      };
    },
  };
}

/** The identifier of a diary's medicine. */
export async function medicineOf(diary, name) {
  const found = (await diary.medicines()).find((medicine) => medicine.name.startsWith(name));
  assert.ok(found, `no ${name}`);
  return found.medicine;
}

/** Resolves when a diary has changed. */
export function changed(diary) {
  return new Promise((done) => {
    diary.addEventListener("change", done, { once: true });
  });
}
