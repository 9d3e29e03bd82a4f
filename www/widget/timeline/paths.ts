/**
 * Shapes of the timeline as SVG path data. A lane's points are one path, whatever their number, so
 * that ten years of six outcomes stay a few hundred nodes; points that fall on the same half pixel
 * are drawn once, and lines are thinned to the pixels there are.
 */
import type { DayStatus, DoseLane, OutcomeLane } from "#types";
import { area, curveLinear, curveMonotoneX, line } from "d3-shape";
import { TICKS } from "./glyphs.js";
import type { Layout, OutcomeRow } from "./layout.js";

/** Days without a value over which a line is still drawn, at the least. */
const LONGEST_GAP = 14;
/** And as a multiple of the usual distance between values, for scores filled in rarely. */
const GAPS = 3;
/** Pixels between two points of a line, at the least. */
const FINEST = 2;
/** From this distance on the line between two points is rounded. */
const ROUNDED = 6;

/** The x of a day number: what `layout.x` gives, told directly because it is asked for every point. */
export function xOf(
  { left, right, window }: Pick<Layout, "left" | "right" | "window">,
  day: number,
): number {
  return left + ((day - window.from) / (window.to - window.from)) * (right - left);
}

function tidy(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Indices of the sorted `days` from the first in the window to the last. */
export function inWindow(days: Float64Array, from: number, to: number): [number, number] {
  return [lowerBound(days, from), lowerBound(days, to)];
}

/** Index of the first of the sorted values that is not below `wanted`. */
export function lowerBound(sorted: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A lane's values in the window as circles of one path. */
export function circlesPath(
  row: OutcomeRow,
  layout: Layout,
  radius: number,
  only?: ReadonlySet<string>,
): string {
  return placesOf(row, layout, only)
    .map(([x, y]) => {
      const across = radius * 2;
      return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${across} 0a${radius} ${radius} 0 1 0 ${-across} 0`;
    })
    .join("");
}

/** The same as dots: strokes without length, which round caps make visible. */
export function dotsPath(row: OutcomeRow, layout: Layout): string {
  return placesOf(row, layout)
    .map(([x, y]) => `M${x} ${y}h0`)
    .join("");
}

/** Where a lane's values stand, each half pixel once. */
function placesOf(row: OutcomeRow, layout: Layout, only?: ReadonlySet<string>): [number, number][] {
  const { days, values, ids } = row.lane;
  const { from, to } = layout.window;
  const [first, end] = inWindow(days, from, to);
  const seen = new Set<number>();
  const places: [number, number][] = [];
  for (let index = first; index < end; index += 1) {
    const value = values[index] as number;
    if (Number.isNaN(value) || (only && !only.has(ids[index] as string))) continue;
    const x = Math.round(xOf(layout, days[index] as number) * 2);
    const y = Math.round(row.y(value) * 2);
    const place = y * 65_536 + x;
    if (seen.has(place)) continue;
    seen.add(place);
    places.push([x / 2, y / 2]);
  }
  return places;
}

/**
 * The smooth line and its band. Both stop where nothing was recorded for more than two weeks, or
 * for more than three times the usual distance between values where that is longer: a line drawn
 * over an empty month would be made up.
 */
export function linePaths(row: OutcomeRow, layout: Layout): { line: string; band: string } {
  const { days, middle, low, high } = row.lane.line;
  const gaps = emptyStretches(row.lane);
  const { from, to } = layout.window;
  const [first, end] = inWindow(days, from, to);
  const begin = Math.max(0, first - 1);
  const until = Math.min(days.length, end + 1);
  const pixels = Math.max(1, layout.right - layout.left);
  const stride = Math.max(1, Math.round(((until - begin) / pixels) * FINEST));
  // Points close together need no rounding between them, which is the costly part.
  const curve = pixels / (until - begin) > ROUNDED ? curveMonotoneX : curveLinear;

  type Point = { x: number; middle: number; low: number; high: number };
  const pieces: Point[][] = [[]];
  let gap = 0;
  for (let index = begin; index < until; index += 1) {
    const day = days[index] as number;
    const before = gap;
    while (gap < gaps.length && (gaps[gap] as [number, number])[1] - 1 <= day) gap += 1;
    if (gap !== before) pieces.push([]);
    const next = gaps[gap];
    if (next && day > next[0] + 1) continue;
    const last = index + stride >= until;
    if ((index - begin) % stride !== 0 && !last) continue;
    const value = middle[index] as number;
    if (Number.isNaN(value)) continue;
    pieces[pieces.length - 1]?.push({
      x: tidy(xOf(layout, day)),
      middle: tidy(row.y(value)),
      low: tidy(row.y(low[index] as number)),
      high: tidy(row.y(high[index] as number)),
    });
  }
  const drawLine = line<Point>(
    (point) => point.x,
    (point) => point.middle,
  ).curve(curve);
  const drawBand = area<Point>(
    (point) => point.x,
    (point) => point.low,
    (point) => point.high,
  )
    .defined((point) => !Number.isNaN(point.low) && !Number.isNaN(point.high))
    .curve(curve);
  const drawn = pieces.filter((piece) => piece.length > 1);
  return {
    line: drawn.map((piece) => drawLine(piece) ?? "").join(""),
    band: drawn.map((piece) => drawBand(piece) ?? "").join(""),
  };
}

/** Stretches between two values that are too long to draw a line over. */
function emptyStretches(lane: OutcomeLane): [number, number][] {
  const { days } = lane;
  if (days.length < 2) return [];
  const distances = new Float64Array(days.length - 1);
  for (let index = 1; index < days.length; index += 1) {
    distances[index - 1] = (days[index] as number) - (days[index - 1] as number);
  }
  const usual = distances.slice().sort()[distances.length >> 1] as number;
  const longest = Math.max(LONGEST_GAP, GAPS * usual);
  const stretches: [number, number][] = [];
  distances.forEach((distance, index) => {
    if (distance > longest) stretches.push([days[index] as number, days[index + 1] as number]);
  });
  return stretches;
}

/** Side effects of one term: blocks a third, two thirds or all of the strip high. */
export function stripPath(
  spans: { from: number; to: number; severity: 1 | 2 | 3 }[],
  place: { top: number; bottom: number },
  layout: Layout,
): string {
  return spans
    .map(({ from, to, severity }) => {
      const height = ((place.bottom - place.top) * severity) / 3;
      return block(layout, from, to + 1, place.bottom - height, place.bottom, 2);
    })
    .join("");
}

/** A rectangle between two days, at least `narrowest` wide; nothing outside the window. */
export function block(
  layout: Layout,
  from: number,
  to: number,
  top: number,
  bottom: number,
  narrowest: number,
): string {
  const left = Math.max(layout.left, xOf(layout, from));
  const right = Math.min(layout.right, Math.max(xOf(layout, to), xOf(layout, from) + narrowest));
  if (right <= layout.left || left >= layout.right) return "";
  return `M${tidy(left)} ${tidy(top)}H${tidy(right)}V${tidy(bottom)}H${tidy(left)}Z`;
}

/** One level of a dose within the window. */
export interface Tread {
  from: number;
  to: number;
  dose: number;
  /** Whether the step itself, and not only its level, lies in the window. */
  stepped: boolean;
}

/** The levels of a prescribed dose that the window shows. */
export function treads(lane: DoseLane, layout: Layout, recordEnd: number): Tread[] {
  const { from, to } = layout.window;
  const shown: Tread[] = [];
  lane.stepDays.forEach((day, index) => {
    const end = Math.min(lane.stepDays[index + 1] ?? recordEnd, to);
    if (end <= from || day >= to) return;
    const dose = lane.stepDoses[index] as number;
    shown.push({ from: Math.max(day, from), to: end, dose, stepped: day >= from });
  });
  return shown;
}

/** The outline of dose steps, and the area under them. */
export function stepPaths(
  shown: Tread[],
  y: (dose: number) => number,
  layout: Layout,
): { outline: string; area: string } {
  const first = shown[0];
  if (!first) return { outline: "", area: "" };
  const ground = tidy(y(0));
  const run = shown
    .map((tread) => `V${tidy(y(tread.dose))}H${tidy(xOf(layout, tread.to))}`)
    .join("");
  const begin = tidy(xOf(layout, first.from));
  const start = first.stepped ? ground : tidy(y(first.dose));
  return {
    outline: `M${begin} ${start}${run}`,
    area: `M${begin} ${ground}${run}V${ground}Z`,
  };
}

/** Days of one status in a row. */
interface Run {
  from: number;
  to: number;
}

/** What was taken, one path a status: runs of equal days are one block. */
export function adherencePaths(
  lane: DoseLane,
  statuses: readonly DayStatus[],
  layout: Layout,
  line: number,
): Map<DayStatus, string> {
  const { from, to } = layout.window;
  const [first, end] = inWindow(lane.adherenceDays, from, to);
  const runs = new Map<DayStatus, Run[]>();
  let open: { status: number; run: Run } | null = null;
  for (let index = first; index < end; index += 1) {
    const day = lane.adherenceDays[index] as number;
    const status = lane.adherence[index] as number;
    if (open && open.status === status && open.run.to === day) {
      open.run.to = day + 1;
      continue;
    }
    open = { status, run: { from: day, to: day + 1 } };
    const name = statuses[status] ?? "nothing-due";
    const list = runs.get(name);
    if (list) list.push(open.run);
    else runs.set(name, [open.run]);
  }
  const height = layout.small * 0.55;
  const dayWidth = (layout.right - layout.left) / (to - from);
  // With room for it each day is a tick of its own; without, a run is a bar.
  const between = dayWidth >= 4 ? Math.min(2, dayWidth * 0.25) : 0;
  const ticks = (list: Run[], top: number, bottom: number) =>
    list
      .map((run) => {
        if (between === 0) return block(layout, run.from, run.to, top, bottom, 1);
        const single: string[] = [];
        for (let day = run.from; day < run.to; day += 1) {
          single.push(block(layout, day, day + 1 - between / dayWidth, top, bottom, 1));
        }
        return single.join("");
      })
      .join("");
  const dots = (list: Run[]) =>
    list
      .map((run) => {
        const left = Math.max(layout.left, xOf(layout, run.from));
        const right = Math.min(layout.right, xOf(layout, run.to));
        return `M${tidy(left)} ${tidy(line)}H${tidy(right)}`;
      })
      .join("");
  const paths = new Map<DayStatus, string>();
  for (const [status, list] of runs) {
    const tick = TICKS[status];
    if (!tick) continue;
    const top = line - height * tick.over;
    const bottom = line + height * tick.under;
    // What hangs under the line keeps a hair's distance from what stands on it.
    const apart = tick.under > 0 ? 1.5 : 0;
    paths.set(
      status,
      status === "no-entry" ? dots(list) : ticks(list, top + apart, bottom + apart),
    );
  }
  return paths;
}
