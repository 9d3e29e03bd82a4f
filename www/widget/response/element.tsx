/** `<doseline-response>`: what was scored at each dose of one medicine. */
import type { DoseResponse, MedicineView, Outcome } from "#types";
import type { ComponentChild } from "preact";
import type { Diary } from "../../api/index.js";
import chartStyles from "../chart/chart.css";
import { type Choice, medicineOptions, onlyAsNeeded, outcomeOptions, usualMedicine } from "../chart/choice.js";
import { labels } from "../chart/labels.js";
import { printAlone } from "../chart/print.js";
import { DoselineElement } from "../element.js";
import { styles } from "../theme.js";
import { usualLanes } from "../timeline/picker.js";
import { ResponseView } from "./view.js";

interface ResponseData {
  /** Null while there is no medicine or no outcome to put side by side. */
  card: DoseResponse | null;
  medicines: MedicineView[];
  outcomes: Outcome[];
}

let sheet: CSSStyleSheet | undefined;

/**
 * @attr medicine - identifier of the medicine's entry; without it the reader chooses
 * @attr outcome - name of the outcome, `phq-9`; without it the reader chooses
 * @csspart panel, finding, chart, drawing, table, button
 */
export class DoselineResponse extends DoselineElement<ResponseData> {
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
  protected override async load(diary: Diary): Promise<ResponseData> {
    const [every, all, needed] = await Promise.all([
      diary.medicines(), diary.outcomes(), onlyAsNeeded(diary),
    ]);
    const medicines = every.filter(({ medicine }) => !needed.has(medicine));
    const outcomes = all.filter((outcome) => outcome.count > 0);
    const has = (id: string | null) => medicines.some((medicine) => medicine.medicine === id);
    const medicine =
      this.getAttribute("medicine") ??
      (has(this.#medicine) ? this.#medicine : usualMedicine(medicines));
    const counted = outcomes.some((outcome) => outcome.outcome === this.#outcome);
    const outcome =
      this.getAttribute("outcome") ?? (counted ? this.#outcome : (usualLanes(outcomes)[0] ?? null));
    if (medicine === null || outcome === null) return { card: null, medicines, outcomes };
    return { card: await diary.doseResponse({ medicine, outcome }), medicines, outcomes };
  }

  /** @internal */
  protected override view(
    { card, medicines, outcomes }: ResponseData,
    diary: Diary,
  ): ComponentChild {
    if (!card) {
      return (
        <p class="panel muted" part="panel">
          {labels.nothingAtDoses}
        </p>
      );
    }
    const medicine: Choice = {
      value: card.medicine,
      options: medicineOptions(medicines),
      onChoose: (value) => {
        this.#medicine = value;
        void this.refresh();
      },
    };
    const outcome: Choice = {
      value: card.outcome.outcome,
      options: outcomeOptions(outcomes),
      onChoose: (value) => {
        this.#outcome = value;
        void this.refresh();
      },
    };
    return (
      <ResponseView
        card={card}
        locale={diary.locale}
        {...(!this.hasAttribute("medicine") && { medicine })}
        {...(!this.hasAttribute("outcome") && { outcome })}
        onPrint={() => printAlone(this)}
      />
    );
  }
}
