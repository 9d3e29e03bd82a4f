/** The choices of a card that is about one medicine or one outcome: lists to pick from. */
import type { EntryId, MedicineView, Outcome } from "#types";
import type { JSX } from "preact";
import type { Diary } from "../../api/index.js";
import { capital, labels } from "./labels.js";

/** One of the card's two choices, for a page that leaves it to the reader. */
export interface Choice {
  value: string;
  options: { value: string; name: string }[];
  onChoose: (value: string) => void;
}

export function Picker({ label, choice }: { label: string; choice: Choice }): JSX.Element {
  return (
    <label>
      {label}
      <select
        class="input"
        value={choice.value}
        onChange={(event) => choice.onChoose(event.currentTarget.value)}
      >
        {choice.options.map((option) => (
          <option value={option.value} key={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The choices that a page leaves to the reader; undefined where it has chosen. */
export interface Choices {
  medicine: Choice | undefined;
  outcome?: Choice | undefined;
}

/** The lists to pick a card's medicine and outcome from. */
export function Pickers({ medicine, outcome }: Choices): JSX.Element | null {
  if (!medicine && !outcome) return null;
  return (
    <div class="pickers screen-only">
      {medicine && <Picker label={labels.medicine} choice={medicine} />}
      {outcome && <Picker label={labels.outcome} choice={outcome} />}
    </div>
  );
}

/**
 * What a card is about: the medicine and the outcome that its attributes name, or those that the reader
 * chose, for as long as the diary has them.
 */
export class Chosen {
  readonly #card: HTMLElement & { refresh(): Promise<void> };
  readonly #byReader = new Map<string, string>();

  constructor(card: HTMLElement & { refresh(): Promise<void> }) {
    this.#card = card;
  }

  /** The medicine, or else the usual one; null without any. */
  medicine(medicines: MedicineView[]): string | null {
    return this.#of("medicine", medicineOptions(medicines)) ?? usualMedicine(medicines);
  }

  /** The outcome; null where none is chosen. */
  outcome(outcomes: Outcome[]): string | null {
    return this.#of("outcome", outcomeOptions(outcomes));
  }

  /** The medicines to choose from. */
  leftMedicine(value: string, medicines: MedicineView[]): Choice | undefined {
    return this.#left("medicine", value, medicineOptions(medicines));
  }

  /** The outcomes to choose from. */
  leftOutcome(value: string, outcomes: Outcome[]): Choice | undefined {
    return this.#left("outcome", value, outcomeOptions(outcomes));
  }

  #of(name: string, options: Choice["options"]): string | null {
    const chosen = options.find(({ value }) => value === this.#byReader.get(name));
    return this.#card.getAttribute(name) ?? chosen?.value ?? null;
  }

  #left(name: string, value: string, options: Choice["options"]): Choice | undefined {
    if (this.#card.hasAttribute(name)) return undefined;
    const onChoose = (chosen: string): void => {
      this.#byReader.set(name, chosen);
      void this.#card.refresh();
    };
    return { value, options, onChoose };
  }
}

function medicineOptions(medicines: MedicineView[]): Choice["options"] {
  return medicines.map((medicine) => ({ value: medicine.medicine, name: medicine.name }));
}

function outcomeOptions(outcomes: Outcome[]): Choice["options"] {
  return outcomes.map((outcome) => ({ value: outcome.outcome, name: capital(outcome.name) }));
}

/**
 * The medicines that have a dose of a day to set anything beside: those that were begun, without those
 * that were only ever taken as needed.
 */
export async function withDailyDose(diary: Diary): Promise<MedicineView[]> {
  const [medicines, steps] = await Promise.all([diary.medicines(), diary.entries({ kind: "step" })]);
  const [asNeeded, otherwise] = [new Set<EntryId>(), new Set<EntryId>()];
  for (const step of steps) {
    if (step.kind !== "step" || !step.schedule) continue;
    (step.schedule.repeat === "as-needed" ? asNeeded : otherwise).add(step.medicine);
  }
  return medicines.filter(
    ({ medicine, steps }) =>
      steps.length > 0 && (otherwise.has(medicine) || !asNeeded.has(medicine)),
  );
}

/** The medicine with most steps: it has most to put side by side. */
function usualMedicine(medicines: MedicineView[]): string | null {
  const most = medicines.reduce<MedicineView | null>(
    (fullest, medicine) =>
      medicine.steps.length > (fullest?.steps.length ?? 0) ? medicine : fullest,
    null,
  );
  return most?.medicine ?? null;
}
