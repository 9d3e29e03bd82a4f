import type { Amendment, Draft, Entry, EntryId, Flag, Leaflet, Medicine, MedicineKind, MedicineMatch, Step } from "#types";
import type { Diary } from "../../api/index.js";

/** What the parts of the element can do with the diary. Each resolves when it was kept. */
export interface Actions {
  record(draft: Draft): Promise<EntryId>;
  amend(id: EntryId, body: Amendment | Entry): Promise<void>;
  remove(id: EntryId): Promise<void>;
  undo(): Promise<void>;
  /** What the safety rules say before it is recorded. */
  check(draft: Draft): Promise<Flag[]>;
  checkStart(step: Omit<Step & Draft, "medicine">, medicine: Medicine): Promise<Flag[]>;
  search(text: string): Promise<MedicineMatch[]>;
  kinds(): Promise<MedicineKind[]>;
  leaflet(medicine: EntryId): Promise<Leaflet | null>;
}

/** What can be done with a diary; `tell` hears of each entry. */
export function actionsOf(diary: Diary, tell: (id: EntryId) => void): Actions {
  return {
    record: async (draft) => {
      const { id } = await diary.record(draft);
      tell(id);
      return id;
    },
    amend: async (id, body) => tell((await diary.amend(id, body)).id),
    remove: async (id) => {
      await diary.remove(id);
      tell(id);
    },
    undo: async () => {
      const id = await diary.undo();
      if (id) tell(id);
    },
    check: (draft) => diary.check(draft),
    checkStart: (step, medicine) => diary.check(step, medicine),
    search: (text) => diary.reference.search(text),
    kinds: () => diary.reference.kinds(),
    leaflet: (medicine) => diary.reference.leaflet(medicine),
  };
}
