/** `<doseline-response>`: what was scored at each dose of one medicine. */
import type { DoseResponse, MedicineView, Outcome } from "#types";
import type { ComponentChild } from "preact";
import type { Diary } from "../../api/index.js";
import chartStyles from "../chart/chart.css";
import { Chosen, withDailyDose } from "../chart/choice.js";
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

  readonly #chosen = new Chosen(this);

  constructor() {
    super((sheet ??= styles(chartStyles)));
  }

  /** @internal */
  protected override async load(diary: Diary): Promise<ResponseData> {
    const [medicines, all] = await Promise.all([withDailyDose(diary), diary.outcomes()]);
    const outcomes = all.filter((outcome) => outcome.count > 0);
    const medicine = this.#chosen.medicine(medicines);
    const outcome = this.#chosen.outcome(outcomes) ?? usualLanes(outcomes)[0];
    if (medicine === null || outcome === undefined) return { card: null, medicines, outcomes };
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
    return (
      <ResponseView
        card={card}
        locale={diary.locale}
        medicine={this.#chosen.leftMedicine(card.medicine, medicines)}
        outcome={this.#chosen.leftOutcome(card.outcome.outcome, outcomes)}
        onPrint={() => printAlone(this)}
      />
    );
  }
}
