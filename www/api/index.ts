/**
 * The small JS API: `openDiary()` and the diary it gives. Headless; works in Node and in the
 * browser. Plain data and typed arrays cross to the core; errors are real errors with a `code`
 * and a `field`.
 */
import { wording } from "#core";
import type {
  Audience, Capability, ClockTime, HelpSettings, Moment, ReferenceSettings, Revocation, SafetySettings,
} from "#types";
import { type DoselineError, refusal, storageError } from "../error/error.js";
import type { Kept, Store } from "../store/store.js";
import { startCore } from "./core.js";
import type { CrisisListener } from "./crisis.js";
import { Diary } from "./diary.js";
import { type Engine, LastingEngine, startEngine } from "./engine.js";
import { plainData } from "./plain.js";
import { preferencesOf } from "./preferences.js";
import { batchOf, type Prepared } from "./prepared.js";

export type * from "#types";
export { type ApiErrorCode, DoselineError, isDoselineError } from "../error/error.js";
export { indexedDbStore } from "../store/indexed-db.js";
export { memoryStore } from "../store/memory.js";
export type { Batch, Kept, Store, StoredRecord } from "../store/store.js";
export type { CrisisEvent, CrisisListener } from "./crisis.js";
export { Diary } from "./diary.js";
export type { Preferences } from "./preferences.js";
export { Reference } from "./reference.js";
export type { VisitReport } from "./visit.js";

/** One field for each part, so that the compiler misses none. */
const parts: Record<Capability, true> = {
  timeline: true, "dose-response": true, adherence: true, "treatment-response": true, "item-strip": true,
  "fair-trial": true, exposure: true, "side-effects": true, "relapse-watch": true, association: true, lag: true,
  "trial-design": true, interactions: true, equivalents: true,
};

/** Every part that a portal can leave out. */
export const capabilities: readonly Capability[] = Object.keys(parts) as Capability[];

/** What a capability is meant for, in a sentence that a portal can show. */
export async function intendedUse(capability: Capability): Promise<string> {
  await startCore();
  const line = wording(`use.${capability}`, "", "");
  if (line !== undefined) return line;
  throw refusal("unknown-value", "capability", "api.no-analysis", { value: String(capability) });
}

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
  /** Who the answers are for. Clinicians are also shown the flags that were set aside, and what tells signs of
   * stopping from a relapse. */
  audience?: Audience;
  /** The parts that are offered; by default all but `trial-design` and `equivalents`, which also need the
   * clinician's audience. What is left out comes out of no other answer: without `interactions`, flags and `check` say
   * that it was not looked at what goes together, and without `adherence` a brief counts no doses. */
  capabilities?: readonly Capability[];
  /** Looks at the diary as of this instant instead of the clock: for examples and tests. */
  now?: Moment;
  /** What the clinic sets of the safety rules. */
  safety?: SafetySettings;
  /** What the portal says of help: its people, who looks at answers, who responds. */
  help?: HelpSettings;
  /**
   * Told, without detail, when an answer that was just recorded asks for the full crisis path. Only
   * once it resolves to `true`, within ten seconds, is the person told that the system has got it.
   */
  onCrisis?: CrisisListener;
  /** What the clinic sets of the reference tables: how far a row has to be checked, a pack of its own, and what
   * `reference.log()` gave before. */
  reference?: Omit<ReferenceSettings, "revoked"> & { revoked?: readonly Revocation[] };
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
  const problem = problemOf(options);
  if (problem) {
    // The core has the words for it.
    await startCore();
    throw problem();
  }
  const { store, file, zone, dayStart, audience, now, safety, reference, help, onCrisis } = options;
  const locale = options.locale ?? "en";
  const revoked = [...(reference?.revoked ?? [])];
  const tables = { ...reference, revoked: revoked.map((row) => row?.id) };
  let subject = options.subject ?? null;
  const engine = new LastingEngine(async () => {
    const [fresh] = await Promise.all([startEngine(), startCore()]);
    try {
      const session = {
        subject, locale, zone, dayStart, audience, now, safety, help, capabilities: options.capabilities,
        reference: tables, tellsPortal: onCrisis !== undefined,
      };
      await fresh.call("open", plainData(session));
      subject ??= (await fresh.call("subjectOf", file)) as string;
      await fill(fresh, store, subject);
      return fresh;
    } catch (error) {
      fresh.stop();
      throw error;
    }
  });
  try {
    const allowed = (await engine.call("capabilities")) as Capability[];
    const whose = subject as string | null ?? "";
    const diary = new Diary(engine, store, whose, locale, allowed, preferencesOf(whose), revoked, onCrisis);
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
        throw refusal("subject-mismatch", "subject", "api.other-subject");
      }
      if (typeof kept.schemaVersion !== "number") throw missing("schemaVersion")();
      await engine.call("expect", kept.count ?? 0);
      await addLines(engine, kept.lines, kept.schemaVersion);
    }
    const change = (await engine.call("finishOpening")) as Prepared | null;
    if (change) await store.commit(await batchOf(change, subject));
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

/** What is wrong with options that the core never sees; null when nothing is. */
function problemOf(options: OpenOptions): (() => DoselineError) | null {
  const { subject, store, file, reference, onCrisis } = (options ?? {}) as Partial<OpenOptions>;
  if (!subject && file === undefined) return missing("subject");
  if (!store) return missing("store");
  const parts: readonly unknown[] = [store.load, store.commit, store.clear];
  if (!parts.every((part) => typeof part === "function")) {
    return () => refusal("wrong-type", "store", "api.no-functions");
  }
  if (onCrisis !== undefined && typeof onCrisis !== "function") {
    return () => refusal("wrong-type", "onCrisis", "api.no-function");
  }
  const revoked: unknown = reference?.revoked;
  if (revoked === undefined || Array.isArray(revoked)) return null;
  return () => refusal("wrong-type", "reference.revoked", "api.no-list");
}

function missing(field: string): () => DoselineError {
  return () => refusal("missing-field", field, "api.missing");
}
