/**
 * The timeline as one SVG without anything focusable in it: the lanes, the lines that drop from
 * each dose step through all of them, and the axis they share. Series differ by their mark first
 * (open circle, dot, strip, step) and by colour second.
 */
import type { Timeline } from "#types";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Formats } from "../chart/days.js";
import { Drawing } from "../chart/drawing.js";
import { labels } from "../chart/labels.js";
import { fitting, textWidth } from "../chart/lettering.js";
import { useTurns } from "../chart/turns.js";
import { Axis, Grid } from "./axis.js";
import { DoseLane } from "./doses.js";
import { EventLane, SideEffectLane } from "./events.js";
import { Heading } from "./heading.js";
import type { Layout, OutcomeRow } from "./layout.js";
import { block, circlesPath, dotsPath, linePaths, xOf } from "./paths.js";

export interface DrawingProps {
  timeline: Timeline;
  layout: Layout;
  formats: Formats;
  /** Entries to ring: those behind the finding that is being looked at. */
  behind: ReadonlySet<string>;
  /** What the drawing is, for a reader that cannot see it. */
  name: string;
  /** Tells clip paths of several charts in one root apart. */
  id: string;
}

export function TimelineDrawing(props: DrawingProps): JSX.Element {
  const { timeline, layout, formats, behind, name, id } = props;
  // A part that stays the same object is not compared again while the others get their turn.
  const parts = useMemo(
    () => [
      ...layout.outcomes.map((row) => (
        <OutcomeLaneDrawing
          key={row.lane.outcome.outcome}
          {...{ row, layout, formats, behind }}
          clip={id}
        />
      )),
      <SideEffectLane key="side-effects" layout={layout} clip={id} />,
      <EventLane key="events" layout={layout} />,
      ...layout.doses.map((row) => (
        <DoseLane key={row.lane.medicine} {...{ timeline, layout, formats, row }} />
      )),
    ],
    [timeline, layout, formats, behind],
  );
  const drawn = useTurns(parts.length);
  const frame = useMemo(
    () => (
      <>
        <clipPath id={id}>
          <rect x={layout.left} y="0" width={layout.right - layout.left} height={layout.height} />
        </clipPath>
        <ChangeTrails layout={layout} />
        <Grid layout={layout} />
        <path class="step-drop" d={stepDrops(layout)} />
        <Axis layout={layout} formats={formats} />
      </>
    ),
    [layout, formats],
  );
  return (
    <Drawing
      name={name}
      width={layout.width}
      height={layout.height}
      small={layout.small}
      busy={drawn < parts.length}
    >
      {frame}
      {parts.slice(0, drawn)}
    </Drawing>
  );
}

/** With few changes each is seen down to the doses; with many that would be wallpaper. */
function ChangeTrails({ layout }: { layout: Layout }): JSX.Element | null {
  const changes = layout.outcomes.flatMap((row) => row.lane.changePoints);
  if (changes.length > 3) return null;
  const trail = changes.map((change) =>
    block(layout, change.low, change.high + 1, 0, layout.foot, 2),
  );
  return <path class="change-trail" d={trail.join("")} />;
}

/** Faint lines from the top through every lane down to the steps they belong to. */
function stepDrops(layout: Layout): string {
  const top = layout.outcomes[0]?.top ?? 0;
  const feet = new Map<number, number>();
  for (const row of layout.doses) {
    for (const { day } of row.lane.steps) {
      const x = Math.round(xOf(layout, Math.floor(day))) + 0.5;
      if (x > layout.left && x < layout.right) feet.set(x, row.y.range()[0] as number);
    }
  }
  return [...feet].map(([x, foot]) => `M${x} ${top}V${foot}`).join("");
}

function OutcomeLaneDrawing(props: {
  row: OutcomeRow;
  layout: Layout;
  formats: Formats;
  behind: ReadonlySet<string>;
  clip: string;
}): JSX.Element {
  const { row, layout, formats, behind, clip } = props;
  const { lane } = row;
  const { outcome } = lane;
  const score = outcome.source === "assessment";
  const { line, band } = linePaths(row, layout);
  const radius = score ? 4.5 : 2;
  const bands = severityBands(row);
  const dense = layout.window.to - layout.window.from > layout.right - layout.left;
  const ringed = behind.size > 0 ? circlesPath(row, layout, radius + 3.5, behind) : "";
  return (
    <g class={score ? "lane score" : "lane daily"}>
      <path
        class="severity"
        d={bands
          .filter((band) => band.odd)
          .map(
            (band) => `M${layout.left} ${band.top}H${layout.right}V${band.bottom}H${layout.left}Z`,
          )
          .join("")}
      />
      <path
        class="change-band"
        d={lane.changePoints
          .map((change) => block(layout, change.low, change.high + 1, row.top, row.bottom, 2))
          .join("")}
      />
      <path class="lane-line" d={`M${layout.left} ${row.bottom + 0.5}H${layout.right}`} />
      {row.ticks.map((tick) => (
        <text
          class="tick"
          x={layout.left - layout.small * 0.5}
          y={row.y(tick)}
          dy="0.35em"
          key={tick}
        >
          {formats.number(tick)}
        </text>
      ))}
      <g clip-path={`url(#${clip})`}>
        <path class="spread" d={band} />
        <path class="middle" d={line} />
      </g>
      <path
        class={dense ? "points dense" : "points"}
        d={score ? circlesPath(row, layout, radius) : dotsPath(row, layout)}
      />
      {ringed && <path class="behind" d={ringed} />}
      {bands
        .filter((band) => band.bottom - band.top >= layout.small * 1.15)
        .map((band) => (
          <text
            class="severity-word"
            x={layout.right - 4}
            y={band.top + layout.small * 1.05}
            key={band.label}
          >
            {band.label}
          </text>
        ))}
      <ChangeLabels row={row} layout={layout} />
      <Heading plan={row.heading} top={row.titleTop} />
    </g>
  );
}

/** The named ranges that the lane shows, each up to where the next one begins. */
function severityBands(
  row: OutcomeRow,
): { label: string; odd: boolean; top: number; bottom: number }[] {
  const bands = row.lane.severityBands;
  const [least = 0, most = 0] = row.y.domain();
  return bands.flatMap((band, index) => {
    const low = Math.max(band.min, least);
    const high = Math.min(bands[index + 1]?.min ?? band.max, most);
    return high > low
      ? [{ label: band.label, odd: index % 2 === 1, top: row.y(high), bottom: row.y(low) }]
      : [];
  });
}

/** "change found here", over the band it belongs to. */
function ChangeLabels({ row, layout }: { row: OutcomeRow; layout: Layout }): JSX.Element {
  const text = labels.changeFound;
  const width = textWidth(text, layout.small);
  const wanted = row.lane.changePoints
    .map((change) => ({
      left: Math.max(layout.left, xOf(layout, change.low)),
      right: Math.min(layout.right, xOf(layout, change.high + 1)),
    }))
    .filter(({ left, right }) => right > left)
    .map(({ left, right }) => ({
      x: Math.min(Math.max((left + right - width) / 2, layout.left), layout.right - width),
      y: row.top - layout.small * 0.35,
      text,
    }));
  return (
    <>
      {fitting(wanted, layout.small, layout.right + 1).map((label) => (
        <text class="change-label" x={label.x} y={label.y} key={label.x}>
          {label.text}
        </text>
      ))}
    </>
  );
}
