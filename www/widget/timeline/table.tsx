/** The same days as a table: what can be read, copied and printed without seeing the drawing. */
import type { Timeline } from "#types";
import type { JSX } from "preact";
import { dayName, type Formats } from "../chart/days.js";
import { capital, labels } from "../chart/labels.js";
import { dosesOn, eventsOn, severityOf, sideEffectsOn, valuesOn } from "./reading.js";
import type { Window } from "./window.js";

/** More rows than this are not drawn at once. */
export const MOST_ROWS = 100;

/** The days a table shows of a window: its last ones, where it is longer than a table may be. */
export function tableWindow(window: Window): Window {
  return { from: Math.max(window.from, window.to - MOST_ROWS), to: window.to };
}

export function TimelineTable(props: {
  timeline: Timeline;
  window: Window;
  formats: Formats;
}): JSX.Element {
  const { timeline, formats } = props;
  const shown = tableWindow(props.window);
  const cut = shown.from > props.window.from;
  const rows = [];
  for (let day = shown.from; day < shown.to; day += 1) rows.push(day);
  const caption = labels.dates(formats.shortDate(shown.from), formats.shortDate(shown.to - 1));
  const withEvents =
    timeline.marks.length > 0 || timeline.doses.some((lane) => lane.steps.length > 0);
  return (
    <>
      {cut && (
        <p class="muted">
          {labels.tablePart(formats.shortDate(shown.from), formats.shortDate(shown.to - 1))}
        </p>
      )}
      <div class="table-room" role="region" aria-label={labels.table} tabIndex={0}>
        <table part="table">
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{labels.day}</th>
              {timeline.lanes.map((lane) => (
                <th scope="col" key={lane.outcome.outcome}>
                  {capital(lane.outcome.name)}
                </th>
              ))}
              {timeline.sideEffects.length > 0 && <th scope="col">{labels.sideEffects}</th>}
              {timeline.doses.map((lane) => (
                <th scope="col" key={lane.medicine}>
                  {lane.asNeeded ? lane.name : labels.dose(lane.name, lane.unit)}
                </th>
              ))}
              {withEvents && <th scope="col">{labels.events}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((day) => (
              <Row key={day} {...{ timeline, day, formats, withEvents }} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row(props: {
  timeline: Timeline;
  day: number;
  formats: Formats;
  withEvents: boolean;
}): JSX.Element {
  const { timeline, day, formats, withEvents } = props;
  return (
    <tr>
      <th scope="row">
        <time dateTime={dayName(day)}>{formats.shortDate(day)}</time>
      </th>
      {timeline.lanes.map((lane) => {
        const values = valuesOn(lane, day);
        const band = values.length === 1 ? severityOf(lane, values[0] as number) : "";
        return (
          <td key={lane.outcome.outcome}>
            {values.map(formats.number).join(", ")}
            {band && <span class="muted"> {band}</span>}
          </td>
        );
      })}
      {timeline.sideEffects.length > 0 && <td>{sideEffectsOn(timeline, day).join(", ")}</td>}
      {dosesOn(timeline, day).map((dose, index) => {
        const prescribed = dose.dose === null || dose.asNeeded ? "" : formats.number(dose.dose);
        const status =
          dose.status && dose.status !== "nothing-due" ? labels.dayStatus[dose.status] : "";
        return <td key={index}>{[prescribed, status].filter(Boolean).join(", ")}</td>;
      })}
      {withEvents && <td>{eventsOn(timeline, day).join(", ")}</td>}
    </tr>
  );
}
