import { newerStore } from "../error/error.js";
import type { Batch, Kept, Store, StoredRecord } from "./store.js";

/** A store that lives as long as the page: for examples, tests and where storage is denied. */
export function memoryStore(): Store {
  let subject: string | null = null;
  let schemaVersion: number | null = null;
  let kept: StoredRecord[] = [];
  return {
    async load(): Promise<Kept> {
      // A record that was committed twice is one record.
      const lines = [...new Map(kept.map(({ id, stamp, json }) => [`${id} ${stamp}`, json])).values()];
      return { subject, schemaVersion, count: lines.length, lines };
    },
    async commit(batch: Batch): Promise<void> {
      if (batch.schemaVersion < (schemaVersion ?? 0)) throw newerStore();
      ({ subject, schemaVersion } = batch);
      const erased = new Set(batch.erase);
      if (erased.size > 0) kept = kept.filter(({ id }) => !erased.has(id));
      kept = kept.concat(batch.add);
    },
    async clear(): Promise<void> {
      subject = schemaVersion = null;
      kept = [];
    },
  };
}
