import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Day, Medicine, Schedule, Unit } from "#types";
import { FindMedicine } from "../medicines/add.js";
import { ChoiceInput, DayInput, Elsewhere, NumberInput, numberOf, TextInput } from "../medicines/field.js";
import { UNITS } from "../medicines/schedule.js";
import { useSaving } from "../saving.js";
import type { Actions } from "./element.js";

/** How a medicine of the past did, in the words that stand in the brief. */
const EFFECTS = [
  ["", "I do not remember"], ["It helped a lot", "It helped a lot"], ["It helped a little", "It helped a little"],
  ["It did not help", "It did not help"], ["It made things worse", "It made things worse"],
] as const;

interface Props {
  today: Day;
  actions: Actions;
  onKept(): void;
  onClose(): void;
}

/** A medicine that is no longer taken: which, how much, from when to when, and what came of it. */
export function Past({ today, actions, onKept, onClose }: Props): JSX.Element {
  const [medicine, setMedicine] = useState<Medicine | null>(null);
  if (!medicine) {
    return <FindMedicine title="Which medicine was it?" search={actions.search} onChoose={setMedicine} onCancel={onClose} />;
  }
  return <Told medicine={medicine} today={today} actions={actions} onKept={onKept} onClose={onClose} />;
}

function Told({ medicine, today, actions, onKept, onClose }: Props & { medicine: Medicine }): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [most, setMost] = useState("");
  const [unit, setUnit] = useState<Unit>("mg");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [effect, setEffect] = useState<(typeof EFFECTS)[number][0]>("");
  const [why, setWhy] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
  const keep = (): Promise<void> => recordPast(actions, medicine, {
    schedule: { repeat: "daily", unit, doses: [{ amount: numberOf(most) }] }, from, to,
    reason: [effect, why.trim()].filter((part) => part !== "").join(". "),
  });
  return (
    <form
      class="form" ref={form} noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(keep).then((kept) => kept && onKept());
      }}
    >
      <h4>{medicine.name}</h4>
      <div class="pair">
        <NumberInput label="Most you took in a day" name="amount" value={most} problem={problem} onChange={setMost} />
        <ChoiceInput label="Unit" name="unit" value={unit} options={UNITS} problem={problem} onChange={setUnit} />
      </div>
      <div class="fields">
        <DayInput label="From (about)" name="from" value={from} max={today} problem={problem} onChange={setFrom} />
        <DayInput label="To (about)" name="to" value={to} max={today} problem={problem} onChange={setTo} />
      </div>
      <ChoiceInput label="What it did" name="effect" value={effect} options={EFFECTS} problem={problem} onChange={setEffect} />
      <TextInput label="Why it ended (if you like)" name="reason" value={why} problem={problem} onChange={setWhy} />
      <Elsewhere problem={problem} names={["amount", "unit", "from", "to", "reason"]} />
      <div class="buttons">
        <button class="button strong" aria-disabled={busy}>Save</button>
        <button type="button" class="button" onClick={onClose}>Close</button>
      </div>
    </form>
  );
}

/** A medicine with its first and its last day: three entries, or none. */
async function recordPast({ record, undo }: Actions, body: Medicine, past: {
  schedule: Schedule; from: Day; to: Day; reason: string;
}): Promise<void> {
  const { schedule, from, to, reason } = past;
  const medicine = await record(body);
  let made = 1;
  try {
    await record({ kind: "step", medicine, action: "start", day: from, schedule });
    made += 1;
    await record({ kind: "step", medicine, action: "stop", day: to, ...(reason === "" ? {} : { reason }) });
  } catch (error) {
    for (; made > 0; made -= 1) await undo();
    throw error;
  }
}
