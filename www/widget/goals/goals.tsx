import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Draft, EntryId, Goal } from "#types";
import { useId } from "../id.js";
import { Elsewhere, Field } from "../medicines/field.js";
import { useSaving } from "../saving.js";
import type { KeptGoal } from "./element.js";

/** How far a goal has come, from −2 to 2. */
const ATTAINMENT = ["Much less than hoped", "Less than hoped", "As hoped", "More than hoped", "Much more than hoped"];

interface Props {
  goals: readonly KeptGoal[];
  record(draft: Draft): Promise<void>;
  amend(id: EntryId, goal: Goal): Promise<void>;
  remove(id: EntryId): Promise<void>;
}

/** The goals, each with how far it has come, and one line to add another. */
export function Goals({ goals, record, amend, remove }: Props): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [text, setText] = useState("");
  const head = useRef<HTMLHeadingElement>(null);
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await save(() => record({ kind: "goal", text }))) setText("");
  };
  return (
    <section>
      <h2 tabIndex={-1} ref={head}>What I want to get to</h2>
      <p class="muted">Small things of daily life count most. You can change them at any time.</p>
      <ul class="goals">
        {goals.map((goal) => (
          <OneGoal
            key={goal.id} goal={goal} amend={amend}
            remove={async () => {
              await remove(goal.id);
              head.current?.focus();
            }}
          />
        ))}
      </ul>
      <form class="screen-only" onSubmit={(event) => void add(event)} noValidate>
        <Field label="A goal in your words" name="text" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" value={text} placeholder="cook three times a week"
              onInput={({ currentTarget: { value } }) => setText(value)}
            />
          )}
        </Field>
        <Elsewhere problem={problem} names={["text"]} />
        <button class="button" aria-disabled={busy}>Add</button>
      </form>
    </section>
  );
}

function OneGoal({ goal, amend, remove }: {
  goal: KeptGoal; amend(id: EntryId, goal: Goal): Promise<void>; remove(): Promise<void>;
}): JSX.Element {
  const { save, problem } = useSaving();
  const name = useId();
  const rate = (attainment: number | null): void => {
    const body: Goal = { kind: "goal", text: goal.text };
    if (goal.note !== undefined) body.note = goal.note;
    if (attainment !== null) body.attainment = attainment;
    void save(() => amend(goal.id, body));
  };
  return (
    <li class="goal">
      <p id={`${name}-text`}>{goal.text}</p>
      <div class="steps" role="radiogroup" aria-labelledby={`${name}-text`}>
        {ATTAINMENT.map((label, place) => {
          const value = place - 2;
          return (
            <label key={label} class="step">
              <input
                type="radio" class="visually-hidden" name={name} checked={goal.attainment === value}
                onChange={() => rate(value)} onClick={() => goal.attainment === value && rate(null)}
              />
              <span>{label}</span>
            </label>
          );
        })}
      </div>
      {problem && <p class="error" role="alert">{problem.sentence}</p>}
      <button type="button" class="button screen-only" onClick={() => void save(remove)}>
        Remove<span class="visually-hidden">: {goal.text}</span>
      </button>
    </li>
  );
}
