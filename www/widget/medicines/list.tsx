import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Day, MedicineView } from "#types";
import type { Actions } from "./actions.js";
import { RecordChange } from "./change.js";
import { LeafletView } from "./leaflet.js";

const STATES: Record<MedicineView["state"], string> = {
  planned: "planned", taking: "taking", paused: "paused", stopped: "stopped", "not-started": "not started",
};

interface Props {
  medicines: readonly MedicineView[];
  today: Day;
  format(day: Day): string;
  actions: Actions;
  /** After a step was kept. */
  onKept(): void;
}

/** Every medicine with what is prescribed now and how it came to that. */
export function MedicineList({ medicines, ...rest }: Props): JSX.Element {
  if (medicines.length === 0) return <p class="muted">No medicine is recorded yet.</p>;
  return (
    <ul class="medicines">
      {medicines.map((medicine) => (
        <MedicineItem
          key={medicine.medicine} medicine={medicine}
          others={medicines.filter((other) => other !== medicine)} {...rest}
        />
      ))}
    </ul>
  );
}

interface ItemProps extends Omit<Props, "medicines"> {
  medicine: MedicineView;
  others: readonly MedicineView[];
}

function MedicineItem({ medicine, others, today, format, actions, onKept }: ItemProps): JSX.Element {
  const [changing, setChanging] = useState(false);
  /** Whether the form was left without a change: then its button has the focus again. */
  const left = useRef(false);
  const [reading, setReading] = useState(false);
  const about = useRef<HTMLButtonElement>(null);
  const { name, state, prescribed, since, steps } = medicine;
  return (
    <li class="medicine" data-state={state}>
      <h3>{name} <span class="muted">{state !== "taking" && STATES[state]}</span></h3>
      {prescribed !== "" && (
        <p>{prescribed}{since && <span class="muted"> since {format(since)}</span>}</p>
      )}
      {steps.length > 0 && (
        <details>
          <summary>{steps.length === 1 ? "1 change" : `${steps.length} changes`}</summary>
          <ol class="steps">
            {steps.map((step) => (
              <li key={step.id}>
                <span class="muted">{format(step.day)}</span> {step.label}
                {step.reason && <span class="muted"> · {step.reason}</span>}
              </li>
            ))}
          </ol>
        </details>
      )}
      {reading && (
        <LeafletView
          name={name} load={() => actions.leaflet(medicine.medicine)}
          onClose={() => {
            setReading(false);
            about.current?.focus();
          }}
        />
      )}
      <div class="choices screen-only">
        <button class="button" ref={about} aria-expanded={reading} onClick={() => setReading(!reading)}>
          About it<span class="visually-hidden">: {name}</span>
        </button>
        {!changing && (
          <button
            class="button" onClick={() => setChanging(true)}
            ref={(button) => {
              if (button && left.current) button.focus();
              left.current = false;
            }}
          >
            Record a change<span class="visually-hidden"> of {name}</span>
          </button>
        )}
      </div>
      {changing && (
        <RecordChange
          medicine={medicine} others={others} today={today} actions={actions}
          onKept={() => {
            setChanging(false);
            onKept();
          }}
          onCancel={() => {
            left.current = true;
            setChanging(false);
          }}
        />
      )}
    </li>
  );
}
