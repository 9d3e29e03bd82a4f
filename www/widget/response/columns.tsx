/**
 * The dose card's picture where it has room: dose levels side by side, each with the interval and
 * mean of its settled days, the raw scores as faint dots beside them, and the side-effect load under
 * it. No line joins the levels unless the engine gives a curve, which it does where a dose was left
 * and returned to.
 */
import type { DoseLevel, DoseResponse } from "#types";
import type { ScaleLinear } from "d3-scale";
import type { JSX } from "preact";
import type { Formats } from "../chart/days.js";
import { Drawing, lettersIn, ValueAxis } from "../chart/drawing.js";
import { capital, labels } from "../chart/labels.js";
import { textWidth, wrap } from "../chart/lettering.js";
import type { Room } from "../chart/width.js";
import { Curve, LevelInterval, rawScores } from "./marks.js";
import { countOf, loadScale, reasonOf, scoreScale, severityRanges } from "./scale.js";

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

/** Where things stand; null where the levels need more room than there is. */
export function placesOf(card: DoseResponse, room: Room): Places | null {
  const em = room.text;
  const small = lettersIn(room);
  const narrow = room.width < 480;
  const left = small * (narrow ? 2.2 : 5);
  // The words of the severity bands stand at the right edge, beside the last level.
  const words = card.severityBands.reduce((most, band) => Math.max(most, band.label.length), 0);
  const side = narrow ? 4 : Math.min(8, words * 0.6) * small;
  const column = (room.width - left - side) / Math.max(1, card.levels.length);
  const widest = card.levels.reduce(
    (most, level) =>
      Math.max(most, textWidth(level.sideEffectWord, small), textWidth(countOf(level), small)),
    small * 5,
  );
  // Where they have no room beside the levels, the words of the bands would stand on the scores.
  if (column < widest || (narrow && words > 0)) return null;
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
    width: room.width,
    height: loadBottom + small * 1.8,
    left,
    right,
    narrow,
    small,
    top,
    bottom,
    countLine,
    loadTop,
    loadBottom,
    column,
    y: scoreScale(card, [bottom, top]),
  };
}

export function Columns(props: {
  card: DoseResponse;
  places: Places;
  formats: Formats;
  name: string;
}): JSX.Element {
  const { card, places, formats, name } = props;
  const { left, right, small, bottom, column, y } = places;
  const middle = (index: number) => left + column * (index + 0.5);
  const loadHeight = loadScale(card, places.loadBottom - places.loadTop);
  return (
    <Drawing name={name} width={places.width} height={places.height} small={small}>
      <text class="title" x="0" y={small}>
        {capital(card.outcome.name)}
      </text>
      <Severity card={card} places={places} />
      <ValueAxis {...{ y, left, right, small }} count={5} word={formats.number} />
      <path class="lane-line" d={`M${left} ${bottom + 0.5}H${right}`} />
      <Curve card={card} across={middle} point={(x, value) => [x, y(value)]} />
      <path
        class="raw"
        d={card.levels
          .map((level, index) =>
            rawScores(level, y, column * 0.5 - 16, (along, away) => [
              middle(index) - 13 - away,
              along,
            ]),
          )
          .join("")}
      />
      {card.levels.map((level, index) => (
        <Level key={level.label} {...{ level, places, formats }} x={middle(index)} />
      ))}
      {wrap(labels.sideEffects, places.narrow ? right : left, small * 1.08, 2).map(
        (words, index, all) => (
          <text
            class="title"
            x="0"
            y={
              places.narrow
                ? places.loadTop - small * 0.5
                : places.loadBottom - (all.length - 1 - index) * small * 1.3
            }
            key={words}
          >
            {words}
          </text>
        ),
      )}
      <path class="lane-line" d={`M${left} ${places.loadBottom + 0.5}H${right}`} />
      {card.levels.map((level, index) => {
        const width = Math.min(44, column * 0.5);
        const height = level.sideEffectLoad === null ? 0 : loadHeight(level.sideEffectLoad);
        return (
          <g key={level.label}>
            {height > 0 && (
              <rect
                class="load"
                x={middle(index) - width / 2}
                y={places.loadBottom - height}
                width={width}
                height={height}
                rx="2"
              />
            )}
            <text class="quiet middle-word" x={middle(index)} y={places.loadBottom + small * 1.3}>
              {level.sideEffectWord}
            </text>
          </g>
        );
      })}
    </Drawing>
  );
}

function Severity({ card, places }: { card: DoseResponse; places: Places }): JSX.Element {
  const { left, right, small } = places;
  return (
    <>
      {severityRanges(card, places.y).map((range) => (
        <g key={range.label}>
          {range.odd && (
            <rect
              class="severity"
              x={left}
              y={range.to}
              width={right - left}
              height={range.from - range.to}
            />
          )}
          {range.from - range.to >= small * 1.15 && (
            <text class="severity-word" x={right - 4} y={range.to + small * 1.05}>
              {range.label}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

function Level(props: {
  level: DoseLevel;
  places: Places;
  formats: Formats;
  x: number;
}): JSX.Element {
  const { level, places, formats, x } = props;
  const { y, small, bottom, column } = places;
  const reason = wrap(reasonOf(level), column - 4, small, 5);
  const reasonTop = (places.top + bottom) / 2 - (reason.length * small) / 2;
  return (
    <g>
      <LevelInterval level={level} values={y} at={x} />
      {level.mean !== null && (
        <text
          class="strong halo"
          x={x + 13}
          y={y(level.mean)}
          dy="0.35em"
          font-size={small * 1.15}
        >
          {formats.rounded(level.mean)}
        </text>
      )}
      {reason.map((words, index) => (
        <text class="quiet middle-word" x={x} y={reasonTop + index * small * 1.25} key={words}>
          {words}
        </text>
      ))}
      {wrap(level.label, column - 2, small * 1.08, 2).map((words, index) => (
        <text
          class="strong middle-word"
          x={x}
          y={bottom + small * (1.5 + index * 1.2)}
          font-size={small * 1.08}
          key={words}
        >
          {words}
        </text>
      ))}
      <text class="quiet middle-word" x={x} y={places.countLine}>
        {countOf(level)}
      </text>
    </g>
  );
}
