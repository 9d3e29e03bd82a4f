import { breathe } from "#core";
import type { EntryId } from "#types";
import type { Batch, StoredRecord } from "../store/store.js";

/**
 * What the core gives back for a change that is checked but not yet made. Its lists are texts of one
 * item a line: those of ten years cross from a worker in a few milliseconds, where a list of objects
 * would hold the page up.
 */
export interface Prepared {
  readonly schemaVersion: number;
  /** The entry that is changed; null where nothing is. */
  readonly id: EntryId | null;
  /** Entries whose earlier versions go. */
  readonly erase: string;
  /** Of each version to add: its entry, its stamp and its record. */
  readonly ids: string;
  readonly stamps: string;
  readonly records: string;
}

/** Records that are made in one task of the page. */
const PIECE = 4000;

/** A change as a store takes it. The core must have been started on this thread. */
export async function batchOf(change: Prepared, subject: string): Promise<Batch> {
  const [ids, stamps, records] = [change.ids, change.stamps, change.records].map(linesIn) as [
    string[], string[], string[],
  ];
  const add: StoredRecord[] = [];
  for (const [place, json] of records.entries()) {
    if (place > 0 && place % PIECE === 0) await breathe();
    add.push({ id: ids[place] as string, stamp: stamps[place] as string, json });
  }
  return { subject, schemaVersion: change.schemaVersion, erase: linesIn(change.erase), add };
}

/** The lines of a text, each of which ends with a line break. */
export function linesIn(text: string): string[] {
  return text.split("\n").slice(0, -1);
}
