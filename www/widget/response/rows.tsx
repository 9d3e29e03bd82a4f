/**
 * The dose card's picture on a phone, or with many levels: the same as columns.tsx, turned. Levels
 * stand under each other and scores run from left to right.
 */
import type { DoseLevel, DoseResponse } from "#types";
import type { ScaleLinear } from "d3-scale";
import type { JSX } from "preact";
import type { Formats } from "../chart/days.js";
import { Drawing, lettersIn } from "../chart/drawing.js";
import { capital, labels } from "../chart/labels.js";
import { textWidth, wrap } from "../chart/lettering.js";
import type { Room } from "../chart/width.js";
import { Curve, LevelInterval, rawScores } from "./marks.js";
import { countOf, loadScale, reasonOf, scoreScale, severityRanges } from "./scale.js";

export function Rows(props: {
  card: DoseResponse;
  room: Room;
  formats: Formats;
  name: string;
}): JSX.Element {
  const { card, room, formats, name } = props;
  const small = lettersIn(room);
  const left = small * 0.8;
  const right = room.width - small * 0.8;
  const x = scoreScale(card, [left, right]);
  const ranges = severityRanges(card, x);
  // With large letters on a small screen, what stands at the end of a line goes under it.
  const isTight = card.levels.some((level) => {
    const heading = textWidth(`${level.label} ${countOf(level)}`, small * 1.08);
    return left + heading + textWidth(level.sideEffectWord, small) + small * 5 > right;
  });
  const under = isTight ? small * 1.4 : 0;
  // And under that again, where the two of them are wider than the screen.
  const isTighter = card.levels.some(
    (level) => textWidth(`${countOf(level)} ${level.sideEffectWord}`, small) + small * 5 > right,
  );
  const effectUnder = isTight && isTighter ? under * 2 : under;
  const titleRoom = isTight ? right : right - textWidth(labels.sideEffects, small) - small;
  // Names that are wider than their range are told in a line above, each with its first score.
  const isWide = ranges.some(({ label, from, to }) => textWidth(label, small) > to - from);
  const told = isWide
    ? wrap(ranges.map(({ label, min }) => `${min} ${label}`).join(" · "), right, small, 9)
    : [];
  const wordLines = isWide ? told.length : 1;
  const top = under + small * (2.4 + wordLines * 1.2);
  // A level without scores is a line of words.
  const heights = card.levels.map(({ n }) => small * (n === 0 ? 2.4 : 6.2) + effectUnder);
  /** Where a level begins; where all end. */
  const topOf = (index: number) =>
    heights.slice(0, index).reduce((sum, height) => sum + height, top);
  const bottom = topOf(heights.length);
  /** The line a level's interval is drawn on. */
  const middle = (index: number) => topOf(index + 1) - small * 2.36;
  return (
    <Drawing name={name} width={room.width} height={bottom + small * 2} small={small}>
      <text class="title" x="0" y={small}>
        {wrap(capital(card.outcome.name), titleRoom, small, 1)}
      </text>
      <text class="title end-word" x={right} y={small + under}>
        {labels.sideEffects}
      </text>
      {ranges.map((range) => (
        <g key={range.label}>
          {range.odd && (
            <rect
              class="severity"
              x={range.from}
              y={top}
              width={range.to - range.from}
              height={bottom - top}
            />
          )}
          {!isWide && (
            <text
              class="quiet middle-word"
              x={(range.from + range.to) / 2}
              y={under + small * 2.6}
            >
              {range.label}
            </text>
          )}
        </g>
      ))}
      {told.map((words, row) => (
        <text class="quiet" x="0" y={under + small * (2.6 + row * 1.2)} key={words}>
          {words}
        </text>
      ))}
      {x.ticks(5).map((tick) => (
        <g key={tick}>
          <path class="grid" d={`M${Math.round(x(tick)) + 0.5} ${top}V${bottom}`} />
          <text class="quiet middle-word" x={x(tick)} y={bottom + small * 1.3}>
            {formats.number(tick)}
          </text>
        </g>
      ))}
      <Curve card={card} across={middle} point={(y, value) => [x(value), y]} />
      {card.levels.map((level, index) => (
        <LevelRow
          key={level.label}
          {...{ card, level, x, small, formats, under, effectUnder }}
          y={middle(index)}
          top={topOf(index)}
        />
      ))}
      <path class="lane-line" d={`M${left} ${bottom + 0.5}H${right}`} />
    </Drawing>
  );
}

function LevelRow(props: {
  card: DoseResponse;
  level: DoseLevel;
  x: ScaleLinear<number, number>;
  small: number;
  formats: Formats;
  /** How far under the level's name its count, and its side effects, stand. */
  under: number;
  effectUnder: number;
  y: number;
  top: number;
}): JSX.Element {
  const { card, level, x, small, formats, under, effectUnder, y, top } = props;
  const [left = 0, right = 0] = x.range();
  const bar = loadScale(card, small * 4)(level.sideEffectLoad ?? 0);
  const label = level.mean === null ? "" : formats.rounded(level.mean);
  const beside =
    level.mean === null ? 0 : Math.min(x(level.mean), right - textWidth(label, small * 1.15) - 10);
  const heading = top + small * 1.5;
  return (
    <g>
      <path class="strip-ground" d={`M${left} ${top + 0.5}H${right}`} />
      <text class="halo" x={left} y={heading}>
        <tspan class="strong" font-size={small * 1.08}>
          {level.label}
        </tspan>
        <tspan class="quiet" {...(under > 0 ? { x: left, dy: under } : { dx: small * 0.5 })}>
          {countOf(level)}
        </tspan>
      </text>
      {level.sideEffectWord && (
        <text class="severity-word" x={right - (bar > 0 ? bar + 6 : 0)} y={heading + effectUnder}>
          {level.sideEffectWord}
        </text>
      )}
      {bar > 0 && (
        <rect
          class="load"
          x={right - bar}
          y={heading + effectUnder - small * 0.75}
          width={bar}
          height={small * 0.8}
          rx="2"
        />
      )}
      <path
        class="raw"
        d={rawScores(level, x, small * 0.9, (along, away) => [along, y + 11 + away])}
      />
      <LevelInterval level={level} values={x} at={y} lying />
      {level.mean !== null && (
        <text class="strong halo" x={beside + 9} y={y - small * 0.6} font-size={small * 1.15}>
          {label}
        </text>
      )}
      {level.mean === null && (
        <text class="quiet" x={left} y={y}>
          {wrap(reasonOf(level), right - left, small, 2).map((words, row) => (
            <tspan x={left} dy={row === 0 ? 0 : small * 1.25} key={words}>
              {words}
            </tspan>
          ))}
        </text>
      )}
    </g>
  );
}
