import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Draft, MeasureUnit, Measurement } from "#types";
import { ChoiceInput, DayInput, NumberInput, numberOf, TextInput } from "../medicines/field.js";
import { type FormProps, onDay, RecordForm } from "./form.js";

type Measure = Measurement["measure"];

const MEASURES: readonly (readonly [Measure, string])[] = [
  ["weight", "Weight"], ["blood-pressure", "Blood pressure"], ["pulse", "Pulse"], ["temperature", "Temperature"],
  ["lab", "A lab result"],
];

/** Units by what is measured, the usual one first, as they are read. */
const UNITS: Record<Measure, readonly (readonly [MeasureUnit, string])[]> = {
  weight: [["kg", "kg"], ["lb", "lb"]],
  "blood-pressure": [["mmHg", "mmHg"]],
  pulse: [["/min", "beats a minute"]],
  temperature: [["Cel", "°C"], ["degF", "°F"]],
  lab: [
    ["mmol/L", "mmol/L"], ["mEq/L", "mEq/L"], ["umol/L", "µmol/L"], ["nmol/L", "nmol/L"], ["mg/L", "mg/L"],
    ["mg/dL", "mg/dL"], ["mcg/mL", "µg/mL"], ["mcg/L", "µg/L"], ["ng/mL", "ng/mL"], ["g/dL", "g/dL"], ["U/L", "U/L"],
    ["mIU/L", "mIU/L"], ["10*9/L", "10⁹/L"], ["/uL", "/µL"], ["mL/min", "mL/min"], ["%", "%"],
  ],
};

/** Weight, blood pressure, pulse, temperature, or what a laboratory found. */
export function MeasuredForm({ today, ...rest }: FormProps): JSX.Element {
  const [measure, setMeasure] = useState<Measure>("weight");
  const [value, setValue] = useState("");
  const [unit, setUnit] = useState<MeasureUnit>("kg");
  const [diastolic, setDiastolic] = useState("");
  const [analyte, setAnalyte] = useState("");
  const [hours, setHours] = useState("");
  const [day, setDay] = useState(today);
  const isPressure = measure === "blood-pressure";
  const isLab = measure === "lab";
  const choose = (wanted: Measure): void => {
    setMeasure(wanted);
    setUnit(UNITS[wanted][0]?.[0] ?? "kg");
  };
  const draft = (): Draft => {
    const body: Measurement = { kind: "measurement", measure, value: numberOf(value), unit };
    if (isPressure) body.diastolic = numberOf(diastolic);
    if (isLab) body.analyte = analyte.trim();
    if (isLab && hours.trim() !== "") body.hoursSinceDose = numberOf(hours);
    return { ...body, ...onDay(day, today) };
  };
  const names = ["value", "unit", "diastolic", "analyte", "hoursSinceDose", "day"];
  return (
    <RecordForm title="Something measured" draft={draft} names={names} {...rest}>
      {(problem) => (
        <>
          <ChoiceInput label="What" name="measure" value={measure} options={MEASURES} problem={problem} onChange={choose} />
          {isLab && (
            <TextInput
              label="What was looked for, for example lithium" name="analyte" value={analyte} problem={problem}
              onChange={setAnalyte}
            />
          )}
          <div class="pair">
            <NumberInput
              label={isPressure ? "Upper number" : "Value"} name="value" value={value} problem={problem} onChange={setValue}
            />
            {isPressure && (
              <NumberInput label="Lower number" name="diastolic" value={diastolic} problem={problem} onChange={setDiastolic} />
            )}
            {UNITS[measure].length > 1 && (
              <ChoiceInput
                label="Unit" name="unit" value={unit} options={UNITS[measure]} problem={problem} onChange={setUnit}
              />
            )}
          </div>
          {isLab && (
            <NumberInput
              label="Hours since your last dose (a lithium level can only be read with it)" name="hoursSinceDose"
              value={hours} problem={problem} onChange={setHours}
            />
          )}
          <DayInput label="Day" name="day" value={day} max={today} problem={problem} onChange={setDay} />
        </>
      )}
    </RecordForm>
  );
}
