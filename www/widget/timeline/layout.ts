/**
 * Where everything stands on the timeline: one shared time axis, and under each other the lanes
 * from what is felt to what is taken. All lengths are CSS pixels and follow the size of the text.
 */
import type { DayStatus, DoseLane, Mark, OutcomeLane, SideEffectStrip, Timeline } from "#types";
import { type ScaleLinear, type ScaleTime, scaleLinear, scaleUtc } from "d3-scale";
import { instantOf, type Formats } from "../chart/days.js";
import { capital, labels } from "../chart/labels.js";
import { NARROW, type Room } from "../chart/width.js";
import { type HeadingPlan, type HeadingWords, planHeading } from "./heading.js";
import { eventMarks } from "./reading.js";
import type { Window } from "./window.js";

/** A lane's place: its plot lies between `top` and `bottom`, its heading begins at `titleTop`. */
interface Place {
  titleTop: number;
  top: number;
  bottom: number;
}

interface Row extends Place {
  heading: HeadingPlan;
}

export interface OutcomeRow extends Row {
  lane: OutcomeLane;
  y: ScaleLinear<number, number>;
  ticks: number[];
}

export interface StripPlace extends Place {
  strip: SideEffectStrip;
}

export interface DoseRow extends Row {
  lane: DoseLane;
  y: ScaleLinear<number, number>;
  /** The line that the ticks of what was taken stand on or hang from. */
  tickLine: number;
}

export interface Layout {
  narrow: boolean;
  width: number;
  height: number;
  /** Left and right edge of the plots. */
  left: number;
  right: number;
  /** Size of small text, never under 12 px, and of titles. */
  small: number;
  title: number;
  window: Window;
  x: ScaleTime<number, number>;
  outcomes: OutcomeRow[];
  sideEffects: (Row & { strips: StripPlace[] }) | null;
  events: (Row & { marks: Mark[] }) | null;
  doses: DoseRow[];
  /** Where the axis is drawn. */
  foot: number;
}

/** Kinds of event in the order of their key. */
export const EVENT_KINDS: readonly Mark["kind"][] = [
  "visit",
  "therapy",
  "life-event",
  "goal",
  "assessment",
  "span",
];
/** What is said of a day's dose, in the order of its key. */
const TICK_ORDER: readonly DayStatus[] = ["taken", "partly", "as-needed", "missed", "no-entry"];

/** Lays the timeline out for the room it has. */
export function layOut(timeline: Timeline, window: Window, room: Room, formats: Formats): Layout {
  const em = room.text;
  const narrow = room.width < NARROW;
  const small = Math.max(12, em * 0.8);
  const title = Math.max(13, em * 0.85);
  const left = narrow ? small * 2.2 : em * 12.5;
  const right = room.width - small * 0.6;
  const gap = em * (narrow ? 0.9 : 1.4);

  let y = -gap * 0.5;
  /** The next row: beside its heading, or under it; `above` keeps room for words over the plot. */
  const place = (words: HeadingWords, height: number, gutter: number, above = 0): Row => {
    const heading = planHeading(words, narrow ? right : gutter, { small, title, narrow });
    const titleTop = y + gap + (narrow ? 0 : above);
    const top = narrow ? titleTop + heading.height + small * 0.6 + above : titleTop;
    const bottom = top + height;
    y = Math.max(bottom, titleTop + heading.height);
    return { heading, titleTop, top, bottom };
  };

  const outcomes = timeline.lanes.map((lane) => {
    const tall = lane.outcome.source === "assessment";
    const above = lane.changePoints.length > 0 ? small * (narrow ? 1.1 : 0.6) : 0;
    const height = em * (tall ? (narrow ? 8 : 11) : narrow ? 6 : 7.5);
    const row = place(outcomeWords(lane, formats), height, left - small * 3.6, above);
    const scale = scaleLinear().domain(valueDomain(lane)).range([row.bottom, row.top]);
    return { ...row, lane, y: scale, ticks: scale.ticks(4) };
  });

  let sideEffects: Layout["sideEffects"] = null;
  if (timeline.sideEffects.length > 0) {
    const each = small * (narrow ? 2.3 : 1.5);
    const words = { title: labels.sideEffects, lines: [labels.tallerIsStronger] };
    const row = place(words, each * timeline.sideEffects.length, left * 0.6);
    const strips = timeline.sideEffects.map((strip, index) => {
      const bottom = row.top + each * (index + 1) - small * 0.2;
      return { strip, titleTop: row.top + each * index, top: bottom - small * 0.95, bottom };
    });
    sideEffects = { ...row, strips };
  }

  const marks = eventMarks(timeline);
  const kinds = EVENT_KINDS.filter((kind) => marks.some((mark) => mark.kind === kind));
  const eventWords = {
    title: labels.events,
    marks: kinds.map((event) => ({ event, word: labels.mark[event] })),
  };
  const events =
    marks.length > 0 ? { ...place(eventWords, small * 1.7, left - small), marks } : null;

  const doses = timeline.doses.map((lane, index) => {
    const ticks = small * 1.5;
    const steps = lane.asNeeded ? 0 : em * (timeline.doses.length > 2 ? 3 : 4.5);
    const words = doseWords(timeline, lane, index);
    // Room over the highest step for its own number.
    const row = place(words, steps + ticks, left - small, lane.asNeeded ? 0 : small * 0.8);
    const highest = lane.stepDoses.reduce((most, dose) => Math.max(most, dose), 0);
    const scale = scaleLinear()
      .domain([0, highest || 1])
      .range([row.top + steps, row.top]);
    return { ...row, lane, y: scale, tickLine: row.top + steps + ticks * 0.55 };
  });

  const foot = y + small * 0.5;
  const x = scaleUtc()
    .domain([instantOf(window.from), instantOf(window.to)])
    .range([left, right]);
  return {
    narrow,
    width: room.width,
    height: foot + small * 2,
    left,
    right,
    small,
    title,
    window,
    x,
    outcomes,
    sideEffects,
    events,
    doses,
    foot,
  };
}

function outcomeWords(lane: OutcomeLane, formats: Formats): HeadingWords {
  const { name, range, ends } = lane.outcome;
  const scale = range
    .map((end, index) => `${formats.number(end)} ${ends[index] ?? ""}`.trim())
    .join(" – ");
  const drawn = lane.line.days.length > 0 && lane.bandName;
  return { title: capital(name), lines: drawn ? [scale, labels.band(lane.bandName)] : [scale] };
}

/** The ticks are explained once, at the first medicine that has each of them. */
function doseWords(timeline: Timeline, lane: DoseLane, index: number): HeadingWords {
  const statusesOf = (other: DoseLane) => {
    const numbers = new Set(other.adherence);
    return TICK_ORDER.filter((status) => numbers.has(timeline.dayStatuses.indexOf(status)));
  };
  const explained = new Set(timeline.doses.slice(0, index).flatMap(statusesOf));
  const unit = lane.asNeeded ? labels.asNeeded : labels.prescribed(lane.unit);
  return {
    title: lane.name,
    lines: [unit],
    marks: statusesOf(lane)
      .filter((status) => !explained.has(status))
      .map((tick) => ({ tick, word: labels.dayStatus[tick] })),
  };
}

/**
 * The values a lane's axis spans: all recorded ones and the band, rounded outwards; down to the end
 * of the scale where named ranges give the height a meaning; and never less than a third of the
 * scale, so that small noise does not look like a storm. It does not depend on
 * the window: zooming through time must not change heights.
 */
function valueDomain(lane: OutcomeLane): [number, number] {
  const [min, max] = lane.outcome.range;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const column of [lane.values, lane.line.low, lane.line.high]) {
    for (const value of column) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return [min, max];
  if (lane.severityBands.length > 0) low = min;
  const missing = (max - min) / 3 - (high - low);
  if (missing > 0) {
    low -= missing / 2;
    high += missing / 2;
    if (low < min) [low, high] = [min, high + min - low];
    if (high > max) [low, high] = [low - (high - max), max];
  }
  const [niceLow = min, niceHigh = max] = scaleLinear().domain([low, high]).nice(5).domain();
  return [Math.max(min, niceLow), Math.min(max, niceHigh)];
}
