/**
 * The model's level over the days, with doses not taken and days without an entry marked under it
 * and dropped through it as faint lines, so that the eye finds the dip they stand beside.
 */
import type { Exposure } from "#types";
import { scaleLinear, scaleUtc } from "d3-scale";
import { area, line } from "d3-shape";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { type Formats, instantOf } from "../chart/days.js";
import { Drawing, lettersIn, ValueAxis, Words } from "../chart/drawing.js";
import { labels } from "../chart/labels.js";
import { textWidth, wrap } from "../chart/lettering.js";
import type { Room } from "../chart/width.js";
import { Axis } from "../timeline/axis.js";
import { inWindow, xOf } from "../timeline/paths.js";
import type { Window } from "../timeline/window.js";
import type { StatusOf } from "./view.js";

/** Points that are drawn of one pixel, at most: its lowest and its highest. */
type Point = [x: number, low: number, high: number];

export function LevelPicture(props: {
  exposure: Exposure;
  statusOf: StatusOf;
  formats: Formats;
  room: Room;
  window: Window;
  name: string;
}): JSX.Element {
  const { exposure, statusOf, formats, room, window, name } = props;
  const small = lettersIn(room);
  const title = wrap(labels.usualLevel, room.width, small, 3);
  const left = small * 3.6;
  const right = room.width - small * 0.5;
  const top = small * (1.4 * title.length + 0.8);
  const bottom = top + room.text * 9;
  const marks = bottom + small * 0.9;
  const foot = marks + small * 0.6;
  // The key's two words side by side, or under each other where they are wider than the screen.
  const besides = left + small * 2 + textWidth(labels.dayStatus.missed, small);
  const isWide = besides + small + textWidth(labels.dayStatus["no-entry"], small) > room.width;
  const second = { x: isWide ? left : besides, y: foot + small * (isWide ? 4.2 : 2.8) };
  const key = foot + small * 2.8;
  const height = second.y + small * 0.6;
  const x = scaleUtc().domain([instantOf(window.from), instantOf(window.to)]).range([left, right]);
  const place = { left, right, small, window, x, foot };
  const points = useMemo(
    () => thinned(exposure, window, (day) => xOf({ left, right, window }, day)),
    [exposure, window.from, window.to, left, right],
  );
  const most = points.reduce((highest, [, , high]) => Math.max(highest, high), 1);
  const y = scaleLinear().domain([0, most]).nice(4).range([bottom, top]);
  const path = (level: (point: Point) => number) =>
    line<Point>(([at]) => at, (point) => y(level(point)))(points) ?? "";
  const missed: number[] = [];
  const unknown: number[] = [];
  for (let day = window.from; day < window.to; day += 1) {
    const status = statusOf(day);
    if (status === "missed" || status === "partly") missed.push(xOf(place, day + 0.5));
    if (status === "no-entry") unknown.push(xOf(place, day + 0.5));
  }
  const half = Math.min(small * 0.3, 5);
  const crosses = (all: number[], at: number) =>
    all.map((across) => cross(across, at, half)).join("");
  const rings = (all: number[], at: number) =>
    all.map((across) => ring(across, at, half)).join("");
  return (
    <Drawing {...{ name, height, small }} width={room.width}>
      <Words lines={title} y={small} small={small} />
      <ValueAxis {...{ y, left, right, small }} count={4} word={(share) => formats.number(share * 100)} />
      <path class="step-drop" d={missed.map((at) => `M${at} ${top}V${marks - half}`).join("")} />
      <g class="lane dose">
        <path
          class="step-area"
          d={area<Point>(([at]) => at, ([, low]) => y(low), ([, , high]) => y(high))(points) ?? ""}
        />
        <path class="level-if" d={path(([, , high]) => high)} />
        <path class="level-line" d={path(([, low]) => low)} />
      </g>
      <path class="usual" d={`M${left} ${Math.round(y(1)) + 0.5}H${right}`} />
      <path class="lane-line" d={`M${left} ${bottom + 0.5}H${right}`} />
      <path class="not-taken" d={crosses(missed, marks)} />
      <path class="behind" d={rings(unknown, marks)} />
      <Axis layout={place} formats={formats} />
      <path class="not-taken" d={cross(left, key - small * 0.35, half)} />
      <text class="quiet" x={left + small} y={key}>
        {labels.dayStatus.missed}
      </text>
      <path class="behind" d={ring(second.x, second.y - small * 0.35, half)} />
      <text class="quiet" x={second.x + small} y={second.y}>
        {labels.dayStatus["no-entry"]}
      </text>
    </Drawing>
  );
}

function cross(x: number, y: number, half: number): string {
  return `M${x - half} ${y - half}l${half * 2} ${half * 2}m${-half * 2} 0l${half * 2} ${-half * 2}`;
}

function ring(x: number, y: number, half: number): string {
  return `M${x - half} ${y}a${half} ${half} 0 1 0 ${half * 2} 0a${half} ${half} 0 1 0 ${-half * 2} 0`;
}

/** The points of a window; where there are more than pixels, the lowest and the highest of each. */
function thinned(
  { days, low, high }: Exposure,
  window: Window,
  xOfDay: (day: number) => number,
): Point[] {
  const [from, to] = inWindow(days, window.from, window.to);
  const point = (index: number): Point => [
    xOfDay(days[index] as number), low[index] as number, high[index] as number,
  ];
  const kept: Point[] = [];
  let index = from;
  while (index < to) {
    const pixel = Math.floor(xOfDay(days[index] as number));
    let [least, most] = [index, index];
    for (; index < to && Math.floor(xOfDay(days[index] as number)) === pixel; index += 1) {
      if ((low[index] as number) < (low[least] as number)) least = index;
      if ((low[index] as number) > (low[most] as number)) most = index;
    }
    kept.push(point(Math.min(least, most)));
    if (least !== most) kept.push(point(Math.max(least, most)));
  }
  return kept;
}
