import type { ComponentChild, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type {
  Concern, ConcernOptions, Draft, EntryId, MedicineMatch, MedicineView, SideEffect, VisitOptions,
} from "#types";
import type { Diary, VisitReport } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { Brief } from "./brief.js";
import { ConcernForm } from "./concern.js";
import { Prepare } from "./prepare.js";
import { visitStyles } from "./styles.js";

/** A side effect that goes on. */
export interface Effect extends SideEffect {
  id: EntryId;
}

interface Data {
  /** Null where the concern alone is shown. */
  report: VisitReport | null;
  /** The medicines that were ever taken. */
  begun: MedicineView[];
  effects: Effect[];
}

/** What the parts of the element can do with the diary. */
export interface Actions {
  record(draft: Draft): Promise<EntryId>;
  undo(): Promise<void>;
  ask(options: ConcernOptions): Promise<Concern>;
  search(text: string): Promise<MedicineMatch[]>;
}

/**
 * `<doseline-visit>`: the brief for a visit, what to add to it, and the way to someone when a medicine
 * does not help, an effect is hard to bear or the person wants to stop.
 *
 * @attr show - `concern` for that way alone, hidden while there is no medicine
 * @fires doseline-entry - after something was kept
 */
export class DoselineVisit extends DoselineElement<Data> {
  static override observedAttributes = [...DoselineElement.observedAttributes, "show"];

  /** What the brief is asked for; the person's choice. */
  #options: VisitOptions = {};

  constructor() {
    super(visitStyles);
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Data> {
    const [report, medicines, noted] = await Promise.all([
      this.getAttribute("show") === "concern" ? null : diary.visitReport(this.#options), diary.medicines(), diary.entries({ kind: "side-effect" }),
    ]);
    const effects = noted.flatMap((entry) =>
      entry.kind === "side-effect" && entry.end === undefined ? [entry] : []);
    const begun = medicines.filter(({ state }) => state !== "not-started");
    if (!report) this.hidden = begun.length === 0;
    return { report, begun, effects };
  }

  /** @internal */
  protected view({ report, begun, effects }: Data, diary: Diary): ComponentChild {
    if (!report) return <ConcernAlone begun={begun} effects={effects} ask={(options) => diary.concern(options)} />;
    const actions: Actions = {
      record: async (draft) => {
        const { id } = await diary.record(draft);
        this.dispatchEvent(new DoselineEntryEvent(id));
        return id;
      },
      undo: async () => {
        const id = await diary.undo();
        if (id) this.dispatchEvent(new DoselineEntryEvent(id));
      },
      ask: (options) => diary.concern(options),
      search: (text) => diary.reference.search(text),
    };
    const choose = (options: VisitOptions): void => {
      this.#options = options;
      void this.refresh();
    };
    return (
      <VisitView
        report={report} begun={begun} effects={effects} options={this.#options} choose={choose}
        actions={actions}
      />
    );
  }
}

interface Props {
  report: VisitReport;
  begun: readonly MedicineView[];
  effects: readonly Effect[];
  options: VisitOptions;
  choose(options: VisitOptions): void;
  actions: Actions;
}

function VisitView({ report, begun, effects, options, choose, actions }: Props): JSX.Element {
  const [open, setOpen] = useState<"concern" | "prepare" | null>(null);
  const [said, setSaid] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  const close = (kept: boolean): void => {
    setOpen(null);
    setSaid(kept);
    head.current?.focus();
  };
  return (
    <div class="panel" part="panel">
      <h2 class="screen-only" tabIndex={-1} ref={head}>For a visit</h2>
      <div role="status" class="screen-only">{said && <p class="finding">Saved. It is in the brief below.</p>}</div>
      {open === null && (
        <div class="buttons screen-only">
          {begun.length > 0 && (
            <button class="button" onClick={() => setOpen("concern")}>Something is not right</button>
          )}
          <button class="button" onClick={() => setOpen("prepare")}>Add to the brief</button>
        </div>
      )}
      {open === "concern" && (
        <ConcernForm medicines={begun} effects={effects} ask={actions.ask} onClose={() => close(false)} />
      )}
      {open === "prepare" && (
        <Prepare today={report.day} actions={actions} onKept={() => close(true)} onClose={() => close(false)} />
      )}
      <Brief report={report} options={options} choose={choose} />
    </div>
  );
}

/** The way to someone by itself, as it stands at the foot of a day. */
function ConcernAlone({ begun, effects, ask }: {
  begun: readonly MedicineView[]; effects: readonly Effect[]; ask: Actions["ask"];
}): JSX.Element {
  const [open, setOpen] = useState(false);
  /** Whether the form was left: then the button has the focus again. */
  const left = useRef(false);
  return (
    <div class="panel screen-only" part="panel">
      {open ? (
        <ConcernForm
          medicines={begun} effects={effects} ask={ask}
          onClose={() => {
            left.current = true;
            setOpen(false);
          }}
        />
      ) : (
        <button
          class="button" onClick={() => setOpen(true)}
          ref={(button) => {
            if (button && left.current) button.focus();
            left.current = false;
          }}
        >
          This isn't working for me
        </button>
      )}
    </div>
  );
}
