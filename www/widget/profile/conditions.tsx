import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Day, ProfileFact } from "#types";
import { useId } from "../id.js";
import { Elsewhere, TextInput } from "../medicines/field.js";
import { useSaving } from "../saving.js";
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
  remove(kept: KeptFact): Promise<void>;
}

/** The conditions that a person told of, any number of them, each with who diagnosed it. */
export function Conditions({ facts, format, slip, keep, remove }: Props): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [telling, setTelling] = useState<KeptFact | "another" | null>(null);
  /** Where the focus goes when the form closes: to the button that opened it, for as long as that stays. */
  const opener = useRef<HTMLButtonElement | null>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const name = useId();
  const told = toldIn(facts);
  const given = facts.at(-1);
  const of = telling === "another" || telling === null ? undefined : telling;
  const open = (what: KeptFact | "another", button: HTMLButtonElement): void => {
    opener.current = button;
    setTelling(what);
  };
  const close = (): void => {
    setTelling(null);
    opener.current?.focus();
  };
  const takeOff = async (value: KeptFact["value"]): Promise<void> => {
    for (const one of facts.filter((fact) => fact.value === value)) await remove(one);
    opener.current = adding.current;
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
                Put it right<span class="visually-hidden">: {fact.value}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="chips" role="group" aria-labelledby={name}>
        <button
          class="chip" ref={adding} aria-disabled={busy} onClick={({ currentTarget }) => open("another", currentTarget)}
        >
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
      <Elsewhere problem={problem} names={[]} />
      {telling && (
        <Tell
          key={of?.id ?? "another"} of={of} keep={(fact) => keep(fact, of)} onClose={close}
          takeOff={of && (() => takeOff(of.value))}
        />
      )}
    </li>
  );
}

interface TellProps {
  of: KeptFact | undefined;
  keep(fact: ProfileFact): Promise<void>;
  /** Takes back a condition that was told by mistake, and with it every time that it was told. */
  takeOff: (() => Promise<void>) | undefined;
  onClose(): void;
}

function Tell({ of, keep, takeOff, onClose }: TellProps): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [value, setValue] = useState(String(of?.value ?? ""));
  const [diagnosedBy, setDiagnosedBy] = useState(of?.diagnosedBy ?? "");
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
  const saveAndClose = async (action: () => Promise<void>): Promise<void> => {
    if (await save(action)) onClose();
  };
  return (
    <form
      class="form" ref={form} noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void saveAndClose(() => keep(conditionFact(value, diagnosedBy)));
      }}
    >
      <TextInput label="Condition, in your words" name="value" value={value} problem={problem} onChange={setValue} />
      <TextInput label={DIAGNOSED_BY} name="diagnosedBy" value={diagnosedBy} problem={problem} onChange={setDiagnosedBy} />
      <Elsewhere problem={problem} names={["value", "diagnosedBy"]} />
      <div class="row-buttons">
        {takeOff && (
          <button type="button" class="button" aria-disabled={busy} onClick={() => void saveAndClose(takeOff)}>
            Take it off the list
          </button>
        )}
        <button type="button" class="button" onClick={onClose}>Cancel</button>
        <button class="button strong" aria-disabled={busy}>Save</button>
      </div>
    </form>
  );
}

/** A condition in the person's words, and who diagnosed it where that is told. */
export function conditionFact(value: string, diagnosedBy: string): ProfileFact {
  const fact: ProfileFact = { kind: "profile", topic: "condition", state: "known", value: value.trim() };
  if (diagnosedBy.trim() !== "") fact.diagnosedBy = diagnosedBy.trim();
  return fact;
}

/** The conditions that hold: each as it was last told, after the last answer that takes back those before. */
function toldIn(facts: readonly KeptFact[]): KeptFact[] {
  const since = facts.slice(facts.findLastIndex((fact) => answerOf(fact) !== "yes") + 1);
  return since.filter(({ value }, place) => place === since.findLastIndex((one) => one.value === value));
}
