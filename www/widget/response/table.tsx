/** The dose card's levels as a table. */
import type { DoseResponse } from "#types";
import type { JSX } from "preact";
import type { Formats } from "../chart/days.js";
import { labels } from "../chart/labels.js";

export function LevelTable({
  card,
  formats,
}: {
  card: DoseResponse;
  formats: Formats;
}): JSX.Element {
  const value = (number: number | null) => (number === null ? "–" : formats.rounded(number));
  return (
    <div class="table-room" role="region" aria-label={labels.table} tabIndex={0}>
      <table part="table">
        <caption>{labels.chartOfDoses(card.outcome.name, card.medicineName)}</caption>
        <thead>
          <tr>
            {[
              labels.level,
              labels.settledDays,
              labels.valuesCounted,
              labels.mean,
              labels.interval,
              labels.settledAndLeftOut,
              labels.leftOut,
              labels.sideEffects,
            ].map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {card.levels.map((level) => (
            <tr key={level.label}>
              <th scope="row">{level.label}</th>
              <td>{level.days}</td>
              <td>{level.n}</td>
              <td>{value(level.mean)}</td>
              <td>
                {level.low !== null && level.high !== null
                  ? labels.intervalOf(formats.rounded(level.low), formats.rounded(level.high))
                  : level.notEstimable || "–"}
              </td>
              <td>{level.washInDays + level.washoutDays}</td>
              <td>{level.leftOut}</td>
              <td>{level.sideEffectWord || "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
