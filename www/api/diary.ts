import type {
  Adherence, Body, Capability, Conflict, DoseResponse, Draft, Entry, EntryFilter, EntryId, ImportResult,
  InstrumentView, MedicineMatch, MedicineView, Outcome, Timeline, TimelineOptions, Today,
  TreatmentResponse,
} from "#types";
import type { Batch, Store, StoredRecord } from "../store/store.js";
import type { Engine } from "./engine.js";
import { DoselineError } from "./error.js";
import { textOf } from "./file.js";
import type { Preferences } from "./preferences.js";

/** What the core gives back for a change that is checked but not yet made. */
interface Prepared {
  readonly id: EntryId;
  readonly erase: readonly EntryId[];
  readonly add: readonly StoredRecord[];
}

/**
 * One person's diary, open. Every method returns a Promise; a change resolves when the store has
 * kept it. Fires `change` after each change, its own or another tab's.
 */
export class Diary extends EventTarget {
  readonly #engine: Engine;
  readonly #store: Store;
  readonly #capabilities: ReadonlySet<Capability>;
  /** Entries changed here, the last one last: what `undo` takes back. */
  readonly #changed: EntryId[] = [];
  /** Changes are made one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #unfollow: (() => void) | undefined;
  #closed = false;

  /** @internal */
  constructor(
    engine: Engine,
    store: Store,
    /** Whose diary it is. */
    readonly subject: string,
    /** The language of its sentences, a BCP 47 tag. */
    readonly locale: string,
    capabilities: readonly Capability[],
    /** Small settings of this browser, such as the outcomes last looked at. */
    readonly preferences: Preferences,
  ) {
    super();
    this.#engine = engine;
    this.#store = store;
    this.#capabilities = new Set(capabilities);
    this.#unfollow = store.follow?.((lines) => void this.#take(lines));
  }

  /** Records an entry and returns it. */
  record(draft: Draft): Promise<Entry> {
    return this.#change("prepareRecord", [draft]);
  }

  /** Gives an entry a new body; its kind, and where not given its day and instant, stay. */
  amend(id: EntryId, body: Partial<Pick<Body, "kind">> & Omit<Draft, "kind">): Promise<Entry> {
    return this.#change("prepareAmend", [id, body]);
  }

  /** Removes an entry; `undo` brings it back. */
  async remove(id: EntryId): Promise<void> {
    await this.#change("prepareRemove", [id]);
  }

  /** Erases an entry for good: its content, its history, in memory, in the store and in exports. */
  async erase(id: EntryId): Promise<void> {
    await this.#change("prepareErase", [id]);
    for (let place = this.#changed.length - 1; place >= 0; place -= 1) {
      if (this.#changed[place] === id) this.#changed.splice(place, 1);
    }
  }

  /** Takes back the last change made here and returns its entry's identifier, null without one. */
  async undo(): Promise<EntryId | null> {
    const id = this.#changed.at(-1);
    if (id === undefined) return null;
    await this.#change("prepareUndo", [id]);
    this.#changed.splice(-2);
    return id;
  }

  /** Entries as they now read, by day and time. */
  entries(filter: EntryFilter = {}): Promise<Entry[]> {
    return this.#ask("entries", filter);
  }

  /** Entries that two devices edited without knowing of each other. */
  conflicts(): Promise<Conflict[]> {
    return this.#ask("conflicts");
  }

  /** Everything the timeline draws. */
  timeline(options: TimelineOptions = {}): Promise<Timeline> {
    return this.#analyse("timeline", "timeline", options);
  }

  /** The dose card of a medicine and an outcome. */
  doseResponse(options: { medicine: EntryId; outcome: string }): Promise<DoseResponse> {
    return this.#analyse("dose-response", "doseResponse", options);
  }

  /** What was recorded of the doses that were due, per medicine. */
  adherence(options: { medicine: EntryId; from?: string; to?: string }): Promise<Adherence> {
    return this.#analyse("adherence", "adherence", options);
  }

  /** Response, remission and relapse on an instrument since a medicine's start. */
  treatmentResponse(options: { medicine: EntryId; instrument: string }): Promise<TreatmentResponse> {
    return this.#analyse("treatment-response", "treatmentResponse", options);
  }

  /** What there is to do today. */
  today(): Promise<Today> {
    return this.#ask("today");
  }

  /** The outcomes that can be rated or looked at. */
  outcomes(): Promise<Outcome[]> {
    return this.#ask("outcomes");
  }

  /** The diary's medicines with what is prescribed now. */
  medicines(): Promise<MedicineView[]> {
    return this.#ask("medicines");
  }

  /** The instruments whose words may be shown. */
  instruments(): Promise<InstrumentView[]> {
    return this.#ask("instruments");
  }

  /** Medicines of the reference tables by name, brand or class; forgives typing errors. */
  searchMedicines(text: string): Promise<MedicineMatch[]> {
    return this.#ask("searchMedicines", text);
  }

  /**
   * Reads a file in: a Doseline diary of the same subject, or a CSV file with the name of a
   * shipped column preset. All of it is taken, or nothing.
   */
  async importFile(file: Blob | string, preset?: string): Promise<ImportResult> {
    const text = typeof file === "string" ? file : await textOf(file);
    return this.#inTurn(async () => {
      const name = preset === undefined ? "prepareFile" : "prepareCsv";
      const { result, erase } = await this.#ask<{ result: ImportResult; erase: EntryId[] }>(
        name, text, preset,
      );
      const add: StoredRecord[] = [];
      for (;;) {
        const piece = await this.#ask<StoredRecord[]>("nextImported");
        if (piece.length === 0) break;
        add.push(...piece);
      }
      if (add.length > 0) await this.#store.commit({ subject: this.subject, erase, add });
      await this.#ask("mergeImported");
      this.#tell();
      return result;
    });
  }

  /** The whole diary, lossless. */
  export(format: "json"): Promise<string> {
    if (format !== "json") {
      return Promise.reject(new DoselineError("unknown-value", "format", "This format is not known."));
    }
    return this.#ask("toJson");
  }

  /** Takes the whole diary away, from memory and from the store. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#store.clear();
      await this.#ask("clear");
      this.#changed.length = 0;
      this.#tell();
    });
  }

  /** Lets go of the engine and the store. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unfollow?.();
    await this.#queue.catch(() => undefined);
    this.#engine.stop();
    this.#store.close?.();
  }

  #change(name: string, args: readonly unknown[]): Promise<Entry> {
    return this.#inTurn(async () => {
      const prepared = await this.#ask<Prepared>(name, ...args);
      await this.#keep(prepared);
      this.#changed.push(prepared.id);
      return this.#ask<Entry>("entry", prepared.id);
    });
  }

  /** First the store, then memory: what is shown as recorded has been kept. */
  async #keep({ erase, add }: Omit<Prepared, "id">): Promise<void> {
    const batch: Batch = { subject: this.subject, erase, add };
    if (add.length > 0) await this.#store.commit(batch);
    await this.#take(add.map((record) => record.json).join("\n"));
  }

  async #take(lines: string): Promise<void> {
    await this.#ask("merge", lines);
    this.#tell();
  }

  #tell(): void {
    this.dispatchEvent(new Event("change"));
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(action, action);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #analyse<T>(capability: Capability, name: string, options: unknown): Promise<T> {
    if (this.#capabilities.has(capability)) return this.#ask(name, options);
    const message = "This part is switched off here.";
    return Promise.reject(new DoselineError("not-available", capability, message));
  }

  #ask<T>(name: string, ...args: readonly unknown[]): Promise<T> {
    if (this.#closed) return Promise.reject(new DoselineError("closed", "", "This diary is closed."));
    return this.#engine.call(name, ...args) as Promise<T>;
  }
}
