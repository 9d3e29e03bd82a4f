/**
 * The small JS API: `openDiary()` and the diary it gives. Headless; works in Node and in the
 * browser. Plain data and typed arrays cross to the core; errors are real errors with a `code`
 * and a `field`.
 */
import type { Audience, Capability, ClockTime, ErrorCode, Moment } from "#types";
import type { Kept, Store } from "../store/store.js";
import { startCore } from "./core.js";
import { Diary, type Prepared } from "./diary.js";
import { type Engine, LastingEngine, startEngine } from "./engine.js";
import { DoselineError, storageError } from "./error.js";
import { plainData } from "./plain.js";
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
  "timeline", "dose-response", "adherence", "treatment-response", "exposure", "side-effects",
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
  /** Who the answers are for: what tells signs of stopping from a relapse is for clinicians only. */
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
 * when the store or the file holds another subject's diary, `newer-version` when a newer Doseline
 * wrote it, or what is wrong with an option or a record.
 */
export async function openDiary(options: OpenOptions): Promise<Diary> {
  check(options);
  const { store, file, zone, dayStart, audience, now } = options;
  const locale = options.locale ?? "en";
  let subject = options.subject ?? null;
  const engine = new LastingEngine(async () => {
    const [fresh] = await Promise.all([startEngine(), startCore()]);
    try {
      await fresh.call("open", plainData({ subject, locale, zone, dayStart, audience, now }));
      subject ??= (await fresh.call("subjectOf", file)) as string;
      await fill(fresh, store, subject);
      return fresh;
    } catch (error) {
      fresh.stop();
      throw error;
    }
  });
  try {
    await engine.ready();
    const whose = subject as string | null ?? "";
    const allowed = options.capabilities ?? capabilities;
    const diary = new Diary(engine, store, whose, locale, allowed, preferencesOf(whose));
    if (file !== undefined) await diary.importFile(file);
    return diary;
  } catch (error) {
    engine.stop();
    throw error;
  }
}

/** Fills a session with what a store holds, and brings the store up to date where it is not. */
async function fill(engine: Engine, store: Store, subject: string): Promise<void> {
  try {
    const kept = await store.load();
    if (kept.subject !== null) {
      if (kept.subject !== subject) {
        const sentence = "This store holds another person's diary, so it was not opened.";
        throw new DoselineError("subject-mismatch", "subject", sentence);
      }
      if (typeof kept.schemaVersion !== "number") throw missing("schemaVersion");
      await engine.call("expect", kept.count ?? 0);
      await addLines(engine, kept.lines, kept.schemaVersion);
    }
    const change = (await engine.call("finishOpening")) as Prepared | null;
    if (!change) return;
    const { schemaVersion, erase, add } = change;
    await store.commit({ subject, schemaVersion, erase, add });
  } catch (cause) {
    throw storageError(cause);
  }
}

async function addLines(engine: Engine, lines: Kept["lines"], schemaVersion: number): Promise<void> {
  let chunk = "";
  // One text is a piece of any size too, and not a list of letters.
  for await (const piece of typeof lines === "string" ? [lines] : lines) {
    chunk += piece + "\n";
    if (chunk.length >= CHUNK) {
      await engine.call("addLines", chunk, schemaVersion);
      chunk = "";
    }
  }
  await engine.call("addLines", chunk, schemaVersion);
}

/** Refuses options that the core never sees. */
function check(options: OpenOptions): void {
  const { subject, store, file, capabilities: allowed } = (options ?? {}) as Partial<OpenOptions>;
  if (!subject && file === undefined) throw missing("subject");
  if (!store) throw missing("store");
  const parts: readonly unknown[] = [store.load, store.commit, store.clear];
  if (!parts.every((part) => typeof part === "function")) {
    throw wrong("wrong-type", "store", "The store needs the functions load, commit and clear.");
  }
  if (allowed === undefined) return;
  if (!Array.isArray(allowed)) {
    throw wrong("wrong-type", "capabilities", "The field capabilities needs a list.");
  }
  for (const [place, word] of allowed.entries()) {
    if (capabilities.includes(word)) continue;
    const sentence = `There is no analysis “${String(word)}”.`;
    throw wrong("unknown-value", `capabilities[${place}]`, sentence);
  }
}

function missing(field: string): DoselineError {
  return wrong("missing-field", field, `A diary needs a ${field} to open.`);
}

function wrong(code: ErrorCode, field: string, sentence: string): DoselineError {
  return new DoselineError(code, field, sentence);
}
