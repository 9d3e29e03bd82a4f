import type { JSX } from "preact";
import type { Conflict, Day, Entry, MedicineView } from "#types";
import { useSaving } from "../saving.js";
import type { Actions } from "./actions.js";

interface Props {
  conflicts: readonly Conflict[];
  medicines: readonly MedicineView[];
  format(day: Day): string;
  actions: Actions;
}

/** Steps that two devices edited: both readings, for the person to choose from. */
export function Conflicts({ conflicts, medicines, format, actions }: Props): JSX.Element | null {
  const { save, busy, problem } = useSaving();
  const steps = conflicts.filter(({ versions }) => versions.some((version) => version.kind === "step"));
  if (steps.length === 0) return null;
  const keep = (version: Entry): void => void save(() => actions.amend(version.id, version));
  return (
    <section class="finding" aria-label="Two readings of one change">
      {steps.map(({ id, versions }) => (
        <div key={id}>
          <p>This change was edited in two places. Which one is right?</p>
          <ul class="rows">
            {versions.map((version) => (
              <li key={version.stamp} class="row">
                <span>{described(version, medicines, format)}</span>
                <button class="button" aria-disabled={busy} onClick={() => keep(version)}>This one</button>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {problem && <p class="error" role="alert">{problem.sentence}</p>}
    </section>
  );
}

function described(entry: Entry, medicines: readonly MedicineView[], format: (day: Day) => string): string {
  if (entry.kind !== "step") return format(entry.day);
  const medicine = medicines.find(({ medicine }) => medicine === entry.medicine)?.name ?? "";
  const doses = entry.schedule?.doses.map(({ amount }) => `${amount} ${entry.schedule?.unit}`).join(" + ");
  return [format(entry.day), medicine, entry.action, doses].filter(Boolean).join(" · ");
}
