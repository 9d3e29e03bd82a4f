/** The choices of a card that is about one medicine or one outcome: lists to pick from. */
import type { EntryId, MedicineView, Outcome } from "#types";
import type { JSX } from "preact";
import type { Diary } from "../../api/index.js";
import { capital } from "./labels.js";

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

/** Medicines and outcomes as options of a choice. */
export function medicineOptions(medicines: MedicineView[]): Choice["options"] {
  return medicines.map((medicine) => ({ value: medicine.medicine, name: medicine.name }));
}

export function outcomeOptions(outcomes: Outcome[]): Choice["options"] {
  return outcomes.map((outcome) => ({ value: outcome.outcome, name: capital(outcome.name) }));
}

/** The medicines that were only ever taken as needed: they have no dose of a day to set anything beside. */
export async function onlyAsNeeded(diary: Diary): Promise<Set<EntryId>> {
  const [asNeeded, otherwise] = [new Set<EntryId>(), new Set<EntryId>()];
  for (const step of await diary.entries({ kind: "step" })) {
    if (step.kind !== "step" || !step.schedule) continue;
    (step.schedule.repeat === "as-needed" ? asNeeded : otherwise).add(step.medicine);
  }
  otherwise.forEach((medicine) => asNeeded.delete(medicine));
  return asNeeded;
}

/** The medicine with most steps: it has most to put side by side. */
export function usualMedicine(medicines: MedicineView[]): string | null {
  const most = medicines.reduce<MedicineView | null>(
    (fullest, medicine) =>
      medicine.steps.length > (fullest?.steps.length ?? 0) ? medicine : fullest,
    null,
  );
  return most?.medicine ?? null;
}
