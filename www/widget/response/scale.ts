/** The score axis of the dose card, and the numbers and words that both of its drawings share. */
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

/** How many scores a level has, in words. */
export function countOf(level: DoseLevel): string {
  return level.n === 0 ? labels.noScores : labels.scores(level.n);
}

/** Why a level has no mean; empty where it has one, and where there is nothing to have one of. */
export function reasonOf(level: DoseLevel): string {
  return level.mean === null && level.n > 0 ? level.notEstimable : "";
}
