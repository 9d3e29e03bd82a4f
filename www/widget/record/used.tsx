import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Draft, SubstanceUse } from "#types";
import { ChoiceInput, DayInput, NumberInput, numberOf, TextInput } from "../medicines/field.js";
import { type FormProps, onDay, RecordForm } from "./form.js";

/** Substances by their name in the tables, with what they are usually counted in. */
const COUNTED_IN = {
  alcohol: "drinks", cannabis: "times", caffeine: "cups", nicotine: "cigarettes", other: "times",
} as const;

type Substance = keyof typeof COUNTED_IN;

const SUBSTANCES: readonly (readonly [Substance, string])[] = [
  ["alcohol", "Alcohol"], ["caffeine", "Caffeine"], ["nicotine", "Nicotine"], ["cannabis", "Cannabis"],
  ["other", "Something else"],
];

/** What was drunk, smoked or taken besides medicines: recorded as it was, judged by no one. */
export function UsedForm({ today, ...rest }: FormProps): JSX.Element {
  const [substance, setSubstance] = useState<Substance>("alcohol");
  const [name, setName] = useState("");
  const [quantity, setQuantity] = useState("");
  const [countedIn, setCountedIn] = useState<string>(COUNTED_IN.alcohol);
  const [day, setDay] = useState(today);
  const isOther = substance === "other";
  const draft = (): Draft => {
    const body: SubstanceUse = { kind: "substance", substance: isOther ? name.trim() : substance };
    if (quantity.trim() !== "") {
      body.quantity = numberOf(quantity);
      if (countedIn.trim() !== "") body.countedIn = countedIn.trim();
    }
    return { ...body, ...onDay(day, today) };
  };
  return (
    <RecordForm
      title="Alcohol, caffeine or other" draft={draft} names={["substance", "quantity", "countedIn", "day"]} {...rest}
    >
      {(problem) => (
        <>
          <p class="muted">Just what it was. It stays out of a brief unless you tick it.</p>
          <ChoiceInput
            label="What" name={isOther ? "" : "substance"} value={substance} options={SUBSTANCES} problem={problem}
            onChange={(wanted) => {
              setSubstance(wanted);
              setCountedIn(COUNTED_IN[wanted]);
            }}
          />
          {isOther && <TextInput label="Its name" name="substance" value={name} problem={problem} onChange={setName} />}
          <div class="pair">
            <NumberInput
              label="How much (if you like)" name="quantity" value={quantity} problem={problem} onChange={setQuantity}
            />
            <TextInput label="Counted in" name="countedIn" value={countedIn} problem={problem} onChange={setCountedIn} />
          </div>
          <DayInput label="Day" name="day" value={day} max={today} problem={problem} onChange={setDay} />
        </>
      )}
    </RecordForm>
  );
}
