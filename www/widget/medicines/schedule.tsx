import type { JSX } from "preact";
import type { Schedule, Unit } from "#types";
import type { Problem } from "../saving.js";
import { Field, numberOf } from "./field.js";

export const UNITS: readonly [Unit, string][] = [
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

const TIMES: Partial<Record<PatternName, readonly string[]>> = {
  morning: ["08:00"], evening: ["19:00"], night: ["22:00"], twice: ["08:00", "20:00"],
  thrice: ["08:00", "14:00", "20:00"],
};

/** A pattern by name, or the days and times that are prescribed now with another amount. */
type PatternName = keyof typeof PATTERNS | "as-now";

/** What the schedule fields hold while they are being filled in. */
export interface ScheduleDraft {
  amount: string;
  unit: Unit;
  pattern: PatternName;
  /** For injections. */
  weeks: string;
  /** For as-needed medicines: most in a day. */
  most: string;
  /** What is prescribed now, where every dose has the same amount. */
  now: Schedule | null;
}

export const NEW_SCHEDULE: ScheduleDraft = {
  amount: "", unit: "mg", pattern: "morning", weeks: "4", most: "", now: null,
};

/** Fields of the core that these fields show refusals of. */
export const SCHEDULE_FIELDS: readonly string[] = ["amount", "unit", "weeks", "maxPerDay"];

/** The fields as a change of what is prescribed now begins with them: all but the amount stays. */
export function draftOf(now: Schedule | null): ScheduleDraft {
  if (!now) return NEW_SCHEDULE;
  const draft = { ...NEW_SCHEDULE, unit: now.unit };
  const amounts = new Set(now.doses.map(({ amount }) => amount));
  return amounts.size === 1 ? { ...draft, pattern: "as-now", now } : draft;
}

/** The schedule as it is recorded. Numbers go to the core as they are: it refuses what is wrong. */
export function scheduleOf({ amount, unit, pattern, weeks, most, now }: ScheduleDraft): Schedule {
  const dose = numberOf(amount);
  const times = TIMES[pattern];
  if (times) return { repeat: "daily", unit, doses: times.map((at) => ({ at, amount: dose })) };
  const doses = [{ amount: dose }];
  if (pattern === "other-day") return { repeat: "every", days: 2, unit, doses };
  if (pattern === "depot") return { repeat: "depot", weeks: numberOf(weeks), unit, doses };
  if (pattern === "as-now" && now) return { ...now, unit, doses: now.doses.map((due) => ({ ...due, amount: dose })) };
  const maxPerDay = most.trim() === "" ? {} : { maxPerDay: numberOf(most) };
  return { repeat: "as-needed", unit, doses, ...maxPerDay };
}

interface Props {
  draft: ScheduleDraft;
  problem: Problem | null;
  onChange(draft: ScheduleDraft): void;
}

/** Dose, unit and how often. */
export function ScheduleFields({ draft, problem, onChange }: Props): JSX.Element {
  const set = (change: Partial<ScheduleDraft>): void => onChange({ ...draft, ...change });
  return (
    <div class="fields">
      <div class="pair">
        <Field label={draft.pattern === "as-needed" ? "One dose" : "Each time"} name="amount" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" inputMode="decimal" autocomplete="off" value={draft.amount}
              onInput={({ currentTarget: { value } }) => set({ amount: value })}
            />
          )}
        </Field>
        <Field label="Unit" name="unit" problem={problem}>
          {(tied) => (
            <select
              {...tied} class="input" value={draft.unit}
              onChange={({ currentTarget: { value } }) => set({ unit: value as Unit })}
            >
              {UNITS.map(([unit, name]) => <option key={unit} value={unit}>{name}</option>)}
            </select>
          )}
        </Field>
      </div>
      <Field label="How often">
        {(tied) => (
          <select
            {...tied} class="input" value={draft.pattern}
            onChange={({ currentTarget: { value } }) => set({ pattern: value as PatternName })}
          >
            {draft.now && <option value="as-now">As often as now</option>}
            {Object.entries(PATTERNS).map(([name, text]) => <option key={name} value={name}>{text}</option>)}
          </select>
        )}
      </Field>
      {draft.pattern === "depot" && (
        <Field label="Weeks between" name="weeks" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" inputMode="numeric" value={draft.weeks}
              onInput={({ currentTarget: { value } }) => set({ weeks: value })}
            />
          )}
        </Field>
      )}
      {draft.pattern === "as-needed" && (
        <Field label="Most in a day (if agreed)" name="maxPerDay" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" inputMode="decimal" value={draft.most}
              onInput={({ currentTarget: { value } }) => set({ most: value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
