import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Draft } from "#types";
import { Elsewhere, Field } from "../medicines/field.js";
import { useSaving } from "../saving.js";
import type { KeptSigns } from "./element.js";

/** Signs offered before a person has words of their own. */
const OFFERED = ["short nights", "not answering friends", "skipping meals", "calling in sick"];

/** The signs by which the person would notice a relapse; each is ticked as a tag of a check-in. */
export function Signs({ kept, record }: { kept: KeptSigns | null; record(draft: Draft): Promise<void> }): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [own, setOwn] = useState("");
  const before = kept?.signs ?? [];
  const signs = chosen ?? before;
  const toggle = (sign: string): void =>
    setChosen(signs.includes(sign) ? signs.filter((other) => other !== sign) : [...signs, sign]);
  const add = (): void => {
    const sign = own.trim();
    setOwn("");
    if (sign !== "" && !signs.includes(sign)) setChosen([...signs, sign]);
  };
  const keep = async (event: Event): Promise<void> => {
    event.preventDefault();
    const draft: Draft = { kind: "relapse-signs", signs: [...signs].sort() };
    if (await save(() => record(draft))) setChosen(null);
  };
  const offered = [...new Set([...before, ...OFFERED, ...signs])];
  return (
    <section>
      <h2>Signs that I am getting worse</h2>
      <p class="muted">
        Choose them on a day you are well, best with someone who knows you. Tick one in a check-in when you notice it.
        {kept && ` Chosen on ${kept.day}.`}
      </p>
      <form class="screen-only" onSubmit={(event) => void keep(event)} noValidate>
        <div class="chips" role="group" aria-label="Signs">
          {offered.map((sign) => (
            <button
              key={sign} type="button" class="chip" aria-pressed={signs.includes(sign)} onClick={() => toggle(sign)}
            >
              {sign}
            </button>
          ))}
        </div>
        <Field label="A sign in your words" name="signs" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" value={own} maxLength={200}
              onInput={({ currentTarget: { value } }) => setOwn(value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                add();
              }}
            />
          )}
        </Field>
        <Elsewhere problem={problem} names={["signs"]} />
        <div class="row">
          <button type="button" class="button" disabled={own.trim() === ""} onClick={add}>Add this sign</button>
          {chosen && <button class="button strong" aria-disabled={busy}>Keep these signs</button>}
        </div>
      </form>
    </section>
  );
}
