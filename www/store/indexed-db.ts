import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { DoselineError, newerStore } from "../api/error.js";
import type { Batch, Kept, Store } from "./store.js";

interface Schema extends DBSchema {
  /** Key: identifier and stamp, so that every version has a place of its own. */
  records: { key: [string, string]; value: string };
  about: { key: "subject" | "schemaVersion"; value: string | number };
}

/** Records read in one go; a piece is one task of the page. */
const PIECE = 1000;

/**
 * A store in this browser's IndexedDB.
 *
 * One action is one transaction, asked to be durable, and confirmed after it completed. A new
 * version of the database waits for nobody: an older tab closes its connection when asked.
 */
export function indexedDbStore(name: string): Store {
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(`doseline:${name}`) : null;
  let opened: Promise<IDBPDatabase<Schema>> | null = null;

  const database = (): Promise<IDBPDatabase<Schema>> => {
    opened ??= openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore("records");
        db.createObjectStore("about");
      },
      blocking() {
        void opened?.then((db) => db.close());
        opened = null;
      },
      terminated() {
        opened = null;
      },
    }).catch((cause: unknown) => {
      opened = null;
      throw storageError(cause);
    });
    return opened;
  };

  /** Runs an action, once more on a fresh connection when the browser has dropped this one. */
  const attempt = async <T>(action: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> => {
    try {
      return await action(await database());
    } catch (cause) {
      if (!(cause instanceof DOMException) || cause.name !== "InvalidStateError") throw storageError(cause);
      opened = null;
      return action(await database()).catch((again: unknown) => {
        throw storageError(again);
      });
    }
  };

  async function* pieces(): AsyncGenerator<string> {
    let range: IDBKeyRange | null = null;
    for (;;) {
      const [keys, values] = await attempt(async (db) => {
        const records = db.transaction("records").store;
        return Promise.all([records.getAllKeys(range, PIECE), records.getAll(range, PIECE)]);
      });
      if (values.length > 0) yield values.join("\n");
      const last = keys.at(-1);
      if (values.length < PIECE || !last) return;
      range = IDBKeyRange.lowerBound(last, true);
    }
  }

  return {
    async load(): Promise<Kept> {
      return attempt(async (db) => {
        const about = db.transaction("about").store;
        const [subject, version] = await Promise.all([about.get("subject"), about.get("schemaVersion")]);
        return {
          subject: typeof subject === "string" ? subject : null,
          schemaVersion: typeof version === "number" ? version : null,
          lines: pieces(),
        };
      });
    },

    async commit(batch: Batch): Promise<void> {
      await attempt(async (db) => {
        const change = db.transaction(["records", "about"], "readwrite", { durability: "strict" });
        const [records, about] = [change.objectStore("records"), change.objectStore("about")];
        const version = await about.get("schemaVersion");
        if (typeof version === "number" && batch.schemaVersion < version) {
          change.abort();
          await change.done.catch(() => undefined);
          throw newerStore();
        }
        const steps: Promise<unknown>[] = [
          about.put(batch.subject, "subject"),
          about.put(batch.schemaVersion, "schemaVersion"),
        ];
        for (const id of batch.erase) steps.push(records.delete(IDBKeyRange.bound([id], [id, []])));
        for (const { id, stamp, json } of batch.add) steps.push(records.put(json, [id, stamp]));
        await Promise.all([...steps, change.done]);
      });
      channel?.postMessage(batch);
    },

    follow(heard: (batch: Batch) => void): () => void {
      const hear = (event: MessageEvent<Batch>): void => heard(event.data);
      channel?.addEventListener("message", hear);
      return () => channel?.removeEventListener("message", hear);
    },

    async clear(): Promise<void> {
      await attempt(async (db) => {
        const change = db.transaction(["records", "about"], "readwrite", { durability: "strict" });
        await Promise.all([
          change.objectStore("records").clear(),
          change.objectStore("about").clear(),
          change.done,
        ]);
      });
    },

    close(): void {
      channel?.close();
      void opened?.then((db) => db.close());
      opened = null;
    },
  };
}

function storageError(cause: unknown): DoselineError {
  if (cause instanceof DoselineError) return cause;
  const full = cause instanceof DOMException && cause.name === "QuotaExceededError";
  return new DoselineError(
    full ? "storage-full" : "storage-failed",
    "",
    full
      ? "There is no room left in this browser, so nothing was saved. Please free some space."
      : "This browser could not save or read the diary. Nothing was changed.",
    { cause },
  );
}
