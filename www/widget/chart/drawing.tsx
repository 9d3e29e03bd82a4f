/** What the drawings of the cards are made of: the frame, lines of words, the axis of values, intervals. */
import type { ScaleLinear } from "d3-scale";
import type { ComponentChildren, JSX } from "preact";
import type { Room } from "./width.js";

/** Size of a drawing's words beside the text of the page: smaller, but never too small to read. */
export function lettersIn(room: Room): number {
  return Math.max(12, room.text * 0.8);
}

/** A drawing that is read out by its name. */
export function Drawing(props: {
  name: string;
  width: number;
  height: number;
  /** Size of its words. */
  small: number;
  /** Whether parts of it are still to come. */
  busy?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  const { name, width, height, small, busy, children } = props;
  return (
    <svg
      class="drawing"
      part="drawing"
      role="img"
      aria-label={name}
      aria-busy={busy}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      font-size={small}
    >
      {children}
    </svg>
  );
}

/** Quiet words, a line under the other from `y` on. */
export function Words(props: { lines: readonly string[]; y: number; small: number }): JSX.Element {
  const { lines, y, small } = props;
  return (
    <>
      {lines.map((words, row) => (
        <text class="quiet" x="0" y={y + small * row * 1.3} key={words}>
          {words}
        </text>
      ))}
    </>
  );
}

/** A line across and a number at each of about `count` values. */
export function ValueAxis(props: {
  y: ScaleLinear<number, number>;
  count: number;
  left: number;
  right: number;
  small: number;
  word: (value: number) => string;
  /** A value whose line stands out. */
  marked?: number;
}): JSX.Element {
  const { y, count, left, right, small, word, marked } = props;
  return (
    <>
      {y.ticks(count).map((tick) => (
        <g key={tick}>
          <path
            class={tick === marked ? "usual" : "grid"}
            d={`M${left} ${Math.round(y(tick)) + 0.5}H${right}`}
          />
          <text class="tick" x={left - small * 0.5} y={y(tick)} dy="0.35em">
            {word(tick)}
          </text>
        </g>
      ))}
    </>
  );
}

/** An interval as a bar along the values, and the estimate in it as a dot. */
export function Interval(props: {
  of: "level" | "lag";
  values: ScaleLinear<number, number>;
  low: number | null;
  high: number | null;
  value: number | null;
  /** Where it stands across the values. */
  at: number;
  radius: number;
  /** Along a line from left to right, not upwards. */
  lying?: boolean;
}): JSX.Element {
  const { of, values, low, high, value, at, radius, lying = false } = props;
  return (
    <>
      {low !== null && high !== null && (
        <path
          class={`${of}-interval`}
          d={lying ? `M${values(low)} ${at}H${values(high)}` : `M${at} ${values(low)}V${values(high)}`}
        />
      )}
      {value !== null && (
        <circle
          class={`${of}-value`}
          cx={lying ? values(value) : at}
          cy={lying ? at : values(value)}
          r={radius}
        />
      )}
    </>
  );
}
