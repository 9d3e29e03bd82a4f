import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Day, ProfileFact } from "#types";
import { useId } from "../id.js";
import { Elsewhere, TextInput } from "../medicines/field.js";
import { type Problem, useSaving } from "../saving.js";
import type { KeptFact } from "./element.js";
import { answerOf, SAID } from "./fact.js";

/** What is asked about a condition besides its name. */
export const DIAGNOSED_BY = "Who diagnosed it (if you like)";

interface Props {
  facts: readonly KeptFact[];
  format(day: Day): string;
  /** An answer that is put right where it stands, and not answered anew. */
  slip(kept: KeptFact | undefined): KeptFact | undefined;
  /** Keeps a fact, in the place of one that was told before. */
  keep(fact: ProfileFact, before?: KeptFact): Promise<void>;
}

/** The conditions that a person told of, any number of them, each with who diagnosed it. */
export function Conditions({ facts, format, slip, keep }: Props): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [telling, setTelling] = useState<KeptFact | "another" | null>(null);
  /** The button that opened the form. */
  const opener = useRef<HTMLButtonElement | null>(null);
  const name = useId();
  const told = toldIn(facts);
  const given = facts.at(-1);
  const open = (of: KeptFact | "another", button: HTMLButtonElement): void => {
    opener.current = button;
    setTelling(of);
  };
  const close = (): void => {
    setTelling(null);
    opener.current?.focus();
  };
  const tell = async (value: string, diagnosedBy: string): Promise<void> => {
    const fact: ProfileFact = { kind: "profile", topic: "condition", state: "known", value };
    if (diagnosedBy !== "") fact.diagnosedBy = diagnosedBy;
    if (await save(() => keep(fact, telling === "another" || telling === null ? undefined : telling))) close();
  };
  return (
    <li class="fact">
      <p id={name}><strong>Which conditions do you have?</strong></p>
      {told.length > 0 && (
        <ul aria-labelledby={name}>
          {told.map((fact) => (
            <li key={fact.id} class="condition">
              <span>
                {fact.value} <span class="muted">
                  {fact.diagnosedBy !== undefined && `· diagnosed by ${fact.diagnosedBy} `}· answered {format(fact.day)}
                </span>
              </span>
              <button class="chip" aria-disabled={busy} onClick={({ currentTarget }) => open(fact, currentTarget)}>
                Change<span class="visually-hidden">: {fact.value}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="chips" role="group" aria-labelledby={name}>
        <button class="chip" aria-disabled={busy} onClick={({ currentTarget }) => open("another", currentTarget)}>
          Add a condition
        </button>
        {told.length === 0 && (["unknown", "declined"] as const).map((state) => (
          <button
            key={state} class="chip" aria-pressed={given?.state === state} aria-disabled={busy}
            onClick={() => void save(() => keep({ kind: "profile", topic: "condition", state }, slip(given)))}
          >
            {SAID[state]}
          </button>
        ))}
      </div>
      {telling && (
        <Tell
          key={telling === "another" ? telling : telling.id} of={telling === "another" ? undefined : telling}
          busy={busy} problem={problem} tell={(...words) => void tell(...words)} onCancel={close}
        />
      )}
      <Elsewhere problem={problem} names={telling ? ["value", "diagnosedBy"] : []} />
    </li>
  );
}

function Tell({ of, busy, problem, tell, onCancel }: {
  of: KeptFact | undefined; busy: boolean; problem: Problem | null;
  tell(value: string, diagnosedBy: string): void; onCancel(): void;
}): JSX.Element {
  const [value, setValue] = useState(String(of?.value ?? ""));
  const [diagnosedBy, setDiagnosedBy] = useState(of?.diagnosedBy ?? "");
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
  return (
    <form
      class="form" ref={form} noValidate
      onSubmit={(event) => {
        event.preventDefault();
        tell(value.trim(), diagnosedBy.trim());
      }}
    >
      <TextInput label="Condition, in your words" name="value" value={value} problem={problem} onChange={setValue} />
      <TextInput label={DIAGNOSED_BY} name="diagnosedBy" value={diagnosedBy} problem={problem} onChange={setDiagnosedBy} />
      <div class="row-buttons">
        <button type="button" class="button" onClick={onCancel}>Cancel</button>
        <button class="button strong" aria-disabled={busy}>Save</button>
      </div>
    </form>
  );
}

/** The conditions that hold: each as it was last told, after the last answer that takes back those before. */
function toldIn(facts: readonly KeptFact[]): KeptFact[] {
  const since = facts.slice(facts.findLastIndex((fact) => answerOf(fact) !== "yes") + 1);
  return since.filter(({ value }, place) => place === since.findLastIndex((one) => one.value === value));
}
