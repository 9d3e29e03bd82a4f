/**
 * What the chart says of one day: the same facts for the note at the cursor, for the live region
 * and for the table. It looks values up and never computes with them.
 */
import type { DayStatus, Mark, OutcomeLane, Timeline } from "#types";
import type { Formats } from "../chart/days.js";
import { labels } from "../chart/labels.js";
import { inWindow, lowerBound } from "./paths.js";

/** A lane's values of one day, in order of time. */
export function valuesOn(lane: OutcomeLane, day: number): number[] {
  const [first, end] = inWindow(lane.days, day, day + 1);
  return Array.from(lane.values.subarray(first, end)).filter((value) => !Number.isNaN(value));
}

/** The severity band a value lies in, empty without one. */
export function severityOf(lane: OutcomeLane, value: number): string {
  return lane.severityBands.findLast((band) => value >= band.min)?.label ?? "";
}

/** One medicine on one day. */
export interface DoseOnDay {
  name: string;
  unit: string;
  asNeeded: boolean;
  /** Prescribed that day; null before the first step. */
  dose: number | null;
  status: DayStatus | null;
}

/** What was prescribed and taken on a day, one row a medicine. */
export function dosesOn(timeline: Timeline, day: number): DoseOnDay[] {
  return timeline.doses.map((lane) => {
    const step = lowerBound(lane.stepDays, day + 1) - 1;
    const index = lowerBound(lane.adherenceDays, day);
    const recorded = lane.adherenceDays[index] === day;
    return {
      name: lane.name,
      unit: lane.unit,
      asNeeded: lane.asNeeded,
      dose: step < 0 ? null : (lane.stepDoses[step] as number),
      status: recorded ? (timeline.dayStatuses[lane.adherence[index] as number] ?? null) : null,
    };
  });
}

/** Side effects going on that day, with their strongest severity. */
export function sideEffectsOn(timeline: Timeline, day: number): string[] {
  return timeline.sideEffects.flatMap(({ term, spans }) => {
    const going = spans.filter((span) => day >= Math.floor(span.from) && day <= span.to);
    if (going.length === 0) return [];
    const strongest = going.reduce((most, span) => Math.max(most, span.severity), 0);
    return [`${term} (${labels.severity[strongest]})`];
  });
}

/** Found once for each timeline: it takes a look at the identifier of every value. */
const found = new WeakMap<Timeline, Mark[]>();

/** The marks that are not values of a lane already. */
export function eventMarks(timeline: Timeline): Mark[] {
  if (timeline.marks.length === 0) return [];
  let marks = found.get(timeline);
  if (!marks) {
    const wanted = new Set(timeline.marks.map((mark) => mark.id));
    for (const lane of timeline.lanes) for (const id of lane.ids) wanted.delete(id);
    marks = timeline.marks.filter((mark) => wanted.has(mark.id));
    found.set(timeline, marks);
  }
  return marks;
}

/** Visits, therapy, events, spans and dose steps of that day. */
export function eventsOn(timeline: Timeline, day: number): string[] {
  const marks = eventMarks(timeline)
    .filter((mark) => day >= Math.floor(mark.from) && day <= Math.floor(mark.to))
    .map((mark) => mark.label);
  const steps = timeline.doses.flatMap((lane) =>
    lane.steps
      .filter((step) => Math.floor(step.day) === day)
      .map((step) => `${lane.name}: ${step.label}`),
  );
  return [...marks, ...steps];
}

/** A day in words, a line a fact: the note at the cursor. */
export interface Reading {
  date: string;
  lines: string[];
}

/** Reads a day of the timeline. */
export function readDay(
  timeline: Timeline,
  day: number,
  formats: Formats,
  withYear: boolean,
): Reading {
  const lines: string[] = [];
  for (const lane of timeline.lanes) {
    const values = valuesOn(lane, day);
    const [only] = values;
    if (only === undefined) continue;
    const band = values.length === 1 ? severityOf(lane, only) : "";
    const words = `${lane.outcome.name} ${formats.list(values.map(formats.number))}`;
    lines.push(band ? `${words}, ${band}` : words);
  }
  for (const change of timeline.lanes.flatMap((lane) => lane.changePoints)) {
    if (day >= Math.floor(change.low) && day <= change.high) lines.push(labels.changeFound);
  }
  lines.push(...sideEffectsOn(timeline, day));
  for (const dose of dosesOn(timeline, day)) {
    const status =
      dose.status && dose.status !== "nothing-due" ? labels.dayStatus[dose.status] : "";
    if (dose.asNeeded) {
      if (dose.status === "as-needed") lines.push(`${dose.name}, ${status}`);
    } else if (dose.dose) {
      const words = labels.on(`${dose.name} ${formats.number(dose.dose)} ${dose.unit}`);
      lines.push(status ? `${words}, ${status}` : words);
    }
  }
  lines.push(...eventsOn(timeline, day));
  if (lines.length === 0) lines.push(labels.noEntry);
  return { date: withYear ? formats.shortDate(day) : formats.dayAndMonth(day), lines };
}

/** A reading in one breath: "12 May, PHQ-9 14, moderate, on sertraline 50 mg". */
export function spoken(reading: Reading): string {
  return [reading.date, ...reading.lines].join(", ");
}

/** Days on which anything was recorded, in order: where the arrow keys stop. */
export function recordedDays(timeline: Timeline): number[] {
  const days = new Set<number>();
  for (const lane of timeline.lanes) for (const day of lane.days) days.add(Math.floor(day));
  for (const { spans } of timeline.sideEffects) {
    for (const span of spans) days.add(Math.floor(span.from));
  }
  for (const mark of timeline.marks) days.add(Math.floor(mark.from));
  const silent = new Set(["nothing-due", "no-entry"]);
  for (const lane of timeline.doses) {
    for (const day of lane.stepDays) days.add(Math.floor(day));
    lane.adherenceDays.forEach((day, index) => {
      if (!silent.has(timeline.dayStatuses[lane.adherence[index] as number] ?? "no-entry"))
        days.add(day);
    });
  }
  return [...days].sort((a, b) => a - b);
}
