/** `<doseline-exposure>`: the level of one medicine, by a model of the doses recorded. */
import type { Exposure, MedicineView, Timeline } from "#types";
import type { ComponentChild } from "preact";
import type { Diary } from "../../api/index.js";
import chartStyles from "../chart/chart.css";
import { Chosen, withDailyDose } from "../chart/choice.js";
import { printAlone } from "../chart/print.js";
import { DoselineElement } from "../element.js";
import { answered, offered } from "../offered.js";
import { styles } from "../theme.js";
import { ExposureView } from "./view.js";

interface ExposureData {
  medicine: string;
  medicines: MedicineView[];
  /** Undefined where the tables hold no times for the medicine, or it has no daily dose. */
  exposure: Exposure | undefined;
  /** Where missed doses stand; null where the timeline is not offered. */
  timeline: Timeline | null;
}

let sheet: CSSStyleSheet | undefined;

/**
 * Hidden where the model is not offered, and while there is no medicine.
 *
 * @attr medicine - identifier of the medicine's entry; without it the reader chooses
 * @csspart panel, finding, chart, drawing, table, button
 */
export class DoselineExposure extends DoselineElement<ExposureData | null> {
  static override observedAttributes = [...DoselineElement.observedAttributes, "medicine"];

  readonly #chosen = new Chosen(this);

  constructor() {
    super((sheet ??= styles(chartStyles)));
  }

  /** @internal */
  protected override async load(diary: Diary): Promise<ExposureData | null> {
    const medicines = await withDailyDose(diary);
    const medicine = this.#chosen.medicine(medicines);
    const exposure = medicine && (await offered(answered(diary.exposure({ medicine }))));
    this.hidden = !medicine || exposure === null;
    if (!medicine || exposure === null || exposure === "") return null;
    const { from, to } = exposure ?? {};
    const timeline = from && to ? await offered(diary.timeline({ from, to })) : null;
    return { medicine, medicines, exposure, timeline };
  }

  /** @internal */
  protected override view(data: ExposureData | null, diary: Diary): ComponentChild {
    if (!data) return null;
    const { medicine, medicines, exposure, timeline } = data;
    return (
      <ExposureView
        key={medicine}
        exposure={exposure}
        timeline={timeline}
        locale={diary.locale}
        medicine={medicines.length > 1 ? this.#chosen.leftMedicine(medicine, medicines) : undefined}
        onPrint={() => printAlone(this)}
      />
    );
  }
}
