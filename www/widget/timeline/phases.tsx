/** Each span of days over which the whole prescription was constant, as a table. */
import type { Finding, Timeline } from "#types";
import type { JSX } from "preact";
import { dayNumber, type Formats } from "../chart/days.js";
import { labels } from "../chart/labels.js";

export function Phases({
  timeline,
  formats,
}: {
  timeline: Timeline;
  formats: Formats;
}): JSX.Element {
  const value = (number: number | null) => (number === null ? "–" : formats.rounded(number));
  return (
    <details class="phases">
      <summary>{labels.phases}</summary>
      <div class="table-room" role="region" aria-label={labels.phases} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {[
                labels.from,
                labels.to,
                labels.regimen,
                labels.settledDays,
                labels.valuesCounted,
                labels.leftOut,
                labels.daysMissing,
                labels.mean,
                labels.spread,
                labels.difference,
                labels.unlinkedValues,
              ].map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {timeline.phases.map((phase) => (
              <tr key={phase.from}>
                <th scope="row">{formats.shortDate(dayNumber(phase.from))}</th>
                <td>{formats.shortDate(dayNumber(phase.to))}</td>
                <td>{phase.regimen}</td>
                <td>{phase.settledDays}</td>
                <td>{phase.n}</td>
                <td>{phase.leftOut}</td>
                <td>{phase.daysMissing}</td>
                <td>{value(phase.mean)}</td>
                <td>{value(phase.spread)}</td>
                <Difference finding={phase.difference} formats={formats} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** The difference to the phase before in words, its interval, and how many unlinked values say as much. */
function Difference(props: { finding: Finding | null; formats: Formats }): JSX.Element {
  const { finding, formats } = props;
  const [few, many] = finding?.effectiveN?.map((n) => formats.number(Math.round(n))) ?? [];
  return (
    <>
      <td>
        {finding?.sentence ?? "–"}
        {finding?.doubt && <p class="muted">{finding.doubt}</p>}
      </td>
      <td>{few && many ? (few === many ? few : labels.intervalOf(few, many)) : "–"}</td>
    </>
  );
}
