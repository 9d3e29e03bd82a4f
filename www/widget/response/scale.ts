/** The score axis of the dose card and what both of its drawings share. */
import type { DoseLevel, DoseResponse } from "#types";
import { type ScaleLinear, scaleLinear } from "d3-scale";
import { labels } from "../chart/labels.js";

/** Highest summed severity that the bars are drawn for at the least: one severe side effect. */
const LEAST_LOAD = 3;

/** The scores' range, rounded outwards; down to the end of the scale where named ranges give it meaning. */
export function scoreScale(
  card: DoseResponse,
  range: [number, number],
): ScaleLinear<number, number> {
  const [min, max] = card.outcome.range;
  const all = card.levels.flatMap((level) => [
    ...level.scores,
    ...[level.low, level.high, level.mean].filter((value) => value !== null),
  ]);
  const scale = scaleLinear().range(range);
  if (all.length === 0) return scale.domain([min, max]);
  const low = all.reduce((least, value) => Math.min(least, value));
  const high = all.reduce((most, value) => Math.max(most, value));
  const floor = card.severityBands.length > 0 ? min : low;
  const least = (max - min) / 3;
  const [from = min, to = max] = scaleLinear()
    .domain([floor, Math.max(high, floor + least)])
    .nice(5)
    .domain();
  return scale.domain([Math.max(min, from), Math.min(max, to)]);
}

/** The named ranges the scale shows, each up to where the next one begins. */
export function severityRanges(
  card: DoseResponse,
  scale: ScaleLinear<number, number>,
): { label: string; odd: boolean; min: number; from: number; to: number }[] {
  const [least = 0, most = 0] = scale.domain();
  return card.severityBands.flatMap((band, index) => {
    const from = Math.max(band.min, least);
    const to = Math.min(card.severityBands[index + 1]?.min ?? band.max, most);
    return to > from
      ? [
          {
            label: band.label,
            odd: index % 2 === 1,
            min: band.min,
            from: scale(from),
            to: scale(to),
          },
        ]
      : [];
  });
}

/** Length of a level's side-effect bar, up to `longest`. */
export function loadScale(card: DoseResponse, longest: number): ScaleLinear<number, number> {
  const most = card.levels.reduce(
    (load, level) => Math.max(load, level.sideEffectLoad ?? 0),
    LEAST_LOAD,
  );
  return scaleLinear().domain([0, most]).range([0, longest]);
}

/**
 * Raw scores as dots beside an interval: `along` the score axis, and in steps away from it where
 * scores are equal, closer together where they are many and there is little `room`.
 */
export function rawScores(
  level: DoseLevel,
  along: ScaleLinear<number, number>,
  room: number,
  dot: (along: number, away: number) => string,
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
      return row.map((score, index) => dot(along(score), index * step));
    })
    .join("");
}

/** A dot around a point. */
export function dot(x: number, y: number): string {
  return `M${x - 2.75} ${y}a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0 -5.5 0`;
}

/** The engine's curve as doses placed `across` the levels and values: a dose lies in proportion between two levels. */
export function curvePoints(
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

/** How many scores a level has, in words. */
export function countOf(level: DoseLevel): string {
  return level.n === 0 ? labels.noScores : labels.scores(level.n);
}

/** Why a level has no mean; empty where it has one, and where there is nothing to have one of. */
export function reasonOf(level: DoseLevel): string {
  return level.mean === null && level.n > 0 ? level.notEstimable : "";
}
