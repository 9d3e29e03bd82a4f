import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Day, Medicine, MedicineMatch } from "#types";
import { useSaving } from "../saving.js";
import type { Actions } from "./actions.js";
import { Elsewhere, Field } from "./field.js";
import { NEW_SCHEDULE, SCHEDULE_FIELDS, ScheduleFields, scheduleOf } from "./schedule.js";

interface Props {
  today: Day;
  actions: Actions;
  search(text: string): Promise<MedicineMatch[]>;
  /** After the medicine and its start were kept: two entries. */
  onKept(): void;
  onCancel(): void;
}

/** Adds a medicine: find it by name or brand, or record it as unlisted; then what is prescribed. */
export function AddMedicine({ today, actions, search, onKept, onCancel }: Props): JSX.Element {
  const [chosen, setChosen] = useState<Medicine | null>(null);
  if (!chosen) return <FindMedicine search={search} onChoose={setChosen} onCancel={onCancel} />;
  return <Start medicine={chosen} today={today} actions={actions} onKept={onKept} onCancel={onCancel} />;
}

interface FindProps {
  search(text: string): Promise<MedicineMatch[]>;
  onChoose(medicine: Medicine): void;
  onCancel(): void;
}

function FindMedicine({ search, onChoose, onCancel }: FindProps): JSX.Element {
  const [text, setText] = useState("");
  const [matches, setMatches] = useState<MedicineMatch[]>([]);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    let current = true;
    if (text.trim().length < 2) setMatches([]);
    else void search(text).then((found) => current && setMatches(found));
    return () => {
      current = false;
    };
  }, [text]);
  return (
    <div class="form">
      <h3>Add a medicine</h3>
      <Field label="Name or brand">
        {(tied) => (
          <input
            {...tied} ref={input} class="input" autocomplete="off" spellcheck={false} maxLength={200} value={text}
            onInput={({ currentTarget: { value } }) => setText(value)}
          />
        )}
      </Field>
      <ul class="matches" aria-label="Found">
        {matches.map((match) => (
          <li key={match.reference}>
            <button type="button" class="match" onClick={() => onChoose(listed(match))}>
              <strong>{match.name}</strong>{" "}
              <span class="muted">{[match.className, ...match.brands].join(" · ")}</span>
            </button>
          </li>
        ))}
        {text.trim() !== "" && (
          <li>
            <button type="button" class="match" onClick={() => onChoose(unlisted(text.trim()))}>
              Use “{text.trim()}” as written
            </button>
          </li>
        )}
      </ul>
      <button type="button" class="button" onClick={onCancel}>Cancel</button>
    </div>
  );
}

interface StartProps {
  medicine: Medicine;
  today: Day;
  actions: Actions;
  onKept(): void;
  onCancel(): void;
}

function Start({ medicine, today, actions, onKept, onCancel }: StartProps): JSX.Element {
  const [schedule, setSchedule] = useState(NEW_SCHEDULE);
  const [purpose, setPurpose] = useState("");
  const [start, setStart] = useState(today);
  const [before, setBefore] = useState(false);
  const { save, busy, problem } = useSaving();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const kept = await save(async () => {
      const body: Medicine = purpose.trim() === "" ? medicine : { ...medicine, purpose: purpose.trim() };
      const id = await actions.record(body);
      try {
        await actions.record({
          kind: "step", medicine: id, action: "start", schedule: scheduleOf(schedule), day: start,
          ...(before && { since: "before" as const }),
        });
      } catch (error) {
        await actions.undo();
        throw error;
      }
    });
    if (kept) onKept();
  };

  return (
    <form class="form" ref={form} onSubmit={(event) => void submit(event)} noValidate>
      <h3>{medicine.name}: what is prescribed</h3>
      <ScheduleFields draft={schedule} problem={problem} onChange={setSchedule} />
      <div class="fields">
        <Field label="Since" name="day" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" type="date" value={start}
              onInput={({ currentTarget: { value } }) => value !== "" && setStart(value)}
            />
          )}
        </Field>
        <Field label="What for (if you like)" name="purpose" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" maxLength={200} value={purpose}
              onInput={({ currentTarget: { value } }) => setPurpose(value)}
            />
          )}
        </Field>
      </div>
      <label class="tick">
        <input type="checkbox" checked={before} onChange={() => setBefore(!before)} />
        I took this dose already before that day
      </label>
      <Elsewhere problem={problem} names={[...SCHEDULE_FIELDS, "day", "purpose"]} />
      <div class="row-buttons">
        <button type="button" class="button" onClick={onCancel}>Cancel</button>
        <button class="button strong" aria-disabled={busy}>Add</button>
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
