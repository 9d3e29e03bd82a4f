import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import type { Day, Medicine, MedicineMatch } from "#types";
import { useSaving } from "../saving.js";
import type { Actions } from "./actions.js";
import { NEW_SCHEDULE, ScheduleFields, scheduleOf } from "./schedule.js";

interface Props {
  today: Day;
  actions: Actions;
  search(text: string): Promise<MedicineMatch[]>;
  onDone(): void;
}

/** Adds a medicine: find it by name or brand, or record it as unlisted; then what is prescribed. */
export function AddMedicine({ today, actions, search, onDone }: Props): JSX.Element {
  const id = useId();
  const [text, setText] = useState("");
  const [matches, setMatches] = useState<MedicineMatch[]>([]);
  const [chosen, setChosen] = useState<Medicine | null>(null);
  const [schedule, setSchedule] = useState(NEW_SCHEDULE);
  const [purpose, setPurpose] = useState("");
  const [start, setStart] = useState(today);
  const { save, busy, problem } = useSaving();

  useEffect(() => {
    let current = true;
    if (text.trim().length < 2) setMatches([]);
    else void search(text).then((found) => current && setMatches(found));
    return () => {
      current = false;
    };
  }, [text]);

  if (!chosen) {
    return (
      <div class="form">
        <h3>Add a medicine</h3>
        <label for={`${id}-name`}>
          Name or brand
          <input
            id={`${id}-name`} class="input" autocomplete="off" value={text}
            onInput={({ currentTarget: { value } }) => setText(value)}
          />
        </label>
        <ul class="matches" aria-label="Found">
          {matches.map((match) => (
            <li key={match.reference}>
              <button type="button" class="match" onClick={() => setChosen(listed(match))}>
                <strong>{match.name}</strong>{" "}
                <span class="muted">{[match.className, ...match.brands].join(" · ")}</span>
              </button>
            </li>
          ))}
          {text.trim() !== "" && (
            <li>
              <button type="button" class="match" onClick={() => setChosen(unlisted(text.trim()))}>
                Use “{text.trim()}” as written
              </button>
            </li>
          )}
        </ul>
        <button type="button" class="button" onClick={onDone}>Cancel</button>
      </div>
    );
  }

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const kept = await save(async () => {
      const body: Medicine = purpose.trim() === "" ? chosen : { ...chosen, purpose: purpose.trim() };
      const medicine = await actions.record(body);
      try {
        await actions.record({ kind: "step", medicine, action: "start", schedule: scheduleOf(schedule), day: start });
      } catch (error) {
        await actions.undo();
        throw error;
      }
    });
    if (kept) onDone();
  };

  return (
    <form class="form" onSubmit={(event) => void submit(event)} noValidate>
      <h3>{chosen.name}: what is prescribed</h3>
      <ScheduleFields draft={schedule} onChange={setSchedule} />
      <div class="fields">
        <label for={`${id}-start`}>
          Since
          <input
            id={`${id}-start`} class="input" type="date" value={start}
            onInput={({ currentTarget: { value } }) => value !== "" && setStart(value)}
          />
        </label>
        <label for={`${id}-purpose`}>
          For (if you like)
          <input
            id={`${id}-purpose`} class="input" maxLength={200} value={purpose}
            onInput={({ currentTarget: { value } }) => setPurpose(value)}
          />
        </label>
      </div>
      {problem && <p class="error" role="alert">{problem}</p>}
      <div class="row-buttons">
        <button type="button" class="button" onClick={onDone}>Cancel</button>
        <button class="button strong" disabled={busy}>Add</button>
      </div>
    </form>
  );
}

function listed({ name, reference, rxnorm }: MedicineMatch): Medicine {
  const ingredient = rxnorm === null ? { name, reference } : { name, reference, rxnorm };
  return { kind: "medicine", name, ingredients: [ingredient] };
}

function unlisted(name: string): Medicine {
  return { kind: "medicine", name, ingredients: [{ name }] };
}
