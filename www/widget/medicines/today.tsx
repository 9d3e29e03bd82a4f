import type { JSX } from "preact";
import type { DoseEvent, DoseStatus, Flag, MedicineView, Today, TodayDose } from "#types";
import { useSaving } from "../saving.js";
import { useBefore } from "../flags/before.js";
import type { Actions } from "./actions.js";

const SAID: Record<DoseStatus, string> = {
  taken: "taken", late: "taken late", skipped: "skipped", missed: "missed", extra: "extra", "as-needed": "taken",
};

interface Props {
  today: Today;
  medicines: readonly MedicineView[];
  actions: Actions;
  /** After an entry was made. */
  onKept(): void;
}

/** The doses of today, and of yesterday where nothing was recorded. One tap finishes each. */
export function TodaysDoses({ today, medicines, actions, onKept }: Props): JSX.Element {
  if (today.doses.length === 0) {
    return (
      <p class="muted">
        {medicines.length === 0 ? "Once a medicine is added, its doses are listed here." : "Nothing is due today."}
      </p>
    );
  }
  return (
    <ul class="rows" aria-label="Doses">
      {today.doses.map((dose) => (
        <DoseRow
          key={`${dose.medicine} ${dose.day} ${dose.scheduled}`}
          dose={dose} today={today.day} actions={actions} onKept={onKept}
        />
      ))}
    </ul>
  );
}

interface RowProps {
  dose: TodayDose;
  today: string;
  actions: Actions;
  onKept(): void;
}

function DoseRow({ dose, today, actions, onKept }: RowProps): JSX.Element {
  const { save, busy: saving, problem } = useSaving();
  const { ask, asking, before } = useBefore();
  const busy = saving || asking;
  const isToday = dose.day === today;
  const { entry } = dose;
  const run = async (action: () => Promise<unknown>): Promise<void> => {
    if (await save(action)) onKept();
  };
  const say = (status: DoseStatus): void => {
    const event = eventOf(dose, status, isToday);
    const check = async (): Promise<Flag[]> => (status === "skipped" ? [] : actions.check(event));
    void ask(check, () => run(() => actions.record(event)));
  };
  return (
    <li class="row">
      <div>
        <strong>{dose.name}</strong>
        <div class="muted">{dose.label} · {stateOf(dose, isToday)}</div>
        {problem && <p class="error" role="alert">{problem.sentence}</p>}
      </div>
      {before}
      <div class="row-buttons screen-only">
        {dose.asNeeded && (
          <button class="button" aria-disabled={busy} onClick={() => say("as-needed")}>
            Took one<Of dose={dose} isToday={isToday} />
          </button>
        )}
        {!dose.asNeeded && dose.status === null && (
          <>
            <button class="button" aria-disabled={busy} onClick={() => say("skipped")}>
              Skip<Of dose={dose} isToday={isToday} />
            </button>
            <button class={`button ${isToday ? "strong" : ""}`} aria-disabled={busy} onClick={() => say("taken")}>
              Taken<Of dose={dose} isToday={isToday} />
            </button>
          </>
        )}
        {!dose.asNeeded && entry !== null && (
          <button class="button" aria-disabled={busy} onClick={() => void run(() => actions.remove(entry))}>
            Undo<Of dose={dose} isToday={isToday} />
          </button>
        )}
      </div>
    </li>
  );
}

function stateOf({ asNeeded, takenToday, maxPerDay, status }: TodayDose, isToday: boolean): string {
  if (asNeeded) return `as needed · ${takenToday}${maxPerDay === null ? "" : ` of ${maxPerDay}`} today`;
  const said = status === null ? "no entry" : SAID[status];
  return isToday ? said : `yesterday · ${said}`;
}

/** What a screen reader needs to tell one button from the next. */
function Of({ dose, isToday }: { dose: TodayDose; isToday: boolean }): JSX.Element {
  return (
    <span class="visually-hidden">
      : {dose.name}{isToday ? "" : " yesterday"}{dose.scheduled === null ? "" : ` ${dose.scheduled}`}
    </span>
  );
}

function eventOf(dose: TodayDose, status: DoseStatus, isToday: boolean): DoseEvent & { day?: string } {
  const event: DoseEvent & { day?: string } = {
    kind: "dose", medicine: dose.medicine, status, amount: dose.amount, unit: dose.unit,
  };
  if (dose.scheduled !== null) event.scheduled = dose.scheduled;
  if (!isToday) event.day = dose.day;
  return event;
}
