import type {
  EntryId, EquivalenceTable, Leaflet, MedicineKind, MedicineMatch, ReferencePack, Revocation,
  SideEffectName,
} from "#types";
import { refusal } from "../error/error.js";

/** Asks the core, or refuses where the portal left a part out. */
export interface Asking {
  ask<T>(name: string, ...args: readonly unknown[]): Promise<T>;
  askEquivalents<T>(): Promise<T>;
  /** Asks what every later core has to hear as well. */
  lasting<T>(name: string, argument: unknown): Promise<T>;
  /** After what the core answers has changed. */
  tell(): void;
}

/** What is known: the reference tables that a diary is read with. */
export class Reference {
  readonly #asking: Asking;
  readonly #log: Revocation[];

  /** @internal */
  constructor(asking: Asking, log: Revocation[]) {
    this.#asking = asking;
    this.#log = log;
  }

  /** Version and dates of the tables. */
  version(): Promise<ReferencePack> {
    return this.#asking.ask("tables");
  }

  /** Medicines by name, brand, class or condition; forgives typing errors. */
  search(text: string): Promise<MedicineMatch[]> {
    return this.#asking.ask("searchMedicines", text);
  }

  /** The kinds of medicine that a person can name for one that is not listed: its `class`. */
  kinds(): Promise<MedicineKind[]> {
    return this.#asking.ask("medicineKinds");
  }

  /** The side effects that a person can notice, each by its plain name and what else it is called. */
  sideEffects(): Promise<SideEffectName[]> {
    return this.#asking.ask("sideEffectNames");
  }

  /**
   * The leaflet on a medicine of the diary, on a row of the tables (`sertraline`) or on a condition
   * (`condition-depression`); null where nothing is known.
   */
  leaflet(medicine: EntryId | string): Promise<Leaflet | null> {
    return this.#asking.ask("leaflet", medicine);
  }

  /** Published tables of equivalents, each under its own name: for clinicians, never a target. */
  equivalents(): Promise<EquivalenceTable[]> {
    return this.#asking.askEquivalents();
  }

  /**
   * Takes rows of the tables back, at once: what rests on them is said not to be checked. Gives those
   * that were not taken back before. The log is the portal's to keep, and to give back at the next
   * opening as `reference.revoked`.
   */
  async revoke(ids: readonly string[]): Promise<Revocation[]> {
    if (!Array.isArray(ids)) throw refusal("wrong-type", "ids", "api.no-list");
    const revoked = await this.#asking.lasting<Revocation[]>("revoke", { ids });
    this.#log.push(...revoked);
    if (revoked.length > 0) this.#asking.tell();
    return revoked;
  }

  /** Every row that was taken back, with the instant: in this diary's life, and what it was opened with. */
  async log(): Promise<Revocation[]> {
    return [...this.#log];
  }
}
