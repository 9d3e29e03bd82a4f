import type { Draft, EntryId } from "#types";

/** What the parts of the element can do with the diary. Each resolves when it was kept. */
export interface Actions {
  record(draft: Draft): Promise<EntryId>;
  amend(id: EntryId, body: object): Promise<void>;
  undo(): Promise<void>;
}
