import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { EntryId, MedicineView, SideEffect, SideEffectName } from "#types";
import { useId } from "../id.js";
import { ChoiceInput, DayInput, TextInput } from "../medicines/field.js";
import type { Problem } from "../saving.js";
import { type FormProps, RecordForm } from "./form.js";

/** Names that are offered at once. */
const MOST_OFFERED = 5;
const SEVERITIES: readonly (readonly [SideEffect["severity"], string])[] = [
  ["mild", "I notice it"], ["moderate", "it gets in the way"], ["severe", "it stops me"],
];

interface Props extends FormProps {
  /** What side effects are called: in this diary before, then in the tables. */
  names: readonly SideEffectName[];
  medicines: readonly MedicineView[];
}

/** What is noticed, how much, since when, whether it goes on, and what it may come from. */
export function EffectForm({ today, names, medicines, ...rest }: Props): JSX.Element {
  const [term, setTerm] = useState("");
  const [severity, setSeverity] = useState<SideEffect["severity"] | null>(null);
  const [onset, setOnset] = useState(today);
  const [goesOn, setGoesOn] = useState(true);
  const [end, setEnd] = useState(today);
  const [suspected, setSuspected] = useState<EntryId | "">("");
  const draft = (): SideEffect => {
    // Without one the core says that it is missing.
    const body = { kind: "side-effect", term: term.trim(), onset } as SideEffect;
    if (severity) body.severity = severity;
    if (!goesOn) body.end = end;
    if (suspected !== "") body.suspected = suspected;
    return body;
  };
  return (
    <RecordForm title="A side effect" draft={draft} names={["term", "severity", "onset", "end", "suspected"]} {...rest}>
      {(problem) => (
        <>
          <Term term={term} names={names} problem={problem} onChange={setTerm} />
          <Severity chosen={severity} problem={problem} onChange={setSeverity} />
          <div class="fields">
            <DayInput label="Since (about)" name="onset" value={onset} max={today} problem={problem} onChange={setOnset} />
            {!goesOn && (
              <DayInput label="Until (about)" name="end" value={end} max={today} problem={problem} onChange={setEnd} />
            )}
          </div>
          <label class="tick">
            <input type="checkbox" checked={goesOn} onChange={() => setGoesOn(!goesOn)} />
            It still goes on
          </label>
          {medicines.length > 0 && (
            <ChoiceInput
              label="A medicine it may come from (if you like)" name="suspected" value={suspected} problem={problem}
              options={[["", "I do not know"], ...medicines.map((one) => [one.medicine, one.name] as const)]}
              onChange={setSuspected}
            />
          )}
        </>
      )}
    </RecordForm>
  );
}

/** The name of the effect, with the names that the tables and this diary have for it. */
function Term({ term, names, problem, onChange }: {
  term: string; names: readonly SideEffectName[]; problem: Problem | null; onChange(term: string): void;
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const offered = namesLike(term, names);
  return (
    <div class="term" ref={place}>
      <TextInput label="What you notice, in your words" name="term" value={term} problem={problem} onChange={onChange} />
      {offered.length > 0 && (
        <ul class="matches" aria-label="Names for it">
          {offered.map((name) => (
            <li key={name}>
              <button
                type="button" class="match"
                onClick={() => {
                  onChange(name);
                  place.current?.querySelector("input")?.focus();
                }}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function namesLike(text: string, known: readonly SideEffectName[]): string[] {
  const typed = wordsIn(text);
  if (typed.length < 3) return [];
  const like = known.filter(({ name, also }) => [name, ...also].some((one) => wordsIn(one).includes(typed)));
  const names = new Set(like.map(({ name }) => name));
  return [...names].filter((name) => wordsIn(name) !== typed).slice(0, MOST_OFFERED);
}

/** Its words in small letters, each after a blank: a word is found by how it begins. */
function wordsIn(text: string): string {
  return ` ${text.trim()}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");
}

function Severity({ chosen, problem, onChange }: {
  chosen: SideEffect["severity"] | null; problem: Problem | null; onChange(severity: SideEffect["severity"]): void;
}): JSX.Element {
  const id = useId();
  const refused = problem?.field === "severity" ? problem : null;
  return (
    <fieldset class="field" aria-describedby={refused ? `${id}-problem` : undefined}>
      <legend>How much</legend>
      <div class="severities">
        {SEVERITIES.map(([name, says]) => (
          <label key={name} class="severity">
            <input
              type="radio" name={id} checked={chosen === name} aria-invalid={refused ? true : undefined}
              onChange={() => onChange(name)}
            />
            <span><strong>{name}</strong> <span class="muted">{says}</span></span>
          </label>
        ))}
      </div>
      {refused && <p id={`${id}-problem`} class="error" role="alert">{refused.sentence}</p>}
    </fieldset>
  );
}
