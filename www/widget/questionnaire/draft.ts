import type { Assessment, EntryId, InstrumentView } from "#types";
import type { Diary } from "../../api/index.js";

/** What was answered and not yet saved, and how far the person got. */
export interface Draft {
  /** An answer for each item, null where there is none. */
  readonly items: readonly (number | null)[];
  readonly difficulty: number | null;
  /** The step shown, from 0. */
  readonly step: number;
  /** What was kept before the person saved, because an answer of it matters by itself. */
  readonly early: Early | null;
}

/** Answers that were kept early: as which entry, once that is known, and what they were. */
export interface Early {
  readonly entry: Promise<EntryId>;
  readonly body: Assessment;
}

/**
 * Half-filled questionnaires, as long as the page and the diary are open. They are health data, so
 * that they stand neither in the preferences nor, but for answers that matter by themselves, in the
 * store before the person saves them.
 */
const drafts = new WeakMap<Diary, Map<string, Draft>>();

export function draftOf(diary: Diary, { instrument, items }: InstrumentView): Draft {
  const kept = drafts.get(diary)?.get(instrument);
  // Wording brought anew could have brought another number of items.
  if (kept?.items.length === items.length) return kept;
  return { items: items.map(() => null), difficulty: null, step: 0, early: null };
}

/** How many answers of a questionnaire wait to be saved, and whether some were kept early. */
export function answersIn(diary: Diary, instrument: string): { count: number; early: boolean } {
  const { items = [], early = null } = drafts.get(diary)?.get(instrument) ?? {};
  return { count: items.filter((answer) => answer !== null).length, early: early !== null };
}

/** Keeps a draft; null forgets it. */
export function keepDraft(diary: Diary, instrument: string, draft: Draft | null): void {
  const all = drafts.get(diary) ?? new Map<string, Draft>();
  drafts.set(diary, all);
  if (draft) all.set(instrument, draft);
  else all.delete(instrument);
}

/** Whether an item is asked: one that hangs on an earlier answer is not while that is known to be less. */
export function isAsked({ askedIf }: InstrumentView, items: Draft["items"], place: number): boolean {
  const gate = askedIf[place];
  const answer = gate ? items[gate[0] - 1] ?? null : null;
  return !gate || answer === null || answer >= gate[1];
}

/** Whether an answer to an item that matters by itself was given: help never waits for the rest. */
export function mattersAlready({ safetyItems }: InstrumentView, items: Draft["items"]): boolean {
  return safetyItems.some((number) => (items[number - 1] ?? 0) > 0);
}

/** The draft as it is recorded. */
export function assessmentOf({ instrument }: InstrumentView, { items, difficulty }: Draft): Assessment {
  const body: Assessment = { kind: "assessment", instrument, items: [...items] };
  const hasProblem = items.some((answer) => (answer ?? 0) > 0);
  if (difficulty !== null && hasProblem) body.difficulty = difficulty;
  return body;
}

/** One screen of a filling. */
export type Step = { is: "item"; place: number } | { is: "difficulty" } | { is: "end" };

/** The steps of a filling: the items that are asked, the question that is not scored, the end. */
export function stepsOf(view: InstrumentView, { items }: Draft): Step[] {
  const asked = items.flatMap((_, place): Step[] => (isAsked(view, items, place) ? [{ is: "item", place }] : []));
  // “If you had any of these problems, how difficult …”
  const hasProblem = items.some((answer) => (answer ?? 0) > 0);
  return [...asked, ...(view.difficulty && hasProblem ? [{ is: "difficulty" } as const] : []), { is: "end" }];
}
