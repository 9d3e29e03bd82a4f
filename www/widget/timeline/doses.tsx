/**
 * The lowest lanes: what was prescribed as steps, and at their foot what was taken. Prescribed and
 * taken are never mixed, and a day without an entry (a dot) is neither taken nor missed.
 */
import type { Timeline } from "#types";
import type { JSX } from "preact";
import { dayNumber, type Formats } from "../chart/days.js";
import { fitting } from "../chart/lettering.js";
import { Heading } from "./heading.js";
import type { DoseRow, Layout } from "./layout.js";
import { adherencePaths, stepPaths, treads, xOf } from "./paths.js";

export function DoseLane(props: {
  timeline: Timeline;
  layout: Layout;
  formats: Formats;
  row: DoseRow;
}): JSX.Element {
  const { timeline, layout, formats, row } = props;
  const { lane } = row;
  const { small } = layout;
  const shown = treads(lane, layout, dayNumber(timeline.to) + 1);
  const steps = stepPaths(shown, row.y, layout);
  const numbers = shown
    .filter((tread, index) => index === 0 || tread.dose !== shown[index - 1]?.dose)
    .map((tread) => ({
      x: Math.max(layout.left, xOf(layout, tread.from)) + 4,
      y: row.y(tread.dose) - small * 0.35,
      text: formats.number(tread.dose),
    }));
  const taken = adherencePaths(lane, timeline.dayStatuses, layout, row.tickLine);
  return (
    <g class="lane dose">
      <Heading plan={row.heading} top={row.titleTop} />
      {!lane.asNeeded && (
        <>
          <path class="step-area" d={steps.area} />
          <path class="step-ground" d={`M${layout.left} ${row.y(0)}H${layout.right}`} />
          <path class="step" d={steps.outline} />
          {fitting(numbers, small * 1.05, layout.right).map((label) => (
            <text class="dose-number" x={label.x} y={label.y} key={label.x}>
              {label.text}
            </text>
          ))}
        </>
      )}
      {[...taken].map(([status, path]) => (
        <path class={`ticks ${status}`} d={path} key={status} />
      ))}
    </g>
  );
}
