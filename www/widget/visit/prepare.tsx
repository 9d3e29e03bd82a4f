import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Day, Draft, ProfileFact, Schedule, Span } from "#types";
import { Elsewhere, Field } from "../medicines/field.js";
import { type Problem, useSaving } from "../saving.js";
import type { Actions } from "./element.js";

/** What can be added to a brief, as a label. */
const KINDS = {
  question: "A question", goal: "A goal", visit: "The next visit", symptoms: "What I notice",
  history: "What was before", lifestyle: "How I live", preferences: "What matters to me",
  condition: "A condition", allergy: "An allergy", "past-reaction": "A bad reaction in the past",
  "family-history": "Something in the family", therapy: "Therapy or exercise", "hospital-stay": "A stay in hospital",
  "emergency-visit": "An emergency visit", "sick-leave": "Days off sick", past: "A medicine of the past",
} as const;

type Kind = keyof typeof KINDS;
type SpanKind = Span["span"];

interface Props {
  today: Day;
  actions: Actions;
  onKept(): void;
  onClose(): void;
}

/** One thing at a time: nothing has to be filled in at once, and nothing has to be filled in. */
export function Prepare({ today, actions, onKept, onClose }: Props): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [kind, setKind] = useState<Kind>("question");
  const [text, setText] = useState("");
  const [dose, setDose] = useState("");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [outcome, setOutcome] = useState("");
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => head.current?.focus(), []);
  const keep = async (): Promise<void> => {
    if (kind === "past") await recordPast(actions, { name: text, dose: Number(dose), from, to, outcome });
    else await actions.record(draftOf(kind, text, from, to));
  };
  const isPast = kind === "past";
  const hasDays = isPast || isSpan(kind);
  /** How the core names the first day; of the two of a medicine it says only which is wrong. */
  const first = hasDays ? "from" : "day";
  return (
    <div class="form screen-only">
      <h3 tabIndex={-1} ref={head}>Add to the brief</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save(keep).then((kept) => kept && onKept());
        }}
      >
        <Field label="What">
          {(tied) => (
            <select
              {...tied} class="input" value={kind}
              onChange={({ currentTarget: { value } }) => setKind(value as Kind)}
            >
              {Object.entries(KINDS).map(([name, label]) => <option key={name} value={name}>{label}</option>)}
            </select>
          )}
        </Field>
        {!isSpan(kind) && (
          <TextInput label={labelOf(kind)} name={fieldOf(kind)} value={text} problem={problem} onChange={setText} />
        )}
        {isPast && (
          <TextInput label="Most you took in a day, in mg" name="amount" value={dose} problem={problem} onChange={setDose} />
        )}
        {(hasDays || kind === "visit" || kind === "therapy") && (
          <DayInput
            label={hasDays ? "From (about)" : "Day"} name={first} value={from} problem={problem} onChange={setFrom}
          />
        )}
        {hasDays && (
          <DayInput label="To (about)" name="to" value={to} max={today} problem={problem} onChange={setTo} />
        )}
        {isPast && (
          <TextInput
            label="What came of it, and why it ended" name="reason" value={outcome} problem={problem}
            onChange={setOutcome}
          />
        )}
        <Elsewhere problem={problem} names={[fieldOf(kind), first, "to", "amount", "reason"]} />
        <div class="buttons">
          <button class="button strong" aria-disabled={busy}>Save</button>
          <button type="button" class="button" onClick={onClose}>Close</button>
        </div>
      </form>
    </div>
  );
}

function labelOf(kind: Kind): string {
  if (kind === "visit") return "With whom (if you like)";
  return kind === "past" ? "Its name" : "In your words";
}

/** How the core names the field that the text goes into. */
function fieldOf(kind: Kind): string {
  switch (kind) {
    case "question": case "goal":
      return "text";
    case "visit":
      return "with";
    case "therapy":
      return kind;
    case "past":
      return "name";
    default:
      return "value";
  }
}

function isSpan(kind: Kind): kind is SpanKind {
  return kind === "hospital-stay" || kind === "emergency-visit" || kind === "sick-leave";
}

function draftOf(kind: Exclude<Kind, "past">, text: string, from: string, to: string): Draft {
  const day = from === "" ? {} : { day: from };
  if (isSpan(kind)) return { kind: "span", span: kind, from, ...(to === "" ? {} : { to }) };
  switch (kind) {
    case "question": case "goal":
      return { kind, text };
    case "visit":
      return { kind, ...(text === "" ? {} : { with: text }), ...day };
    case "therapy":
      return { kind, therapy: text, ...day };
    default:
      return { kind: "profile", topic: kind satisfies ProfileFact["topic"], state: "known", value: text };
  }
}

/** A medicine with its first and its last day: three entries, or none. */
async function recordPast({ record, undo }: Actions, past: {
  name: string; dose: number; from: string; to: string; outcome: string;
}): Promise<void> {
  const { name, dose, from, to, outcome } = past;
  const schedule: Schedule = { repeat: "daily", unit: "mg", doses: [{ amount: dose }] };
  const reason = outcome === "" ? {} : { reason: outcome };
  const medicine = await record({ kind: "medicine", name, ingredients: [{ name }] });
  let made = 1;
  try {
    await record({ kind: "step", medicine, action: "start", day: from, schedule });
    made += 1;
    await record({ kind: "step", medicine, action: "stop", day: to, ...reason });
  } catch (error) {
    for (; made > 0; made -= 1) await undo();
    throw error;
  }
}

interface InputProps {
  label: string;
  value: string;
  problem: Problem | null;
  onChange(value: string): void;
}

function TextInput({ label, name, value, problem, onChange }: InputProps & { name: string }): JSX.Element {
  return (
    <Field label={label} name={name} problem={problem}>
      {(tied) => (
        <input
          {...tied} class="input" maxLength={200} value={value}
          onInput={({ currentTarget: { value: text } }) => onChange(text)}
        />
      )}
    </Field>
  );
}

function DayInput({ label, name, value, max, problem, onChange }: InputProps & {
  name: string; max?: Day;
}): JSX.Element {
  return (
    <Field label={label} name={name} problem={problem}>
      {(tied) => (
        <input
          {...tied} class="input" type="date" {...(max === undefined ? {} : { max })} value={value}
          onInput={({ currentTarget: { value: day } }) => onChange(day)}
        />
      )}
    </Field>
  );
}
