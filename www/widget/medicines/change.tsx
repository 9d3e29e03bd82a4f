import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Day, MedicineView, Step, StepAction } from "#types";
import { useSaving } from "../saving.js";
import type { Actions } from "./actions.js";
import { NEW_SCHEDULE, ScheduleFields, scheduleOf } from "./schedule.js";

const ACTIONS: readonly [StepAction, string][] = [
  ["increase", "Dose went up"],
  ["decrease", "Dose went down"],
  ["hold", "Paused"],
  ["resume", "Taken up again"],
  ["stop", "Stopped"],
  ["start", "Started again"],
  ["switch", "Started in place of another"],
  ["cross-taper", "Started while another comes down"],
  ["augment", "Started on top of another"],
];
const WITHOUT_SCHEDULE: readonly StepAction[] = ["hold", "stop"];
const WITH_ANOTHER: readonly StepAction[] = ["switch", "cross-taper"];

interface Props {
  medicine: MedicineView;
  others: readonly MedicineView[];
  today: Day;
  actions: Actions;
  onDone(): void;
}

/** Records a change that was decided: what, from when, why and by whom. */
export function RecordChange({ medicine, others, today, actions, onDone }: Props): JSX.Element {
  const id = useId();
  const [action, setAction] = useState<StepAction>("increase");
  const [day, setDay] = useState(today);
  const [schedule, setSchedule] = useState({ ...NEW_SCHEDULE, unit: medicine.schedule?.unit ?? "mg" });
  const [replacing, setReplacing] = useState(others[0]?.medicine ?? "");
  const [reason, setReason] = useState("");
  const [decidedBy, setDecidedBy] = useState<Required<Step>["decidedBy"]>("prescriber");
  const { save, busy, problem } = useSaving();
  const hasSchedule = !WITHOUT_SCHEDULE.includes(action);
  const offered = ACTIONS.filter(([name]) => !WITH_ANOTHER.includes(name) || others.length > 0);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const step: Step & { day: Day } = { kind: "step", medicine: medicine.medicine, action, day, decidedBy };
    if (hasSchedule) step.schedule = scheduleOf(schedule);
    if (WITH_ANOTHER.includes(action)) step.replacing = replacing;
    if (reason.trim() !== "") step.reason = reason.trim();
    if (await save(() => actions.record(step))) onDone();
  };

  return (
    <form class="form" onSubmit={(event) => void submit(event)} noValidate>
      <h4>Record a change of {medicine.name}</h4>
      <div class="fields">
        <label for={`${id}-action`}>
          What
          <select
            id={`${id}-action`} class="input" value={action}
            onChange={({ currentTarget: { value } }) => setAction(value as StepAction)}
          >
            {offered.map(([name, text]) => <option key={name} value={name}>{text}</option>)}
          </select>
        </label>
        <label for={`${id}-day`}>
          From
          <input
            id={`${id}-day`} class="input" type="date" value={day}
            onInput={({ currentTarget: { value } }) => value !== "" && setDay(value)}
          />
        </label>
        {WITH_ANOTHER.includes(action) && (
          <label for={`${id}-replacing`}>
            The other medicine
            <select
              id={`${id}-replacing`} class="input" value={replacing}
              onChange={({ currentTarget: { value } }) => setReplacing(value)}
            >
              {others.map((other) => <option key={other.medicine} value={other.medicine}>{other.name}</option>)}
            </select>
          </label>
        )}
      </div>
      {hasSchedule && <ScheduleFields draft={schedule} onChange={setSchedule} />}
      <div class="fields">
        <label for={`${id}-by`}>
          Decided by
          <select
            id={`${id}-by`} class="input" value={decidedBy}
            onChange={({ currentTarget: { value } }) => setDecidedBy(value as typeof decidedBy)}
          >
            <option value="prescriber">my prescriber</option>
            <option value="together">my prescriber and me</option>
            <option value="person">me</option>
            <option value="other">someone else</option>
          </select>
        </label>
        <label for={`${id}-reason`}>
          Why (if you like)
          <input
            id={`${id}-reason`} class="input" maxLength={200} value={reason}
            onInput={({ currentTarget: { value } }) => setReason(value)}
          />
        </label>
      </div>
      <p class="muted">This records what was decided. For a decision, talk with your prescriber.</p>
      {problem && <p class="error" role="alert">{problem}</p>}
      <div class="row-buttons">
        <button type="button" class="button" onClick={onDone}>Cancel</button>
        <button class="button strong" disabled={busy}>Record</button>
      </div>
    </form>
  );
}
