import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Day, MedicineView } from "#types";
import type { Actions } from "./actions.js";
import { RecordChange } from "./change.js";

const STATES: Record<MedicineView["state"], string> = {
  planned: "planned", taking: "taking", paused: "paused", stopped: "stopped", "not-started": "not started",
};

interface Props {
  medicines: readonly MedicineView[];
  today: Day;
  format(day: Day): string;
  actions: Actions;
}

/** Every medicine with what is prescribed now and how it came to that. */
export function MedicineList({ medicines, today, format, actions }: Props): JSX.Element {
  const [changing, setChanging] = useState<string | null>(null);
  if (medicines.length === 0) return <p class="muted">No medicine is recorded yet.</p>;
  return (
    <ul class="medicines">
      {medicines.map((medicine) => (
        <li key={medicine.medicine} class="medicine" data-state={medicine.state}>
          <h3>
            {medicine.name} <span class="muted">{STATES[medicine.state]}</span>
          </h3>
          {medicine.prescribed !== "" && (
            <p>
              {medicine.prescribed}
              {medicine.since && <span class="muted"> since {format(medicine.since)}</span>}
            </p>
          )}
          {medicine.steps.length > 0 && (
            <details>
              <summary>{medicine.steps.length === 1 ? "1 change" : `${medicine.steps.length} changes`}</summary>
              <ol class="steps">
                {medicine.steps.map((step) => (
                  <li key={step.id}>
                    <span class="muted">{format(step.day)}</span> {step.label}
                    {step.reason && <span class="muted"> · {step.reason}</span>}
                  </li>
                ))}
              </ol>
            </details>
          )}
          {changing === medicine.medicine ? (
            <RecordChange
              medicine={medicine}
              others={medicines.filter((other) => other !== medicine)}
              today={today}
              actions={actions}
              onDone={() => setChanging(null)}
            />
          ) : (
            <button class="button screen-only" onClick={() => setChanging(medicine.medicine)}>
              Record a change<span class="visually-hidden"> of {medicine.name}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
