import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Day, Draft } from "#types";
import { Elsewhere } from "../medicines/field.js";
import { type Problem, useSaving } from "../saving.js";

/** What every form of this element is given. */
export interface FormProps {
  today: Day;
  /** Records a draft, after which the form is gone. */
  record(draft: Draft): Promise<void>;
  onClose(): void;
}

interface Props extends Omit<FormProps, "today"> {
  title: string;
  /** What is recorded of the fields as they stand. */
  draft(): Draft;
  /** Fields of the core that the form shows refusals of. */
  names: readonly string[];
  children(problem: Problem | null): ComponentChildren;
}

/** The frame of a form: its heading, its refusals, Cancel and Save. */
export function RecordForm({ title, draft, names, record, onClose, children }: Props): JSX.Element {
  const { save, busy, problem } = useSaving();
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => head.current?.focus(), []);
  return (
    <form
      class="form screen-only" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(() => record(draft()));
      }}
    >
      <h3 tabIndex={-1} ref={head}>{title}</h3>
      {children(problem)}
      <Elsewhere problem={problem} names={names} />
      <div class="row-buttons">
        <button type="button" class="button" onClick={onClose}>Cancel</button>
        <button class="button strong" aria-disabled={busy}>Save</button>
      </div>
    </form>
  );
}

/** The day of a draft, where it was not today. */
export function onDay(day: Day, today: Day): { day?: Day } {
  return day === today ? {} : { day };
}
