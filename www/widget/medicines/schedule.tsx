import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Schedule, Unit } from "#types";

const UNITS: readonly [Unit, string][] = [
  ["mg", "mg"], ["mcg", "mcg"], ["g", "g"], ["mL", "mL"], ["drops", "drops"], ["tablet", "tablets"],
  ["mg/24h", "mg in 24 hours (patch)"], ["mEq", "mEq"], ["IU", "IU"],
];

const PATTERNS = {
  morning: "Once a day, morning",
  evening: "Once a day, evening",
  night: "Once a day, at night",
  twice: "Twice a day",
  thrice: "Three times a day",
  "other-day": "Every other day",
  "as-needed": "Only when needed",
  depot: "Injection every few weeks",
} as const;

export type PatternName = keyof typeof PATTERNS;

/** What the schedule fields hold while they are being filled in. */
export interface ScheduleDraft {
  amount: string;
  unit: Unit;
  pattern: PatternName;
  /** For injections. */
  weeks: string;
  /** For as-needed medicines: most in a day. */
  most: string;
}

export const NEW_SCHEDULE: ScheduleDraft = { amount: "", unit: "mg", pattern: "morning", weeks: "4", most: "" };

/** The schedule as it is recorded. Numbers go to the core as they are: it refuses what is wrong. */
export function scheduleOf({ amount, unit, pattern, weeks, most }: ScheduleDraft): Schedule {
  const dose = numberOf(amount);
  const at = (...times: string[]): { at: string; amount: number }[] => times.map((at) => ({ at, amount: dose }));
  switch (pattern) {
    case "morning":
      return { repeat: "daily", unit, doses: at("08:00") };
    case "evening":
      return { repeat: "daily", unit, doses: at("19:00") };
    case "night":
      return { repeat: "daily", unit, doses: at("22:00") };
    case "twice":
      return { repeat: "daily", unit, doses: at("08:00", "20:00") };
    case "thrice":
      return { repeat: "daily", unit, doses: at("08:00", "14:00", "20:00") };
    case "other-day":
      return { repeat: "every", days: 2, unit, doses: [{ amount: dose }] };
    case "as-needed":
      return {
        repeat: "as-needed", unit, doses: [{ amount: dose }],
        ...(most.trim() === "" ? {} : { maxPerDay: numberOf(most) }),
      };
    case "depot":
      return { repeat: "depot", weeks: numberOf(weeks), unit, doses: [{ amount: dose }] };
  }
}

/** What a person typed as a number, with either decimal sign; NaN is left for the core to refuse. */
function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", "."));
}

interface Props {
  draft: ScheduleDraft;
  onChange(draft: ScheduleDraft): void;
}

/** Dose, unit and how often. */
export function ScheduleFields({ draft, onChange }: Props): JSX.Element {
  const id = useId();
  const set = (change: Partial<ScheduleDraft>): void => onChange({ ...draft, ...change });
  return (
    <div class="fields">
      <label for={`${id}-amount`}>
        {draft.pattern === "as-needed" ? "One dose" : "Each time"}
        <input
          id={`${id}-amount`} class="input short" inputMode="decimal" required value={draft.amount}
          onInput={({ currentTarget: { value } }) => set({ amount: value })}
        />
      </label>
      <label for={`${id}-unit`}>
        Unit
        <select
          id={`${id}-unit`} class="input" value={draft.unit}
          onChange={({ currentTarget: { value } }) => set({ unit: value as Unit })}
        >
          {UNITS.map(([unit, name]) => <option key={unit} value={unit}>{name}</option>)}
        </select>
      </label>
      <label for={`${id}-pattern`}>
        How often
        <select
          id={`${id}-pattern`} class="input" value={draft.pattern}
          onChange={({ currentTarget: { value } }) => set({ pattern: value as PatternName })}
        >
          {Object.entries(PATTERNS).map(([name, text]) => <option key={name} value={name}>{text}</option>)}
        </select>
      </label>
      {draft.pattern === "depot" && (
        <label for={`${id}-weeks`}>
          Weeks between
          <input
            id={`${id}-weeks`} class="input short" inputMode="numeric" value={draft.weeks}
            onInput={({ currentTarget: { value } }) => set({ weeks: value })}
          />
        </label>
      )}
      {draft.pattern === "as-needed" && (
        <label for={`${id}-most`}>
          Most in a day, if agreed
          <input
            id={`${id}-most`} class="input short" inputMode="decimal" value={draft.most}
            onInput={({ currentTarget: { value } }) => set({ most: value })}
          />
        </label>
      )}
    </div>
  );
}
