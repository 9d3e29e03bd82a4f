/**
 * The level of a medicine by a model, as a picture or as a table of days. The band lies between the
 * level of the doses recorded as taken and the level if due doses without an entry were taken too.
 */
import type { Exposure, Timeline } from "#types";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { type Choices, Pickers } from "../chart/choice.js";
import { dayName, dayNumber, type Formats, formatsFor } from "../chart/days.js";
import { FindingNote } from "../chart/finding.js";
import { CardHeader, Pressed } from "../chart/header.js";
import { labels } from "../chart/labels.js";
import { NARROW, useRoom } from "../chart/width.js";
import { inWindow } from "../timeline/paths.js";
import { tableWindow } from "../timeline/table.js";
import { last, type Window } from "../timeline/window.js";
import { useId } from "../id.js";
import { LevelPicture } from "./picture.js";

/** Days that can be chosen: a day's rise and fall can be seen in the first on a phone, in the second
 * on a wider screen. */
const FOUR_WEEKS = 28;
const THREE_MONTHS = 91;

/** What was recorded of the doses of one day. */
export type StatusOf = (day: number) => Timeline["dayStatuses"][number] | null;

export interface ExposureViewProps extends Choices {
  exposure: Exposure | undefined;
  timeline: Timeline | null;
  /** Language of dates and numbers, a BCP 47 tag. */
  locale: string;
  onPrint: () => void;
}

export function ExposureView(props: ExposureViewProps): JSX.Element {
  const { exposure, timeline, locale, medicine, onPrint } = props;
  const formats = useMemo(() => formatsFor(locale), [locale]);
  const [asTable, setAsTable] = useState(false);
  const [element, room] = useRoom<HTMLDivElement>();
  const [chosen, setDays] = useState<number | null>(null);
  const days = chosen ?? (room && room.width < NARROW ? FOUR_WEEKS : THREE_MONTHS);
  const heading = useId();
  const picker = <Pickers medicine={medicine} />;
  if (!exposure) {
    return (
      <section class="panel" part="panel" aria-labelledby={heading}>
        <h2 id={heading}>{labels.exposure}</h2>
        {picker}
        <p class="muted">{labels.noModel}</p>
      </section>
    );
  }
  const record = { from: dayNumber(exposure.from), to: dayNumber(exposure.to) + 1 };
  const shown = last(days, record, record);
  const whole = shown.from === record.from;
  const shownDates = labels.dates(formats.shortDate(shown.from), formats.shortDate(shown.to - 1));
  const statusOf = statusesOf(exposure, timeline);
  const period = (text: string, length: number) => (
    <Pressed
      text={text}
      isOn={whole ? length === Number.POSITIVE_INFINITY : length === days}
      act={() => setDays(length)}
    />
  );
  return (
    <section class="panel" part="panel" aria-labelledby={heading}>
      <CardHeader
        id={heading}
        title={labels.exposure}
        about={`${exposure.medicineName} · ${shownDates}`}
        table={[asTable, setAsTable]}
        onPrint={onPrint}
      >
        <div class="choice" role="group" aria-label={labels.visibleDays}>
          {period(labels.fourWeeks, FOUR_WEEKS)}
          {period(labels.threeMonths, THREE_MONTHS)}
          {period(labels.all, Number.POSITIVE_INFINITY)}
        </div>
      </CardHeader>
      {picker}
      <FindingNote finding={exposure.finding} />
      {exposure.follows && <p class="muted">{exposure.follows}</p>}
      <div class="room" ref={element}>
        {asTable ? (
          <LevelDays {...{ exposure, statusOf, formats }} window={tableWindow(shown)} />
        ) : (
          room && (
            <div part="chart">
              <LevelPicture
                {...{ exposure, statusOf, formats, room }}
                window={shown}
                name={`${labels.exposure}: ${exposure.medicineName}. ${exposure.finding.sentence}`}
              />
            </div>
          )
        )}
      </div>
      <Facts exposure={exposure} formats={formats} />
    </section>
  );
}

/** What was recorded of each day, from the timeline's lane of the medicine. */
function statusesOf({ medicine }: Exposure, timeline: Timeline | null): StatusOf {
  const lane = timeline?.doses.find((one) => one.medicine === medicine);
  const first = lane?.adherenceDays[0] ?? 0;
  return (day) => timeline?.dayStatuses[lane?.adherence[day - first] ?? -1] ?? null;
}

/** What the model goes by. */
function Facts({ exposure, formats }: { exposure: Exposure; formats: Formats }): JSX.Element {
  const { halfLifeHours: half, daysToSteady: steady, afterAMissedDose } = exposure;
  const number = formats.rounded;
  return (
    <>
      <ul class="notes">
        <li>
          <b>{labels.halfLeaves}:</b> {labels.hours(number(half.low), number(half.high))}
        </li>
        <li>
          <b>{labels.settles}:</b> {labels.daysBetween(number(steady.low), number(steady.high))}
        </li>
        <li>
          <b>{labels.afterMissed}:</b> {labels.shareOfUsual(percent(afterAMissedDose))}
        </li>
      </ul>
      {half.source && (
        <details>
          <summary>{labels.source}</summary>
          <p class="muted">{half.source}</p>
        </details>
      )}
    </>
  );
}

function LevelDays(props: {
  exposure: Exposure;
  statusOf: StatusOf;
  formats: Formats;
  window: Window;
}): JSX.Element {
  const { exposure, statusOf, formats, window } = props;
  const rows = [];
  for (let day = window.from; day < window.to; day += 1) {
    const [from, to] = inWindow(exposure.days, day, day + 1);
    const range = (column: Float64Array) => {
      const [low, high] = ends(column, from, to);
      return labels.intervalOf(percent(low), percent(high));
    };
    const status = statusOf(day);
    rows.push({
      day,
      low: from < to ? range(exposure.low) : "–",
      high: from < to ? range(exposure.high) : "–",
      status: status ? labels.dayStatus[status] : "–",
    });
  }
  // Mostly every day has an entry.
  const differs = rows.some(({ low, high }) => low !== high);
  return (
    <div class="table-room" role="region" aria-label={labels.table} tabIndex={0}>
      <table part="table">
        <caption>{labels.usualLevel}</caption>
        <thead>
          <tr>
            <th scope="col">{labels.day}</th>
            <th scope="col">{labels.ofUsual}</th>
            {differs && <th scope="col">{labels.withNoEntry}</th>}
            <th scope="col">{labels.regimen}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ day, low, high, status }) => (
            <tr key={day}>
              <th scope="row">
                <time dateTime={dayName(day)}>{formats.shortDate(day)}</time>
              </th>
              <td>{low}</td>
              {differs && <td>{high}</td>}
              <td>{status}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The least and the most of a part of a column. */
function ends(column: Float64Array, from: number, to: number): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = from; index < to; index += 1) {
    low = Math.min(low, column[index] as number);
    high = Math.max(high, column[index] as number);
  }
  return [low, high];
}

function percent(share: number): string {
  return String(Math.round(share * 100));
}
