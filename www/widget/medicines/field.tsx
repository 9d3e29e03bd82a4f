import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Day } from "#types";
import { useId } from "../id.js";
import type { Problem } from "../saving.js";

/** What ties an input to its label and to what is wrong with it. */
interface Tied {
  id: string;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
}

interface Props {
  label: string;
  /** How the core names the field: the last name of a refusal's path. */
  name?: string;
  problem?: Problem | null;
  children(tied: Tied): ComponentChildren;
}

/** One labelled input with its refusal beneath it. */
export function Field({ label, name, problem, children }: Props): JSX.Element {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const refused = problem && name !== undefined && lastName(problem) === name ? problem : null;
  useLayoutEffect(() => {
    if (refused) place.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [refused]);
  return (
    <div class="field" ref={place}>
      <label for={id}>{label}</label>
      {children(refused ? { id, "aria-invalid": true, "aria-describedby": `${id}-problem` } : { id })}
      {refused && <p id={`${id}-problem`} class="error" role="alert">{refused.sentence}</p>}
    </div>
  );
}

/** A refusal that no field of the form shows. */
export function Elsewhere({ problem, names }: { problem: Problem | null; names: readonly string[] }): JSX.Element | null {
  if (!problem || names.includes(lastName(problem))) return null;
  return <p class="error" role="alert">{problem.sentence}</p>;
}

/** The last name of a path: `amount` of `schedule.doses[0].amount`. */
function lastName({ field }: Problem): string {
  return field.split(".").at(-1)?.replace(/\[\d+\]$/, "") ?? "";
}

interface InputProps {
  label: string;
  name: string;
  value: string;
  problem: Problem | null;
  onChange(value: string): void;
}

/** A line of words. */
export function TextInput({ label, name, value, problem, onChange }: InputProps): JSX.Element {
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

/** A number with either decimal sign. What is no number stays text until the core refuses it. */
export function NumberInput({ label, name, value, problem, onChange }: InputProps): JSX.Element {
  return (
    <Field label={label} name={name} problem={problem}>
      {(tied) => (
        <input
          {...tied} class="input" inputMode="decimal" autocomplete="off" value={value}
          onInput={({ currentTarget: { value: text } }) => onChange(text)}
        />
      )}
    </Field>
  );
}

export function DayInput({ label, name, value, max, problem, onChange }: InputProps & { max?: Day }): JSX.Element {
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

/** One of a few, by its value. */
export function ChoiceInput<Value extends string>({ label, name, value, options, problem, onChange }: {
  label: string; name: string; value: Value; options: readonly (readonly [Value, string])[];
  problem: Problem | null; onChange(value: NoInfer<Value>): void;
}): JSX.Element {
  return (
    <Field label={label} name={name} problem={problem}>
      {(tied) => (
        <select
          {...tied} class="input" value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}
        >
          {options.map(([one, text]) => <option key={one} value={one}>{text}</option>)}
        </select>
      )}
    </Field>
  );
}

/** What a person typed as a number, with either decimal sign; NaN is left for the core to refuse. */
export function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", "."));
}
