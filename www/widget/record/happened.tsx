import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { DayInput, TextInput } from "../medicines/field.js";
import { type FormProps, onDay, RecordForm } from "./form.js";

/** Something of life that may explain a better or a worse day. */
export function HappenedForm({ today, ...rest }: FormProps): JSX.Element {
  const [title, setTitle] = useState("");
  const [day, setDay] = useState(today);
  return (
    <RecordForm
      title="Something that happened" names={["title", "day"]}
      draft={() => ({ kind: "life-event", title: title.trim(), ...onDay(day, today) })} {...rest}
    >
      {(problem) => (
        <>
          <TextInput
            label="In a few words, for example “new job”" name="title" value={title} problem={problem} onChange={setTitle}
          />
          <DayInput label="Day" name="day" value={day} max={today} problem={problem} onChange={setDay} />
        </>
      )}
    </RecordForm>
  );
}
