/**
 * Where a diary is kept. A *store* is the small adapter between a diary and whatever holds its
 * records: this browser's IndexedDB, memory, or a portal's own server.
 *
 * A record is one version of one entry in canonical JSON. Stores append records and never change
 * one; so two tabs, or two devices, cannot overwrite each other. Only erasing takes records away.
 */

/** One version of one entry. */
export interface StoredRecord {
  /** The entry's identifier. */
  readonly id: string;
  /** Unique among the versions of the entry. */
  readonly stamp: string;
  /** The version in canonical JSON, one line. */
  readonly json: string;
}

/** What one action changes. A store takes all of it or nothing. */
export interface Batch {
  /** Whose diary it is. */
  readonly subject: string;
  /**
   * The form of the records: a number that is kept beside them. It grows only with a batch that
   * erases and adds all of them anew. A store of a higher number rejects the batch with the code
   * `newer-version`: it comes from a page that was not reloaded since.
   */
  readonly schemaVersion: number;
  /** Entries whose every earlier record is taken away for good. */
  readonly erase: readonly string[];
  /** Records to add, after the erasing. */
  readonly add: readonly StoredRecord[];
}

/** What a store holds. */
export interface Kept {
  /** Whose diary it is; null while nothing was ever kept. */
  readonly subject: string | null;
  /** The form of the records, as the last batch named it; null while nothing was ever kept. */
  readonly schemaVersion: number | null;
  /** How many records there are, where the store knows: the core then takes memory but once. */
  readonly count?: number;
  /** The records' JSON lines, in any order and in pieces of any size. */
  readonly lines: Iterable<string> | AsyncIterable<string>;
}

/** The adapter that a portal can implement. */
export interface Store {
  /** Everything that is kept. */
  load(): Promise<Kept>;
  /** Keeps a batch; resolves only when it is safe, rejects when nothing of it was kept. */
  commit(batch: Batch): Promise<void>;
  /**
   * Calls back with each batch that another tab or device kept, a long one in parts, and with null
   * when everything was taken away there; returns how to stop.
   */
  follow?(heard: (batch: Batch | null) => void): () => void;
  /** Takes everything away. */
  clear(): Promise<void>;
  /** Lets go of what the store holds open. */
  close?(): void;
}
