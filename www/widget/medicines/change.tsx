import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Day, MedicineView, Step, StepAction } from "#types";
import { useBefore } from "../flags/before.js";
import { useSaving } from "../saving.js";
import type { Actions } from "./actions.js";
import { Elsewhere, Field } from "./field.js";
import { draftOf, SCHEDULE_FIELDS, ScheduleFields, scheduleOf } from "./schedule.js";

const NAMES: Record<StepAction, string> = {
  increase: "Dose went up",
  decrease: "Dose went down",
  hold: "Paused",
  stop: "Stopped",
  resume: "Taken up again",
  start: "Started",
  switch: "Started in place of another",
  "cross-taper": "Started while another comes down",
  augment: "Started on top of another",
};

/** What can have happened next, by where the medicine stands. */
const NEXT: Record<MedicineView["state"], readonly StepAction[]> = {
  taking: ["increase", "decrease", "hold", "stop", "switch", "cross-taper", "augment"],
  paused: ["resume", "stop"],
  planned: ["increase", "decrease", "hold", "stop"],
  stopped: ["start", "switch", "cross-taper", "augment"],
  "not-started": ["start", "switch", "cross-taper", "augment"],
};
const WITHOUT_SCHEDULE: readonly StepAction[] = ["hold", "stop"];
const WITH_ANOTHER: readonly StepAction[] = ["switch", "cross-taper"];
const OWN_FIELDS = [...SCHEDULE_FIELDS, "action", "day", "replacing", "decidedBy", "reason"];

interface Props {
  medicine: MedicineView;
  others: readonly MedicineView[];
  today: Day;
  /** The one thing that happened, where that is known. */
  only?: StepAction;
  actions: Actions;
  /** After the step was kept. */
  onKept(): void;
  onCancel(): void;
}

/** Records a change that was decided: what, from when, why and by whom. */
export function RecordChange({ medicine, others, today, only, actions, onKept, onCancel }: Props): JSX.Element {
  const offered = only ? [only] : NEXT[medicine.state].filter((name) => !WITH_ANOTHER.includes(name) || others.length > 0);
  const [action, setAction] = useState<StepAction>(offered[0] ?? "start");
  const [day, setDay] = useState(today);
  const [schedule, setSchedule] = useState(draftOf(medicine.schedule));
  const [replacing, setReplacing] = useState(others[0]?.medicine ?? "");
  const [reason, setReason] = useState("");
  const [decidedBy, setDecidedBy] = useState<Required<Step>["decidedBy"]>("prescriber");
  const { save, busy, problem } = useSaving();
  const { ask, asking, before } = useBefore();
  const form = useRef<HTMLFormElement>(null);
  const hasSchedule = !WITHOUT_SCHEDULE.includes(action);
  useLayoutEffect(() => form.current?.querySelector("select")?.focus(), []);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const step: Step & { day: Day } = { kind: "step", medicine: medicine.medicine, action, day, decidedBy };
    if (hasSchedule) step.schedule = scheduleOf(schedule);
    if (WITH_ANOTHER.includes(action)) step.replacing = replacing;
    if (reason.trim() !== "") step.reason = reason.trim();
    await ask(() => actions.check(step), async () => {
      if (await save(() => actions.record(step))) onKept();
    });
  };

  return (
    <form class="form" ref={form} onSubmit={(event) => void submit(event)} noValidate>
      <h4>Record a change of {medicine.name}</h4>
      <div class="fields">
        <Field label="What happened" name="action" problem={problem}>
          {(tied) => (
            <select
              {...tied} class="input" value={action}
              onChange={({ currentTarget: { value } }) => setAction(value as StepAction)}
            >
              {offered.map((name) => <option key={name} value={name}>{NAMES[name]}</option>)}
            </select>
          )}
        </Field>
        <Field label="From" name="day" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" type="date" value={day}
              onInput={({ currentTarget: { value } }) => value !== "" && setDay(value)}
            />
          )}
        </Field>
        {WITH_ANOTHER.includes(action) && (
          <Field label="The other medicine" name="replacing" problem={problem}>
            {(tied) => (
              <select
                {...tied} class="input" value={replacing}
                onChange={({ currentTarget: { value } }) => setReplacing(value)}
              >
                {others.map((other) => <option key={other.medicine} value={other.medicine}>{other.name}</option>)}
              </select>
            )}
          </Field>
        )}
      </div>
      {hasSchedule && <ScheduleFields draft={schedule} problem={problem} onChange={setSchedule} />}
      <div class="fields">
        <Field label="Decided by" name="decidedBy" problem={problem}>
          {(tied) => (
            <select
              {...tied} class="input" value={decidedBy}
              onChange={({ currentTarget: { value } }) => setDecidedBy(value as typeof decidedBy)}
            >
              <option value="prescriber">my prescriber</option>
              <option value="together">my prescriber and me</option>
              <option value="person">me</option>
              <option value="other">someone else</option>
            </select>
          )}
        </Field>
        <Field label="Why (if you like)" name="reason" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" maxLength={200} value={reason}
              onInput={({ currentTarget: { value } }) => setReason(value)}
            />
          )}
        </Field>
      </div>
      <p class="muted">This notes what was decided. Decide on changes with your prescriber.</p>
      <Elsewhere problem={problem} names={OWN_FIELDS} />
      {before}
      <div class="row-buttons">
        <button type="button" class="button" onClick={onCancel}>Cancel</button>
        <button class="button strong" aria-disabled={busy || asking}>Record</button>
      </div>
    </form>
  );
}
