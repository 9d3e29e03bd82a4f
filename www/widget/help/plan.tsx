import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Help } from "#types";
import { Elsewhere, Field } from "../medicines/field.js";
import { useSaving } from "../saving.js";

type Plan = Help["plan"];
/** The lines of each part, by the name of its field. */
export type PlanLines = Partial<Record<Plan["parts"][number]["part"], string[]>>;

/** The person's own plan, in their words and order. */
export function PlanShown({ parts }: Plan): JSX.Element {
  return (
    <dl class="plan">
      {parts.filter(({ lines }) => lines.length > 0).map(({ part, title, lines }) => (
        <div key={part}>
          <dt>{title}</dt>
          {lines.map((line) => <dd key={line}>{line}</dd>)}
        </div>
      ))}
    </dl>
  );
}

interface Props {
  plan: Plan;
  save(lines: PlanLines): Promise<unknown>;
  onDone(): void;
}

/** The plan as a form: one line of a field is one line of the plan, and every field may stay empty. */
export function PlanForm({ plan: { parts }, save: keep, onDone }: Props): JSX.Element {
  const [texts, setTexts] = useState(() => parts.map(({ lines }) => lines.join("\n")));
  const { save, busy, problem } = useSaving();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const lines: PlanLines = {};
    parts.forEach(({ part }, place) => {
      lines[part] = (texts[place] ?? "").split("\n").map((line) => line.trim()).filter((line) => line !== "");
    });
    if (await save(() => keep(lines))) onDone();
  };
  return (
    <form class="form" onSubmit={(event) => void submit(event)} noValidate>
      <p class="muted">One thing a line, in your own words. Leave out what does not fit.</p>
      {parts.map(({ part, title }, place) => (
        <Field key={part} label={title} name={part} problem={problem}>
          {(tied) => (
            <textarea
              {...tied} class="input" rows={2} value={texts[place]}
              onInput={({ currentTarget: { value } }) =>
                setTexts((before) => before.map((text, other) => (other === place ? value : text)))}
            />
          )}
        </Field>
      ))}
      <Elsewhere problem={problem} names={parts.map(({ part }) => part)} />
      <div class="buttons">
        <button type="button" class="button" onClick={onDone}>Cancel</button>
        <button class="button strong" aria-disabled={busy}>Save the plan</button>
      </div>
    </form>
  );
}
