/** `<doseline-trials>`: how each medicine went, by its scores and the side effects in its time. */
import type { MedicineView, SideEffects, TreatmentResponse, TrialDesign } from "#types";
import type { ComponentChild } from "preact";
import { type Diary, isDoselineError } from "../../api/index.js";
import chartStyles from "../chart/chart.css";
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
  /** Why it is not offered, where that is said. */
  design: TrialDesign | string | null;
}

let sheet: CSSStyleSheet | undefined;

/**
 * Hidden where neither the response nor side effects are offered.
 *
 * @csspart panel, finding, table, button
 */
export class DoselineTrials extends DoselineElement<Trial[]> {
  constructor() {
    super((sheet ??= styles(chartStyles)));
  }

  /** @internal */
  protected override async load(diary: Diary): Promise<Trial[]> {
    const [medicines, outcomes, steps] = await Promise.all([
      diary.medicines(), diary.outcomes(), diary.entries({ kind: "step" }),
    ]);
    const instruments = outcomes
      .filter(({ source, count }) => source === "assessment" && count > 0)
      .sort((one, other) => other.count - one.count);
    const daily = usualLanes(outcomes.filter(({ source }) => source !== "assessment"))[0];
    // What is taken when needed is no trial of a dose.
    const needed = new Set(
      steps.flatMap((step) =>
        step.kind === "step" && step.schedule?.repeat === "as-needed" ? [step.medicine] : []),
    );
    const begun = medicines.filter(
      ({ medicine, steps }) => steps.length > 0 && !needed.has(medicine),
    );
    let isOffered = begun.length === 0;
    const trials = await Promise.all(begun.map(async (view): Promise<Trial> => {
      const { medicine } = view;
      const [effects, design, ...responses] = await Promise.all([
        offered(diary.sideEffects({ medicine })),
        daily ? designOf(diary, medicine, daily) : null,
        ...instruments.map(({ outcome }) =>
          offered(answered(diary.treatmentResponse({ medicine, instrument: outcome })))),
      ]);
      isOffered ||= effects !== null || responses.some((response) => response !== null);
      const told = responses.flatMap((response) => response ?? []);
      return { medicine: view, responses: told, effects: effects?.effects ?? [], design };
    }));
    this.hidden = !isOffered;
    return trials;
  }

  /** @internal */
  protected override view(trials: Trial[], diary: Diary): ComponentChild {
    return <TrialsView trials={trials} locale={diary.locale} onPrint={() => printAlone(this)} />;
  }
}

/** The design of a trial, or why there is none; null where it is not offered, as to a patient. */
async function designOf(diary: Diary, medicine: string, outcome: string): Promise<Trial["design"]> {
  try {
    return await offered(diary.trialDesign({ medicine, outcome }));
  } catch (error) {
    if (isDoselineError(error)) return error.message;
    throw error;
  }
}
