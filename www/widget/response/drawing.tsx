/**
 * The dose card's picture: dose levels side by side, each with the interval and mean of its settled
 * days, the raw scores as faint dots beside them, and the side-effect load under it. No line joins
 * the levels unless the engine gives a curve, which it does where a dose was left and returned to.
 */
import type { DoseLevel, DoseResponse } from "#types";
import { type ScaleLinear, scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { JSX } from "preact";
import type { Formats } from "../chart/days.js";
import { labels } from "../chart/labels.js";
import { wrap } from "../chart/lettering.js";
import type { Room } from "../chart/width.js";

/** Highest summed severity that the bars are drawn for at the least: one severe side effect. */
const LEAST_LOAD = 3;

interface Places {
  width: number;
  height: number;
  left: number;
  right: number;
  small: number;
  top: number;
  bottom: number;
  loadTop: number;
  loadBottom: number;
  /** Baseline of the numbers of scores. */
  countLine: number;
  narrow: boolean;
  /** Width of one level's column. */
  column: number;
  y: ScaleLinear<number, number>;
}

/** Where things stand; wider than the room when the levels need more of it. */
export function placesOf(card: DoseResponse, room: Room): Places {
  const em = room.text;
  const small = Math.max(12, em * 0.8);
  const narrow = room.width < 480;
  const left = small * (narrow ? 2.2 : 5);
  // The words of the severity bands stand at the right edge, beside the last level.
  const words = card.severityBands.reduce((most, band) => Math.max(most, band.label.length), 0);
  const side = narrow ? 4 : Math.min(8, words * 0.6) * small;
  const column = Math.max(small * 5, (room.width - left - side) / Math.max(1, card.levels.length));
  const right = left + column * card.levels.length + side;
  const top = small * 2.2;
  const bottom = top + em * (narrow ? 13 : 16);
  const labelLines = card.levels.reduce(
    (most, level) => Math.max(most, wrap(level.label, column - 2, small * 1.08, 2).length),
    1,
  );
  const countLine = bottom + small * (1.5 + labelLines * 1.3);
  const loadTop = countLine + small * (narrow ? 2.6 : 1.4);
  const loadBottom = loadTop + em * 2.6;
  return {
    width: Math.max(room.width, Math.ceil(right)),
    height: loadBottom + small * 1.8,
    left, right, narrow, small, top, bottom, countLine, loadTop, loadBottom, column,
    y: scaleLinear().domain(domainOf(card)).range([bottom, top]),
  };
}

/** The scores' range, rounded outwards, and all of the scale where severity bands give it meaning. */
function domainOf(card: DoseResponse): [number, number] {
  const [min, max] = card.outcome.range;
  const all = card.levels.flatMap((level) => [
    ...level.scores,
    ...[level.low, level.high, level.mean].filter((value) => value !== null),
  ]);
  if (all.length === 0) return [min, max];
  const low = all.reduce((least, value) => Math.min(least, value));
  const high = all.reduce((most, value) => Math.max(most, value));
  const floor = card.severityBands.length > 0 ? min : low;
  const least = (max - min) / 3;
  const [from = min, to = max] = scaleLinear().domain([floor, Math.max(high, floor + least)]).nice(5).domain();
  return [Math.max(min, from), Math.min(max, to)];
}

export function Drawing(props: {
  card: DoseResponse;
  places: Places;
  formats: Formats;
  name: string;
}): JSX.Element {
  const { card, places, formats, name } = props;
  const { left, right, small, bottom, column, y } = places;
  const middle = (index: number) => left + column * (index + 0.5);
  const most = card.levels.reduce((load, level) => Math.max(load, level.sideEffectLoad ?? 0), LEAST_LOAD);
  const loadHeight = scaleLinear().domain([0, most]).range([0, places.loadBottom - places.loadTop]);
  return (
    <svg
      class="drawing"
      part="drawing"
      role="img"
      aria-label={name}
      width={places.width}
      height={places.height}
      viewBox={`0 0 ${places.width} ${places.height}`}
      font-size={small}
    >
      <text class="title" x="0" y={small}>
        {card.outcome.name}
      </text>
      <Severity card={card} places={places} />
      {y.ticks(5).map((tick) => (
        <g key={tick}>
          <path class="grid" d={`M${left} ${Math.round(y(tick)) + 0.5}H${right}`} />
          <text class="tick" x={left - small * 0.5} y={y(tick)} dy="0.35em">
            {formats.number(tick)}
          </text>
        </g>
      ))}
      <path class="lane-line" d={`M${left} ${bottom + 0.5}H${right}`} />
      {card.curve && <path class="curve" d={curvePath(card, middle, y)} />}
      <path
        class="raw"
        d={card.levels.map((level, index) => rawScores(level, middle(index), column, y)).join("")}
      />
      {card.levels.map((level, index) => (
        <Level key={level.label} {...{ level, places, formats }} x={middle(index)} />
      ))}
      {wrap(labels.sideEffects, places.narrow ? right : left, small * 1.08, 2).map((words, index, all) => (
        <text
          class="title"
          x="0"
          y={places.narrow ? places.loadTop - small * 0.5 : places.loadBottom - (all.length - 1 - index) * small * 1.3}
          key={words}
        >
          {words}
        </text>
      ))}
      <path class="lane-line" d={`M${left} ${places.loadBottom + 0.5}H${right}`} />
      {card.levels.map((level, index) => {
        const width = Math.min(44, column * 0.5);
        const height = level.sideEffectLoad === null ? 0 : loadHeight(level.sideEffectLoad);
        return (
          <g key={level.label}>
            {height > 0 && (
              <rect class="load" x={middle(index) - width / 2} y={places.loadBottom - height} width={width} height={height} rx="2" />
            )}
            <text class="quiet middle-word" x={middle(index)} y={places.loadBottom + small * 1.3}>
              {level.sideEffectWord}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function Severity({ card, places }: { card: DoseResponse; places: Places }): JSX.Element {
  const { left, right, small, y } = places;
  const [least = 0, most = 0] = y.domain();
  return (
    <>
      {card.severityBands.map((band, index) => {
        const from = Math.max(band.min, least);
        const to = Math.min(card.severityBands[index + 1]?.min ?? band.max, most);
        if (to <= from) return null;
        const height = y(from) - y(to);
        return (
          <g key={band.label}>
            {index % 2 === 1 && <rect class="severity" x={left} y={y(to)} width={right - left} height={height} />}
            {height >= small * 1.15 && (
              <text class="severity-word" x={right - 4} y={y(to) + small * 1.05}>
                {band.label}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

function Level(props: { level: DoseLevel; places: Places; formats: Formats; x: number }): JSX.Element {
  const { level, places, formats, x } = props;
  const { y, small, bottom, column } = places;
  const reason = level.notEstimable && level.mean === null ? wrap(level.notEstimable, column - 4, small, 5) : [];
  const reasonTop = (places.top + bottom) / 2 - (reason.length * small) / 2;
  return (
    <g>
      {level.low !== null && level.high !== null && (
        <path class="level-interval" d={`M${x} ${y(level.low)}V${y(level.high)}`} />
      )}
      {level.mean !== null && (
        <>
          <circle class="level-mean" cx={x} cy={y(level.mean)} r="6.5" />
          <text class="strong halo" x={x + 13} y={y(level.mean)} dy="0.35em" font-size={small * 1.15}>
            {formats.rounded(level.mean)}
          </text>
        </>
      )}
      {reason.map((words, index) => (
        <text class="quiet middle-word" x={x} y={reasonTop + index * small * 1.25} key={words}>
          {words}
        </text>
      ))}
      {wrap(level.label, column - 2, small * 1.08, 2).map((words, index) => (
        <text class="strong middle-word" x={x} y={bottom + small * (1.5 + index * 1.2)} font-size={small * 1.08} key={words}>
          {words}
        </text>
      ))}
      <text class="quiet middle-word" x={x} y={places.countLine}>
        {level.n === 0 ? labels.noScores : labels.scores(level.n)}
      </text>
    </g>
  );
}

/** Raw scores to the left of the interval; equal scores side by side, closer where they are many. */
function rawScores(level: DoseLevel, x: number, column: number, y: ScaleLinear<number, number>): string {
  const rows = new Map<number, number[]>();
  for (const score of level.scores) {
    const at = Math.round(y(score) / 5);
    const row = rows.get(at);
    if (row) row.push(score);
    else rows.set(at, [score]);
  }
  const room = column * 0.5 - 16;
  return [...rows.values()]
    .flatMap((row) => {
      const step = Math.min(7, room / Math.max(1, row.length - 1));
      return row.map((score, index) => dot(x - 13 - index * step, y(score)));
    })
    .join("");
}

function dot(x: number, y: number): string {
  return `M${x - 2.75} ${y}a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0 -5.5 0`;
}

/** The engine's curve over the columns: between two levels a dose lies in proportion. */
function curvePath(
  card: DoseResponse,
  middle: (index: number) => number,
  y: ScaleLinear<number, number>,
): string {
  const known = card.levels.flatMap((level, index) =>
    level.dose === null ? [] : [{ dose: level.dose, x: middle(index) }],
  );
  const first = known[0];
  const final = known[known.length - 1];
  if (!card.curve || !first || !final || known.length < 2) return "";
  const x = scaleLinear()
    .domain(known.map((level) => level.dose))
    .range(known.map((level) => level.x));
  const { doses, values } = card.curve;
  const points = Array.from(doses, (dose, index): [number, number] => [dose, values[index] as number]).filter(
    ([dose]) => dose >= first.dose && dose <= final.dose,
  );
  return line<[number, number]>(([dose]) => x(dose), ([, value]) => y(value))(points) ?? "";
}
