import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Draft } from "#types";
import { useChips } from "../chips.js";
import { Elsewhere, Field } from "../medicines/field.js";
import { useSaving } from "../saving.js";
import type { KeptSigns } from "./element.js";

/** Signs offered before a person has words of their own. */
const OFFERED = ["short nights", "not answering friends", "skipping meals", "calling in sick"];

/** The signs by which the person would notice a relapse; each is ticked as a tag of a check-in. */
export function Signs({ kept, record }: { kept: KeptSigns | null; record(draft: Draft): Promise<void> }): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const before = kept?.signs ?? [];
  const signs = chosen ?? before;
  const { chips, input, button } = useChips(signs, setChosen);
  const keep = async (event: Event): Promise<void> => {
    event.preventDefault();
    const draft: Draft = { kind: "relapse-signs", signs: [...signs].sort() };
    if (await save(() => record(draft))) setChosen(null);
  };
  return (
    <section>
      <h2>Signs that I am getting worse</h2>
      <p class="muted">
        Choose them on a day you are well, best with someone who knows you. Tick one in a check-in when you notice it.
        {kept && ` Chosen on ${kept.day}.`}
      </p>
      <form class="screen-only" onSubmit={(event) => void keep(event)} noValidate>
        <div class="chips" role="group" aria-label="Signs">{chips([...before, ...OFFERED, ...signs])}</div>
        <Field label="A sign in your words" name="signs" problem={problem}>
          {(tied) => <input {...tied} {...input} />}
        </Field>
        <Elsewhere problem={problem} names={["signs"]} />
        <div class="row">
          <button {...button}>Add this sign</button>
          {chosen && <button class="button strong" aria-disabled={busy}>Keep these signs</button>}
        </div>
      </form>
    </section>
  );
}
