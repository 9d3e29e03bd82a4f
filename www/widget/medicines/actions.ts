import type { Draft, EntryId, Flag, Leaflet, Medicine, MedicineKind, MedicineMatch, Step } from "#types";

/** What the parts of the element can do with the diary. Each resolves when it was kept. */
export interface Actions {
  record(draft: Draft): Promise<EntryId>;
  amend(id: EntryId, body: object): Promise<void>;
  remove(id: EntryId): Promise<void>;
  undo(): Promise<void>;
  /** What the safety rules say before it is recorded. */
  check(draft: Draft): Promise<Flag[]>;
  checkStart(step: Omit<Step & Draft, "medicine">, medicine: Medicine): Promise<Flag[]>;
  search(text: string): Promise<MedicineMatch[]>;
  kinds(): Promise<MedicineKind[]>;
  leaflet(medicine: EntryId): Promise<Leaflet | null>;
}
