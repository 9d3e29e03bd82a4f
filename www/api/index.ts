/**
 * The small JS API: `openDiary()` and the diary it gives. Headless; works in Node and in the
 * browser. Plain data and typed arrays cross to the core; errors are real errors with a `code`
 * and a `field`.
 */
import type { Audience, Capability, ClockTime, Moment } from "#types";
import type { Store } from "../store/store.js";
import { startCore } from "./core.js";
import { Diary } from "./diary.js";
import { startEngine } from "./engine.js";
import { DoselineError } from "./error.js";
import { preferencesOf } from "./preferences.js";

export type * from "#types";
export { indexedDbStore } from "../store/indexed-db.js";
export { memoryStore } from "../store/memory.js";
export type { Batch, Kept, Store, StoredRecord } from "../store/store.js";
export { Diary } from "./diary.js";
export { type ApiErrorCode, DoselineError, isDoselineError } from "./error.js";
export type { Preferences } from "./preferences.js";

/** Every analysis that can be asked for. */
export const capabilities: readonly Capability[] = [
  "timeline", "dose-response", "adherence", "treatment-response",
];

export interface OpenOptions {
  /** Whose diary it is: an opaque word of the portal's. Null takes the subject of `file`. */
  subject: string | null;
  /** Where it is kept. */
  store: Store;
  /** The text of a diary file to begin with; it is merged with what the store holds. */
  file?: string;
  /** Language of the sentences, a BCP 47 tag. Only English is there yet. */
  locale?: string;
  /** IANA name of the time zone in which new entries are lived; by default this device's. */
  zone?: string;
  /** When a civil day starts, by default `04:00`. */
  dayStart?: ClockTime;
  /** Who the sentences are for. */
  audience?: Audience;
  /** The analyses that are offered; by default all. */
  capabilities?: readonly Capability[];
  /** Looks at the diary as of this instant instead of the clock: for examples and tests. */
  now?: Moment;
}

/** Bytes of records that are handed to the core in one go. */
const CHUNK = 256 * 1024;

/**
 * Opens a diary.
 *
 * Rejects with a `DoselineError`: `missing-field` without subject or store, `subject-mismatch`
 * when the store or the file holds another subject's diary, or what is wrong with a record.
 */
export async function openDiary(options: OpenOptions): Promise<Diary> {
  const { store, file } = options;
  if (!options.subject && file === undefined) throw missing("subject");
  if (!store || typeof store.load !== "function") throw missing("store");

  const [engine] = await Promise.all([startEngine(), startCore()]);
  try {
    const locale = options.locale ?? "en";
    const { zone, dayStart, audience, now } = options;
    await engine.call("open", { subject: options.subject, locale, zone, dayStart, audience, now });

    const kept = await store.load();
    await engine.call("expect", kept.count ?? 0);
    let chunk = "";
    for await (const lines of kept.lines) {
      chunk += lines + "\n";
      if (chunk.length >= CHUNK) {
        await engine.call("addLines", chunk);
        chunk = "";
      }
    }
    await engine.call("addLines", chunk);
    await engine.call("finishOpening");

    const subject = options.subject ?? ((await engine.call("subjectOf", file)) as string);
    if (kept.subject !== null && kept.subject !== subject) {
      const sentence = "This store holds another person's diary, so it was not opened.";
      throw new DoselineError("subject-mismatch", "subject", sentence);
    }
    const allowed = options.capabilities ?? capabilities;
    const diary = new Diary(engine, store, subject, locale, allowed, preferencesOf(subject));
    if (file !== undefined) await diary.importFile(file);
    return diary;
  } catch (error) {
    engine.stop();
    throw error;
  }
}

function missing(field: string): DoselineError {
  const sentence = `A diary needs a ${field} to open.`;
  return new DoselineError("missing-field", field, sentence);
}
