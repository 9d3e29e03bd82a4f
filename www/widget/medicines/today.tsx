import type { JSX } from "preact";
import type { DoseEvent, DoseStatus, Today, TodayDose } from "#types";
import { useSaving } from "../saving.js";
import type { Actions } from "./actions.js";

const SAID: Record<DoseStatus, string> = {
  taken: "taken", late: "taken late", skipped: "skipped", missed: "missed", extra: "extra", "as-needed": "taken",
};

/** The doses of today, and of yesterday where nothing was recorded. One tap finishes each. */
export function TodaysDoses({ today, actions }: { today: Today; actions: Actions }): JSX.Element | null {
  if (today.doses.length === 0) return null;
  return (
    <section aria-label="Doses">
      <ul class="rows">
        {today.doses.map((dose) => (
          <DoseRow key={`${dose.medicine} ${dose.day} ${dose.scheduled}`} dose={dose} today={today.day} actions={actions} />
        ))}
      </ul>
    </section>
  );
}

function DoseRow({ dose, today, actions }: { dose: TodayDose; today: string; actions: Actions }): JSX.Element {
  const { save, busy, problem } = useSaving();
  const isToday = dose.day === today;
  const say = (status: DoseStatus): void => void save(() => actions.record(eventOf(dose, status, isToday)));
  return (
    <li class="row">
      <div>
        <strong>{dose.name}</strong> {dose.label}
        <div class="muted">
          {isToday ? "" : "yesterday · "}
          {dose.asNeeded
            ? `as needed · ${dose.takenToday}${dose.maxPerDay === null ? "" : ` of ${dose.maxPerDay}`} today`
            : `${dose.scheduled ?? "any time"} · ${dose.status === null ? "no entry" : SAID[dose.status]}`}
        </div>
        {problem && <p class="error" role="alert">{problem}</p>}
      </div>
      <div class="row-buttons">
        {dose.asNeeded ? (
          <button class="button" disabled={busy} onClick={() => say("as-needed")}>
            Took one<Of name={dose.name} />
          </button>
        ) : dose.status === null ? (
          <>
            <button class="button" disabled={busy} onClick={() => say("skipped")}>Skip<Of name={dose.name} /></button>
            <button class={`button ${isToday ? "strong" : ""}`} disabled={busy} onClick={() => say("taken")}>
              {isToday ? "Take" : "Taken"}<Of name={dose.name} />
            </button>
          </>
        ) : null}
      </div>
    </li>
  );
}

/** The name a screen reader needs to tell one button from the next. */
function Of({ name }: { name: string }): JSX.Element {
  return <span class="visually-hidden"> {name}</span>;
}

function eventOf(dose: TodayDose, status: DoseStatus, isToday: boolean): DoseEvent & { day?: string } {
  const event: DoseEvent & { day?: string } = {
    kind: "dose", medicine: dose.medicine, status, amount: dose.amount, unit: dose.unit,
  };
  if (dose.scheduled !== null) event.scheduled = dose.scheduled;
  if (!isToday) event.day = dose.day;
  return event;
}
