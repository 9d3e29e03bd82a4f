/** `<doseline-lag>`: the answer to a dose at each assumed wait of nought to eight weeks. */
import type { LagStrip, MedicineView, Outcome } from "#types";
import type { ComponentChild } from "preact";
import type { Diary } from "../../api/index.js";
import chartStyles from "../chart/chart.css";
import { Chosen, withDailyDose } from "../chart/choice.js";
import { DoselineElement } from "../element.js";
import { answered, offered } from "../offered.js";
import { styles } from "../theme.js";
import { usualLanes } from "../timeline/picker.js";
import { LagView } from "./view.js";

interface LagData {
  medicine: string;
  outcome: string;
  medicines: MedicineView[];
  outcomes: Outcome[];
  /** Undefined where the medicine has no daily dose. */
  strip: LagStrip | undefined;
}

let sheet: CSSStyleSheet | undefined;

/**
 * Hidden where it is not offered, and while there is no medicine or no value.
 *
 * @attr medicine - identifier of the medicine's entry; without it the reader chooses
 * @attr outcome - name of the outcome, `mood`; without it the reader chooses
 * @csspart panel, finding, chart, drawing, table, button
 */
export class DoselineLag extends DoselineElement<LagData | null> {
  static override observedAttributes = [
    ...DoselineElement.observedAttributes,
    "medicine",
    "outcome",
  ];

  readonly #chosen = new Chosen(this);

  constructor() {
    super((sheet ??= styles(chartStyles)));
  }

  /** @internal */
  protected override async load(diary: Diary): Promise<LagData | null> {
    const [medicines, values] = await Promise.all([withDailyDose(diary), diary.outcomes()]);
    const outcomes = values.filter(({ count }) => count > 0);
    const medicine = this.#chosen.medicine(medicines);
    // A rating of each day says more of a wait than a questionnaire does.
    const outcome = this.#chosen.outcome(outcomes) ?? usualLanes(outcomes).at(-1);
    this.hidden = true;
    if (!medicine || !outcome) return null;
    const strip = await offered(answered(diary.lagStrip({ medicine, outcome })));
    if (strip === null) return null;
    this.hidden = false;
    return { medicine, outcome, medicines, outcomes, strip };
  }

  /** @internal */
  protected override view(data: LagData | null, diary: Diary): ComponentChild {
    if (!data) return null;
    const { medicine, outcome, medicines, outcomes, strip } = data;
    return (
      <LagView
        strip={strip}
        locale={diary.locale}
        medicine={medicines.length > 1 ? this.#chosen.leftMedicine(medicine, medicines) : undefined}
        outcome={this.#chosen.leftOutcome(outcome, outcomes)}
      />
    );
  }
}
