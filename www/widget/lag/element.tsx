/** `<doseline-lag>`: the answer to a dose at each assumed wait of nought to eight weeks. */
import type { LagStrip, MedicineView, Outcome } from "#types";
import type { ComponentChild } from "preact";
import type { Diary } from "../../api/index.js";
import chartStyles from "../chart/chart.css";
import { type Choice, medicineOptions, outcomeOptions, usualMedicine } from "../chart/choice.js";
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

  #medicine: string | null = null;
  #outcome: string | null = null;

  constructor() {
    super((sheet ??= styles(chartStyles)));
  }

  /** @internal */
  protected override async load(diary: Diary): Promise<LagData | null> {
    const [all, values] = await Promise.all([diary.medicines(), diary.outcomes()]);
    const medicines = all.filter(({ steps }) => steps.length > 0);
    const outcomes = values.filter(({ count }) => count > 0);
    const has = medicines.some(({ medicine }) => medicine === this.#medicine);
    const counted = outcomes.some(({ outcome }) => outcome === this.#outcome);
    const medicine =
      this.getAttribute("medicine") ?? (has ? this.#medicine : usualMedicine(medicines));
    // A rating of each day says more of a wait than a questionnaire does.
    const outcome =
      this.getAttribute("outcome") ?? (counted ? this.#outcome : usualLanes(outcomes).at(-1));
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
    const medicine: Choice = {
      value: data.medicine,
      options: medicineOptions(data.medicines),
      onChoose: (value) => {
        this.#medicine = value;
        void this.refresh();
      },
    };
    const outcome: Choice = {
      value: data.outcome,
      options: outcomeOptions(data.outcomes),
      onChoose: (value) => {
        this.#outcome = value;
        void this.refresh();
      },
    };
    return (
      <LagView
        strip={data.strip}
        locale={diary.locale}
        {...(!this.hasAttribute("medicine") && data.medicines.length > 1 && { medicine })}
        {...(!this.hasAttribute("outcome") && { outcome })}
      />
    );
  }
}
