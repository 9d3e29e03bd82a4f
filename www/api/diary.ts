import type {
  Adherence, Amendment, Associations, Capability, Concern, ConcernOptions, Conflict, CsvMapping, DoseResponse, Draft,
  Entry, EntryFilter, EntryId, Exposure, FairTrial, Flag, Flags, Help, ImportResult, InstrumentView, ItemStrip, Journey,
  LagStrip, Medicine, MedicineView, Outcome, Questionnaires, RelapseWatch, Revocation, Score, SideEffects, Step,
  Timeline, TimelineOptions, Today, TreatmentResponse, TrialDesign, TrialDesignOptions, VisitBrief, VisitOptions,
} from "#types";
import { closed, refusal, storageError } from "../error/error.js";
import type { Batch, Store } from "../store/store.js";
import { acknowledged, type CrisisListener } from "./crisis.js";
import { hasFailed, type LastingEngine } from "./engine.js";
import { textOf } from "./file.js";
import { plainData } from "./plain.js";
import type { Preferences } from "./preferences.js";
import { batchOf, linesIn, type Prepared } from "./prepared.js";
import { Reference } from "./reference.js";
import { type VisitReport, visitReport } from "./visit.js";

/** One version of an entry: what `undo` and `redo` take back. */
interface Change {
  readonly id: EntryId;
  readonly stamp: string;
}

/**
 * One person's diary, open. Every method returns a Promise; a change resolves when the store has
 * kept it. Fires `change` after each change, its own or another tab's, and `acknowledged` when the
 * portal's system has got a crisis event.
 */
export class Diary extends EventTarget {
  readonly #engine: LastingEngine;
  readonly #store: Store;
  readonly #capabilities: ReadonlySet<Capability>;
  /** What was changed here and not undone, the last change last: what `undo` takes back. */
  #changed: Change[] = [];
  /** The undoings since the last change: what `redo` takes back. */
  #undone: Change[] = [];
  /** Changes are made one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #unfollow: (() => void) | undefined;
  readonly #onCrisis: CrisisListener | undefined;
  /** Key of the flag whose event the portal's system has got. */
  #acknowledged: string | null = null;
  #closed = false;
  /** What is known: the tables that the diary is read with. */
  readonly reference: Reference;

  /** @internal */
  constructor(
    engine: LastingEngine,
    store: Store,
    /** Whose diary it is. */
    readonly subject: string,
    /** The language of its sentences, a BCP 47 tag. */
    readonly locale: string,
    capabilities: readonly Capability[],
    /** Small settings of this browser, such as the outcomes last looked at. */
    readonly preferences: Preferences,
    revoked: Revocation[],
    onCrisis?: CrisisListener,
  ) {
    super();
    this.#engine = engine;
    this.#store = store;
    this.#capabilities = new Set(capabilities);
    this.#onCrisis = onCrisis;
    this.reference = new Reference({
      ask: (name, ...args) => this.#ask(name, ...args),
      lasting: (name, argument) => this.#lasting(name, argument),
      askEquivalents: () => this.#analyse("equivalents", "equivalents"),
      tell: () => this.#tell(),
    }, revoked);
    this.#unfollow = store.follow?.((batch) => void this.#hear(batch));
  }

  /** Records an entry and returns it. */
  record(draft: Draft): Promise<Entry> {
    return this.#change("prepareRecord", [draft]);
  }

  /**
   * Gives an entry a new body; its kind, and where not given its day and instant, stay. An entry as
   * it was read, changed or not, is a body too: amending with a version of a conflict settles it.
   */
  amend(id: EntryId, body: Amendment | Entry): Promise<Entry> {
    return this.#change("prepareAmend", [id, bodyOf(body)]);
  }

  /** Removes an entry; `undo` brings it back. */
  async remove(id: EntryId): Promise<void> {
    await this.#change("prepareRemove", [id]);
  }

  /** Erases an entry for good: its content, its history, in memory, in the store and in exports. */
  erase(id: EntryId): Promise<void> {
    return this.#inTurn(async () => {
      await this.#make("prepareErase", [id]);
      const others = (change: Change): boolean => change.id !== id;
      this.#changed = this.#changed.filter(others);
      this.#undone = this.#undone.filter(others);
    });
  }

  /**
   * Takes back the last change made here that was not undone, and returns its entry's identifier;
   * null without one. Erasing and importing cannot be undone.
   */
  undo(): Promise<EntryId | null> {
    return this.#inTurn(() => this.#takeBack(this.#changed, this.#undone));
  }

  /** Takes back the last undoing since the last change; null without one. */
  redo(): Promise<EntryId | null> {
    return this.#inTurn(() => this.#takeBack(this.#undone, this.#changed));
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

  /** What was recorded of the doses that were due, per medicine; with an outcome beside the gaps. */
  adherence(
    options: { medicine: EntryId; from?: string; to?: string; outcome?: string },
  ): Promise<Adherence> {
    return this.#analyse("adherence", "adherence", options);
  }

  /** The level of a medicine by a model: of the doses taken, with the tables' half-life. */
  exposure(options: { medicine: EntryId; from?: string; to?: string }): Promise<Exposure> {
    return this.#analyse("exposure", "exposure", options);
  }

  /** The side effects beside a medicine: after which step, on which dose, and after its end. */
  sideEffects(options: { medicine: EntryId }): Promise<SideEffects> {
    return this.#analyse("side-effects", "sideEffects", options);
  }

  /** Response, remission and relapse on an instrument since a medicine's start. */
  treatmentResponse(options: { medicine: EntryId; instrument: string }): Promise<TreatmentResponse> {
    return this.#analyse("treatment-response", "treatmentResponse", options);
  }

  /** Which answers of a questionnaire moved between phases of the regimen. */
  itemStrip(options: { instrument: string }): Promise<ItemStrip> {
    return this.#analyse("item-strip", "itemStrip", options);
  }

  /** The goals that were set at steps, and whether they were reached by their review. */
  fairTrials(): Promise<FairTrial[]> {
    return this.#analyse("fair-trial", "fairTrials");
  }

  /** Whether an outcome has left the level it had while the person was well. */
  relapseWatch(): Promise<RelapseWatch> {
    return this.#analyse("relapse-watch", "relapseWatch");
  }

  /** Which recorded things go together with which ratings, and whether that held up on later days. */
  associations(): Promise<Associations> {
    return this.#analyse("association", "associations");
  }

  /** The answer to a dose at each assumed lag of nought to eight weeks. */
  lagStrip(options: { medicine: EntryId; outcome: string }): Promise<LagStrip> {
    return this.#analyse("lag", "lagStrip", options);
  }

  /** How many days a trial with planned switches would take: for clinicians, where it was switched on. */
  trialDesign(options: TrialDesignOptions): Promise<TrialDesign> {
    return this.#analyse("trial-design", "trialDesign", options);
  }

  /** What there is to do today. */
  today(): Promise<Today> {
    return this.#ask("today");
  }

  /** Where each medicine stands on its way, what usually comes next, and what falls due. */
  journey(): Promise<Journey> {
    return this.#ask("journey");
  }

  /**
   * The brief for a visit: medicines, changes, scores, doses, side effects, past medicines, what is worth
   * asking about, and the person's own questions and goals. Notes, substances, sexual effects, the cycle and
   * trauma stay out until they are ticked.
   */
  async visitReport(options: VisitOptions = {}): Promise<VisitReport> {
    return visitReport(await this.#ask<VisitBrief>("visitReport", plainData(options)));
  }

  /**
   * "This isn't working", "I can't stand this effect", "I want to stop": whom to contact and how soon,
   * what stopping all at once is like, and four lines to hand over.
   */
  concern(options: ConcernOptions): Promise<Concern> {
    return this.#ask("concern", plainData(options));
  }

  /**
   * What the safety rules say today, the most severe first. Flags that were set aside (a `dismissal`
   * entry) are shown to clinicians only.
   */
  flags(): Promise<Flags> {
    return this.#ask("flags");
  }

  /**
   * What stands behind “Need help now”: the person's own plan first. Notes are looked at, here and
   * nowhere else, only while the preference `read-notes` is `yes`.
   */
  help(): Promise<Help> {
    const readsNotes = this.preferences.get("read-notes") === "yes";
    return this.#ask("help", { acknowledged: this.#acknowledged, readsNotes });
  }

  /**
   * What the safety rules would say of a draft, before it is recorded. It never blocks recording. The
   * step of a medicine that is not recorded yet is asked with that medicine beside it.
   */
  check(draft: Draft): Promise<Flag[]>;
  check(draft: Omit<Step & Draft, "medicine">, medicine: Medicine): Promise<Flag[]>;
  check(draft: object, medicine?: Medicine): Promise<Flag[]> {
    return this.#ask("check", plainData(draft), plainData(medicine));
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

  /**
   * Takes in the wording of an instrument whose wording needs permission, from whoever holds it: a FHIR R4
   * `Questionnaire`. It is not kept in the store: add it each time the diary is opened. It takes the place
   * of earlier wording of the same instrument.
   */
  async addInstrument(questionnaire: object): Promise<InstrumentView> {
    const view = await this.#lasting<InstrumentView>("addInstrument", questionnaire);
    this.#tell();
    return view;
  }

  /** What can be filled in, what is suggested for a condition, and when each is due. */
  questionnaires(): Promise<Questionnaires> {
    return this.#ask("questionnaires");
  }

  /** What a filled questionnaire comes to: the total, its published range, what they can say and what not. */
  score(id: EntryId): Promise<Score> {
    return this.#ask("score", id);
  }

  /**
   * Reads a file in: a Doseline diary of the same subject, or a CSV file with a mapping of its
   * columns, which is the name of a shipped one or one of your own. All of it is taken, or nothing.
   */
  async importFile(file: Blob | string, mapping?: string | CsvMapping): Promise<ImportResult> {
    // As it is now, whatever the caller does with it while the file is read.
    const columns = plainData(mapping, "mapping");
    const text = file instanceof Blob ? await textOf(file) : file;
    return this.#inTurn(async () => {
      const name = columns === undefined ? "prepareFile" : "prepareCsv";
      const { result, change } = await this.#ask<{ result: ImportResult; change: Prepared }>(
        name, text, columns,
      );
      if (change.records !== "") await this.#keep(change);
      return result;
    });
  }

  /**
   * The whole diary, lossless, as JSON; or what falls due as an iCalendar file with alarms. Titles of a
   * calendar name no medicine and no condition; with `detail` its events tell more.
   */
  export(format: "json"): Promise<string>;
  export(format: "ics", options?: { detail?: boolean }): Promise<string>;
  export(format: "json" | "ics", options: { detail?: boolean } = {}): Promise<string> {
    switch (format) {
      case "json":
        return this.#ask("toJson");
      case "ics":
        return this.#ask("toCalendar", plainData(options));
      default:
        return Promise.reject(refusal("unknown-value", "format", "api.no-format"));
    }
  }

  /** Takes the whole diary away, from memory and from the store. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stored(() => this.#store.clear());
      await this.#forget();
      this.#tell();
    });
  }

  /** Lets go of the engine and the store. */
  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#inTurn(async () => {
      this.#closed = true;
    });
    this.#unfollow?.();
    this.#engine.stop();
    this.#store.close?.();
  }

  async #change(name: string, args: readonly unknown[]): Promise<Entry> {
    // Copied now: what the caller does with its object while others are being kept does not count.
    const plain = args.map((argument) => plainData(argument));
    return this.#inTurn(async () => {
      const change = await this.#make(name, plain);
      this.#changed.push(change);
      this.#undone = [];
      const entry = await this.#ask<Entry>("entry", change.id);
      // Whoever recorded it does not wait for the portal.
      if (entry?.kind === "assessment") void this.#tellPortal(entry.id).catch(() => undefined);
      return entry;
    });
  }

  /** Tells the portal, where it asked for that, of the full crisis path that an entry asks for. */
  async #tellPortal(entry: EntryId): Promise<void> {
    if (!this.#onCrisis) return;
    const { crisis } = await this.help();
    if (crisis?.severity !== "urgent-help" || !crisis.entries.includes(entry)) return;
    if (!(await acknowledged(this.#onCrisis, { subject: this.subject })) || this.#closed) return;
    this.#acknowledged = crisis.key;
    this.dispatchEvent(new Event("acknowledged"));
  }

  async #takeBack(from: Change[], to: Change[]): Promise<EntryId | null> {
    const change = from.at(-1);
    if (!change) return null;
    to.push(await this.#make("prepareUndo", [change.id, change.stamp]));
    from.pop();
    return change.id;
  }

  /** Makes the change that a function of the session prepares. */
  async #make(name: string, args: readonly unknown[]): Promise<Change> {
    const prepared = await this.#ask<Prepared>(name, ...args);
    await this.#keep(prepared);
    const [[id], [stamp]] = [linesIn(prepared.ids), linesIn(prepared.stamps)] as [[EntryId], [string]];
    return { id, stamp };
  }

  /** First the store, then memory: what is shown as recorded has been kept. */
  async #keep(change: Prepared): Promise<void> {
    const batch = await batchOf(change, this.subject);
    await this.#stored(() => this.#store.commit(batch));
    await this.#again("merge", change.records, change.schemaVersion);
    this.#tell();
  }

  /** Takes in what another tab or device has kept, or forgets what was taken away there. */
  async #hear(batch: Batch | null): Promise<void> {
    if (batch !== null && batch.subject !== this.subject) return;
    try {
      if (batch === null) await this.#forget();
      else await this.#again("merge", linesOf(batch), batch.schemaVersion);
      this.#tell();
    } catch {
      // Closed by now, or written by a newer page: the store has it for the next opening.
    }
  }

  async #forget(): Promise<void> {
    await this.#again("clear");
    this.#changed = [];
    this.#undone = [];
  }

  async #stored<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (cause) {
      throw storageError(cause);
    }
  }

  /** Asks once more where the engine gave way: what the store holds already must reach memory. */
  async #again(name: string, ...args: readonly unknown[]): Promise<void> {
    try {
      await this.#ask(name, ...args);
    } catch (error) {
      if (!hasFailed(error)) throw error;
      await this.#ask(name, ...args);
    }
  }

  #tell(): void {
    this.dispatchEvent(new Event("change"));
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const open = (): Promise<T> => (this.#closed ? Promise.reject(closed()) : action());
    const turn = this.#queue.then(open, open);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Refuses here what the core would refuse: a build has no function for a part that it left out. */
  #analyse<T>(capability: Capability, name: string, ...options: readonly unknown[]): Promise<T> {
    if (this.#capabilities.has(capability)) return this.#ask(name, ...options);
    return Promise.reject(refusal("not-available", capability, "error.not-available"));
  }

  /** Asks what every later engine has to hear as well. */
  #lasting<T>(name: string, argument: unknown): Promise<T> {
    if (this.#closed) return Promise.reject(closed());
    return this.#engine.lasting(name, argument) as Promise<T>;
  }

  #ask<T>(name: string, ...args: readonly unknown[]): Promise<T> {
    if (this.#closed) return Promise.reject(closed());
    return this.#engine.call(name, ...args) as Promise<T>;
  }
}

/** What an entry as it was read says, without how it was kept. */
function bodyOf(body: Amendment | Entry): unknown {
  if (typeof body !== "object" || body === null || !("stamp" in body)) return body;
  const { id: _id, stamp: _stamp, recordedAt: _at, daysLate: _late, replaces: _replaces, ...said } = body;
  return said;
}

function linesOf(batch: Batch): string {
  return batch.add.map((record) => record.json).join("\n");
}
