/**
 * The lag strip: nine intervals, one for each wait from nought to eight weeks, all drawn alike. To
 * pick the widest or the highest of them would be to find what one looked for.
 */
import type { LagStrip } from "#types";
import { scaleLinear } from "d3-scale";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { type Choices, Pickers } from "../chart/choice.js";
import { type Formats, formatsFor } from "../chart/days.js";
import { Drawing, Interval, lettersIn, ValueAxis, Words } from "../chart/drawing.js";
import { FindingNote } from "../chart/finding.js";
import { CardHeader } from "../chart/header.js";
import { capital, labels } from "../chart/labels.js";
import { wrap } from "../chart/lettering.js";
import { type Room, useRoom } from "../chart/width.js";
import { useId } from "../id.js";

export interface LagViewProps extends Choices {
  strip: LagStrip | undefined;
  /** Language of numbers, a BCP 47 tag. */
  locale: string;
}

export function LagView(props: LagViewProps): JSX.Element {
  const { strip, locale, medicine, outcome } = props;
  const formats = useMemo(() => formatsFor(locale), [locale]);
  const [asTable, setAsTable] = useState(false);
  const [element, room] = useRoom<HTMLDivElement>();
  const heading = useId();
  const isDrawn = strip?.lags.some(({ value }) => value !== null) ?? false;
  const about = strip && labels.lagOf(capital(strip.outcome.name), strip.medicineName);
  return (
    <section class="panel" part="panel" aria-labelledby={heading}>
      <CardHeader
        id={heading}
        title={labels.lag}
        about={about}
        table={isDrawn ? [asTable, setAsTable] : undefined}
      />
      <Pickers medicine={medicine} outcome={outcome} />
      {strip ? <FindingNote finding={strip.finding} /> : <p class="muted">{labels.noLags}</p>}
      {strip?.follows && <p class="muted">{strip.follows}</p>}
      <div class="room" ref={element}>
        {strip &&
          isDrawn &&
          (asTable ? (
            <LagTable strip={strip} formats={formats} />
          ) : (
            room && (
              <div part="chart">
                <Strip {...{ strip, formats, room }} name={`${about} ${strip.finding.sentence}`} />
              </div>
            )
          ))}
      </div>
    </section>
  );
}

function Strip(props: {
  strip: LagStrip;
  formats: Formats;
  room: Room;
  name: string;
}): JSX.Element {
  const { strip, formats, room, name } = props;
  const small = lettersIn(room);
  const title = wrap(differenceOf(strip), room.width, small, 3);
  const foot = wrap(labels.lagAxis, room.width, small, 3);
  const left = small * 3;
  const right = Math.min(room.width, left + small * 45);
  const top = small * (1.4 * title.length + 0.8);
  const bottom = top + room.text * 8;
  const height = bottom + small * (2 + foot.length * 1.3);
  const column = (right - left) / strip.lags.length;
  const ends = strip.lags.flatMap(({ low, high }) => [low ?? 0, high ?? 0]);
  const y = scaleLinear()
    .domain([Math.min(0, ...ends), Math.max(0, ...ends)])
    .nice(4)
    .range([bottom, top]);
  return (
    <Drawing {...{ name, height, small }} width={room.width}>
      <Words lines={title} y={small} small={small} />
      <ValueAxis {...{ y, left, right, small }} count={4} word={formats.number} marked={0} />
      {strip.lags.map(({ weeks, value, low, high }) => {
        const x = left + column * (weeks + 0.5);
        return (
          <g key={weeks}>
            <Interval of="lag" {...{ value, low, high }} values={y} at={x} radius={4} />
            <text class="quiet middle-word" x={x} y={bottom + small * 1.4}>
              {weeks}
            </text>
          </g>
        );
      })}
      <Words lines={foot} y={bottom + small * 3} small={small} />
    </Drawing>
  );
}

function LagTable({ strip, formats }: { strip: LagStrip; formats: Formats }): JSX.Element {
  return (
    <div class="table-room" role="region" aria-label={labels.table} tabIndex={0}>
      <table part="table">
        <caption>{differenceOf(strip)}</caption>
        <thead>
          <tr>
            {[labels.weeks, labels.lagMean, labels.interval].map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {strip.lags.map(({ weeks, value, low, high }) => (
            <tr key={weeks}>
              <th scope="row">{weeks}</th>
              <td>{value === null ? "–" : formats.signed(value)}</td>
              <td>
                {low === null || high === null
                  ? "–"
                  : labels.intervalOf(formats.signed(low), formats.signed(high))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function differenceOf({ outcome, finding }: LagStrip): string {
  return labels.lagDifference(capital(outcome.name), finding.unit);
}
