/** The marks of the dose card, which its drawings place upright or lying. */
import type { DoseLevel, DoseResponse } from "#types";
import { type ScaleLinear, scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { JSX } from "preact";
import { Interval } from "../chart/drawing.js";

/** The mean of a level, with its interval. */
export function LevelInterval(props: {
  level: DoseLevel;
  values: ScaleLinear<number, number>;
  at: number;
  lying?: boolean;
}): JSX.Element {
  const { level, ...place } = props;
  return (
    <Interval of="level" low={level.low} high={level.high} value={level.mean} radius={6.5} {...place} />
  );
}

/** The engine's curve, where it gives one. */
export function Curve(props: {
  card: DoseResponse;
  /** Where a level stands. */
  across: (index: number) => number;
  point: (across: number, value: number) => [x: number, y: number];
}): JSX.Element | null {
  const { card, across, point } = props;
  if (!card.curve) return null;
  const points = curvePoints(card, across).map((place) => point(...place));
  return <path class="curve" d={line()(points) ?? ""} />;
}

/**
 * Raw scores as dots beside an interval: `along` the score axis, and in steps away from it where
 * scores are equal, closer together where they are many and there is little `room`.
 */
export function rawScores(
  level: DoseLevel,
  along: ScaleLinear<number, number>,
  room: number,
  place: (along: number, away: number) => [x: number, y: number],
): string {
  const rows = new Map<number, number[]>();
  for (const score of level.scores) {
    const at = Math.round(along(score) / 5);
    const row = rows.get(at);
    if (row) row.push(score);
    else rows.set(at, [score]);
  }
  return [...rows.values()]
    .flatMap((row) => {
      const step = Math.min(7, room / Math.max(1, row.length - 1));
      return row.map((score, index) => dot(...place(along(score), index * step)));
    })
    .join("");
}

/** A dot around a point. */
function dot(x: number, y: number): string {
  return `M${x - 2.75} ${y}a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0 -5.5 0`;
}

/** The engine's curve as doses placed `across` the levels and values: a dose lies in proportion between two levels. */
function curvePoints(
  card: DoseResponse,
  across: (index: number) => number,
): [number, number][] {
  const known = card.levels.flatMap((level, index) =>
    level.dose === null ? [] : [{ dose: level.dose, place: across(index) }],
  );
  const first = known[0];
  const final = known[known.length - 1];
  if (!card.curve || !first || !final || known.length < 2) return [];
  const place = scaleLinear()
    .domain(known.map((level) => level.dose))
    .range(known.map((level) => level.place));
  const { doses, values } = card.curve;
  return Array.from(doses, (dose, index): [number, number] => [dose, values[index] as number])
    .filter(([dose]) => dose >= first.dose && dose <= final.dose)
    .map(([dose, value]) => [place(dose), value]);
}
