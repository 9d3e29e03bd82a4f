/**
 * Where everything stands on the timeline: one shared time axis, and under each other the lanes
 * from what is felt to what is taken. All lengths are CSS pixels and follow the size of the text.
 */
import type { DoseLane, Mark, OutcomeLane, SideEffectStrip, Timeline } from "#types";
import { type ScaleLinear, type ScaleTime, scaleLinear, scaleUtc } from "d3-scale";
import { dateOf } from "../chart/days.js";
import { NARROW, type Room } from "../chart/width.js";
import type { Window } from "./window.js";

/** A lane's place: its plot lies between `top` and `bottom`, its title begins at `titleTop`. */
interface Place {
  titleTop: number;
  top: number;
  bottom: number;
}

export interface OutcomeRow extends Place {
  lane: OutcomeLane;
  y: ScaleLinear<number, number>;
  ticks: number[];
}

export interface StripRow extends Place {
  strip: SideEffectStrip;
}

export interface DoseRow extends Place {
  lane: DoseLane;
  y: ScaleLinear<number, number>;
  /** Baseline of the ticks that say what was taken. */
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
  x: ScaleTime<number, number>;
  outcomes: OutcomeRow[];
  sideEffects: (Place & { strips: StripRow[] }) | null;
  events: (Place & { marks: Mark[] }) | null;
  doses: DoseRow[];
  /** Where the axis is drawn. */
  foot: number;
}

/** Lays the timeline out for the room it has. */
export function layOut(timeline: Timeline, window: Window, room: Room): Layout {
  const em = room.text;
  const narrow = room.width < NARROW;
  const small = Math.max(12, em * 0.8);
  const title = Math.max(13, em * 0.85);
  const left = narrow ? small * 2.6 : em * 12.5;
  const right = room.width - small * 0.6;
  // On a phone the title and one line of words stand above the lane.
  const heading = narrow ? small * 2.9 : small * 0.9;
  const gap = em * (narrow ? 0.6 : 0.9);

  let y = 0;
  const place = (height: number, head = heading): Place => {
    const titleTop = y + gap;
    const top = titleTop + head;
    y = top + height;
    return { titleTop, top, bottom: y };
  };

  const outcomes = timeline.lanes.map((lane) => {
    const tall = lane.outcome.source === "assessment";
    const at = place(em * (tall ? (narrow ? 8 : 11) : narrow ? 6 : 7.5));
    const scale = scaleLinear().domain(valueDomain(lane)).range([at.bottom, at.top]);
    return { ...at, lane, y: scale, ticks: scale.ticks(tall ? 5 : 4) };
  });

  let sideEffects: Layout["sideEffects"] = null;
  if (timeline.sideEffects.length > 0) {
    const row = small * (narrow ? 2.3 : 1.5);
    const at = place(row * timeline.sideEffects.length);
    const strips = timeline.sideEffects.map((strip, index) => {
      const bottom = at.top + row * (index + 1) - small * 0.2;
      return { strip, titleTop: at.top + row * index, top: bottom - small * 0.95, bottom };
    });
    sideEffects = { ...at, strips };
  }

  const marks = marksToDraw(timeline);
  const events = marks.length > 0 ? { ...place(small * 1.6), marks } : null;

  const doses = timeline.doses.map((lane) => {
    const ticks = small * 1.5;
    const steps = lane.asNeeded ? 0 : em * (timeline.doses.length > 2 ? 3 : 4.5);
    // Room above the highest step for its own number.
    const at = place(steps + ticks, heading + (lane.asNeeded ? 0 : small * 0.8));
    const highest = lane.stepDoses.reduce((most, dose) => Math.max(most, dose), 0);
    const scale = scaleLinear()
      .domain([0, highest || 1])
      .range([at.top + steps, at.top]);
    return { ...at, lane, y: scale, tickLine: at.bottom - ticks * 0.45 };
  });

  const foot = y + small * 0.5;
  const x = scaleUtc()
    .domain([dateOf(window.from), dateOf(window.to)])
    .range([left, right]);
  return {
    narrow, width: room.width, height: foot + small * 2, left, right, small, title, x,
    outcomes, sideEffects, events, doses, foot,
  };
}

/**
 * The values a lane's axis spans: all recorded ones and the band, rounded outwards, and never less
 * than a third of the scale, so that small noise does not look like a storm. It does not depend on
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

/** The marks that are not points of a lane already. */
function marksToDraw(timeline: Timeline): Mark[] {
  const drawn = new Set(timeline.lanes.flatMap((lane) => lane.ids));
  return timeline.marks.filter((mark) => !drawn.has(mark.id));
}
