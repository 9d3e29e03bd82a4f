import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { type DoselineError, newerStore, refusal, storageError as failed } from "../error/error.js";
import type { Batch, Kept, Store, StoredRecord } from "./store.js";

interface Schema extends DBSchema {
  /** Key: identifier and stamp, so that every version has a place of its own. */
  records: { key: [string, string]; value: string };
  about: { key: "subject" | "schemaVersion"; value: string | number };
}

/** Records read, written and told to other tabs in one go; a piece is one task of the page. */
const READ = 1000;
const WRITTEN = 250;
const TOLD = 4000;

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

  /** The records in pieces; the next one is asked for while the reader is busy with the last. */
  async function* pieces(): AsyncGenerator<string> {
    const piece = (after: IDBKeyRange | null): Promise<string[]> => {
      const asked = attempt((db) => db.getAll("records", after, READ));
      // A reader that stops early does not hear of it.
      asked.catch(() => undefined);
      return asked;
    };
    let asked: Promise<string[]> | null = piece(null);
    while (asked) {
      const values: string[] = await asked;
      const last = values.at(-1);
      asked = null;
      if (last !== undefined && values.length === READ) {
        // A record names its key; asking for the keys too would take as long as for the records.
        const { id, stamp } = JSON.parse(last) as StoredRecord;
        asked = piece(IDBKeyRange.lowerBound([id, stamp], true));
      }
      if (values.length > 0) yield values.join("\n");
    }
  }

  return {
    async load(): Promise<Kept> {
      return attempt(async (db) => {
        const about = db.transaction("about").store;
        const [subject, version, count] = await Promise.all([
          about.get("subject"), about.get("schemaVersion"), db.count("records"),
        ]);
        return {
          count,
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
        // Where a step fails, the step says so.
        change.done.catch(() => undefined);
        await Promise.all([
          about.put(batch.subject, "subject"),
          about.put(batch.schemaVersion, "schemaVersion"),
        ]);
        for (const ids of piecesOf(batch.erase, WRITTEN)) {
          await Promise.all(ids.map((id) => records.delete(IDBKeyRange.bound([id], [id, []]))));
        }
        for (const piece of piecesOf(batch.add, WRITTEN)) {
          await Promise.all(piece.map(({ id, stamp, json }) => records.put(json, [id, stamp])));
        }
        await change.done;
      });
      for (const add of piecesOf(batch.add, TOLD)) channel?.postMessage({ ...batch, add });
    },

    follow(heard: (batch: Batch | null) => void): () => void {
      const hear = (event: MessageEvent<Batch | null>): void => heard(event.data);
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
      channel?.postMessage(null);
    },

    close(): void {
      channel?.close();
      void opened?.then((db) => db.close());
      opened = null;
    },
  };
}

/** A list cut into pieces, at least one. A transaction stays open from one to the next. */
function* piecesOf<T>(list: readonly T[], length: number): Generator<readonly T[]> {
  let start = 0;
  do yield list.slice(start, (start += length));
  while (start < list.length);
}

function storageError(cause: unknown): DoselineError {
  const isFull = cause instanceof DOMException && cause.name === "QuotaExceededError";
  return isFull ? refusal("storage-full", "", "api.no-room", { cause }) : failed(cause);
}
