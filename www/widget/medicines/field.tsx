import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
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
