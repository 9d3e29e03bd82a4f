/**
 * The lowest lanes: what was prescribed as steps, and at their foot what was taken. Prescribed and
 * taken are never mixed, and a day without an entry (a dot) is neither taken nor missed.
 */
import type { DayStatus, Timeline } from "#types";
import type { JSX } from "preact";
import { dayNumber, type Formats } from "../chart/days.js";
import { labels } from "../chart/labels.js";
import { fitting, textWidth } from "../chart/lettering.js";
import { Heading } from "./heading.js";
import type { DoseRow, Layout } from "./layout.js";
import { adherencePaths, stepPaths, treads, xOf } from "./paths.js";

const DRAWN: DayStatus[] = ["taken", "partly", "as-needed", "missed", "no-entry"];

export function DoseLanes(props: { timeline: Timeline; layout: Layout; formats: Formats }): JSX.Element {
  const { timeline, layout, formats } = props;
  return (
    <>
      {layout.doses.map((row, index) => (
        <DoseLaneDrawing key={row.lane.medicine} {...{ timeline, layout, formats, row }} withKey={index === 0} />
      ))}
    </>
  );
}

function DoseLaneDrawing(props: {
  timeline: Timeline;
  layout: Layout;
  formats: Formats;
  row: DoseRow;
  withKey: boolean;
}): JSX.Element {
  const { timeline, layout, formats, row, withKey } = props;
  const { lane } = row;
  const { small, narrow } = layout;
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
  const present = DRAWN.filter((status) => taken.has(status));
  const unit = lane.asNeeded ? labels.asNeeded : `${labels.aDay(lane.unit)}, ${labels.dosePrescribed}`;
  return (
    <g class="lane dose">
      <Heading layout={layout} place={row} title={lane.name} lines={[unit]}>
        {withKey && !narrow && (
          <TickKey statuses={present} small={small} room={layout.left - small} />
        )}
      </Heading>
      {withKey && narrow && (
        <g transform={`translate(${textWidth(lane.name, layout.title * 1.2) + small} ${row.titleTop + small})`}>
          <TickKey statuses={present} small={small} room={layout.right} />
        </g>
      )}
      {!lane.asNeeded && (
        <>
          <path class="step-area" d={steps.area} />
          <path class="step" d={steps.outline} />
          <path class="step-ground" d={`M${layout.left} ${row.y(0)}H${layout.right}`} />
        </>
      )}
      {fitting(numbers, small * 1.05, layout.right).map((label) => (
        <text class="dose-number" x={label.x} y={label.y} key={label.x}>
          {label.text}
        </text>
      ))}
      {DRAWN.map((status) => taken.has(status) && <path class={`ticks ${status}`} d={taken.get(status)} key={status} />)}
    </g>
  );
}

/** Each tick beside its word. */
function TickKey(props: { statuses: DayStatus[]; small: number; room: number }): JSX.Element {
  const { statuses, small, room } = props;
  const height = small * 0.55;
  const width = small * 0.4;
  let x = 0;
  let line = 0;
  return (
    <>
      {statuses.map((status) => {
        const word = labels.dayStatus[status];
        const wide = width + 4 + textWidth(word, small) + small * 0.6;
        if (x > 0 && x + wide > room) {
          x = 0;
          line += 1;
        }
        const at = x;
        x += wide;
        const ground = line * small * 1.35 - small * 0.3;
        const shapes: Record<DayStatus, string> = {
          taken: `M${at} ${ground - height}h${width}v${height}h${-width}Z`,
          "as-needed": `M${at} ${ground - height}h${width}v${height}h${-width}Z`,
          partly: `M${at} ${ground - height / 2}h${width}v${height / 2}h${-width}Z`,
          missed: `M${at} ${ground - height / 2}h${width}v${height}h${-width}Z`,
          "no-entry": `M${at} ${ground}h${width}`,
          "nothing-due": "",
        };
        return (
          <g key={status}>
            <path class={`ticks ${status}`} d={shapes[status]} />
            <text class="quiet" x={at + width + 4} y={line * small * 1.35}>
              {word}
            </text>
          </g>
        );
      })}
    </>
  );
}
