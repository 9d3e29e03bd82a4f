/** `<doseline-trials>`: how each medicine went, by its scores and the side effects in its time. */
import type {
  MedicineView, SideEffects, TreatmentResponse, TrialDesign, TrialDesignOptions, TrialQuestion,
} from "#types";
import type { ComponentChild } from "preact";
import { type Diary, isDoselineError } from "../../api/index.js";
import chartStyles from "../chart/chart.css";
import { withDailyDose } from "../chart/choice.js";
import { printAlone } from "../chart/print.js";
import { DoselineElement } from "../element.js";
import { answered, offered } from "../offered.js";
import { styles } from "../theme.js";
import { usualLanes } from "../timeline/picker.js";
import { TrialsView } from "./view.js";

/** One medicine with all that is said of its time. */
export interface Trial {
  medicine: MedicineView;
  /** By instrument, those with most scores first. */
  responses: TreatmentResponse[];
  effects: SideEffects["effects"];
  /** Whose doses the effects stand beside, where the medicine holds several ingredients. */
  follows: string | null;
  /** Null where no design is offered, as to a patient. */
  design: Design | null;
}

/** The design of a trial, why there is none, or that it waits for the change that matters. */
export type Design = TrialDesign | { refused: string } | "waits";

/** What a clinician has chosen for the designs of all medicines. */
export interface Asked {
  question: TrialQuestion;
  /** The smallest change of the outcome that matters; null until it is chosen. */
  points: number | null;
}

let sheet: CSSStyleSheet | undefined;

/**
 * Hidden where neither the response nor side effects are offered, and while no medicine was begun.
 *
 * @csspart panel, finding, table, button
 */
export class DoselineTrials extends DoselineElement<Trial[]> {
  #asked: Asked = { question: "with-or-without", points: null };

  constructor() {
    super((sheet ??= styles(chartStyles)));
  }

  /** @internal */
  protected override async load(diary: Diary): Promise<Trial[]> {
    const [begun, outcomes] = await Promise.all([withDailyDose(diary), diary.outcomes()]);
    const instruments = outcomes
      .filter(({ source, count }) => source === "assessment" && count > 0)
      .sort((one, other) => other.count - one.count);
    const daily = usualLanes(outcomes.filter(({ source }) => source !== "assessment"))[0];
    const { question, points } = this.#asked;
    const asked = points === null ? { question } : { question, points };
    let isOffered = false;
    const trials = await Promise.all(begun.map(async (view): Promise<Trial> => {
      const { medicine } = view;
      const [effects, design, ...responses] = await Promise.all([
        offered(diary.sideEffects({ medicine })),
        daily ? designOf(diary, { medicine, outcome: daily, ...asked }) : null,
        ...instruments.map(({ outcome }) =>
          offered(answered(diary.treatmentResponse({ medicine, instrument: outcome })))),
      ]);
      isOffered ||= effects !== null || responses.some((response) => response !== null);
      const told = responses.flatMap((response) => response ?? []);
      const { effects: beside = [], follows = null } = effects ?? {};
      return { medicine: view, responses: told, effects: beside, follows, design };
    }));
    this.hidden = !isOffered;
    return trials;
  }

  /** @internal */
  protected override view(trials: Trial[], diary: Diary): ComponentChild {
    return (
      <TrialsView
        trials={trials} locale={diary.locale} asked={this.#asked} onPrint={() => printAlone(this)}
        onAsk={(asked) => {
          this.#asked = asked;
          void this.refresh();
        }}
      />
    );
  }
}

async function designOf(diary: Diary, options: TrialDesignOptions): Promise<Design | null> {
  try {
    return await offered(diary.trialDesign(options));
  } catch (error) {
    if (!isDoselineError(error)) throw error;
    if (error.code === "not-suitable") return { refused: error.message };
    if (error.code === "missing-field") return "waits";
    throw error;
  }
}
