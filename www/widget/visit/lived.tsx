import type { JSX } from "preact";
import { TextInput } from "../medicines/field.js";
import type { Problem } from "../saving.js";

/** What is asked of how a person lives, by what stands before it in the brief. */
const LINES = { Exercise: "How you move or exercise", Sleep: "How you sleep", Also: "Work, food, anything else" } as const;

/** The lines as they are filled in. */
export type LivedLines = Partial<Record<keyof typeof LINES, string>>;

/** Exercise, sleep and what else there is to say. */
export function Lived({ lines, problem, onChange }: {
  lines: LivedLines; problem: Problem | null; onChange(lines: LivedLines): void;
}): JSX.Element {
  return (
    <>
      {(Object.keys(LINES) as (keyof typeof LINES)[]).map((line, place) => (
        <TextInput
          key={line} label={LINES[line]} name={place === 0 ? "value" : ""} value={lines[line] ?? ""} problem={problem}
          onChange={(text) => onChange({ ...lines, [line]: text })}
        />
      ))}
    </>
  );
}

/** The lines that were filled in, as one text. */
export function livedIn(lines: LivedLines): string {
  const told = (Object.keys(LINES) as (keyof typeof LINES)[]).filter((line) => lines[line]?.trim());
  return told.map((line) => `${line}: ${lines[line]?.trim()}`).join(". ");
}
