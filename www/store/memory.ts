import { newerStore } from "../api/error.js";
import type { Batch, Kept, Store } from "./store.js";

/** A store that lives as long as the page: for examples, tests and where storage is denied. */
export function memoryStore(): Store {
  let subject: string | null = null;
  let schemaVersion: number | null = null;
  const kept = new Map<string, Map<string, string>>();
  return {
    async load(): Promise<Kept> {
      const lines = [...kept.values()].flatMap((versions) => [...versions.values()]);
      return { subject, schemaVersion, count: lines.length, lines };
    },
    async commit(batch: Batch): Promise<void> {
      if (batch.schemaVersion < (schemaVersion ?? 0)) throw newerStore();
      ({ subject, schemaVersion } = batch);
      for (const id of batch.erase) kept.delete(id);
      for (const { id, stamp, json } of batch.add) {
        const versions = kept.get(id) ?? new Map<string, string>();
        kept.set(id, versions.set(stamp, json));
      }
    },
    async clear(): Promise<void> {
      subject = schemaVersion = null;
      kept.clear();
    },
  };
}
