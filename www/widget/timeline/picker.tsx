/** Which outcomes have a lane. */
import type { Outcome } from "#types";
import type { JSX } from "preact";
import { capital, labels } from "../chart/labels.js";

export function OutcomePicker(props: {
  outcomes: Outcome[];
  shown: string[];
  onShow: (outcomes: string[]) => void;
}): JSX.Element {
  const { outcomes, shown, onShow } = props;
  const toggle = (name: string) => {
    const wanted = new Set(shown);
    if (!wanted.delete(name)) wanted.add(name);
    // In the order of the list; the last lane cannot be taken away.
    const next = outcomes
      .map((outcome) => outcome.outcome)
      .filter((outcome) => wanted.has(outcome));
    if (next.length > 0) onShow(next);
  };
  return (
    <details class="picker screen-only">
      <summary>{labels.show}</summary>
      <fieldset>
        <legend class="visually-hidden">{labels.show}</legend>
        {outcomes.map((outcome) => (
          <label class="pick" key={outcome.outcome}>
            <input
              type="checkbox"
              checked={shown.includes(outcome.outcome)}
              disabled={shown.length === 1 && shown[0] === outcome.outcome}
              onChange={() => toggle(outcome.outcome)}
            />
            {capital(outcome.name)} <span class="muted">{labels.values(outcome.count)}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/** What is shown until someone chooses: the assessment and the daily rating with most values. */
export function usualLanes(outcomes: Outcome[]): string[] {
  const fullest = (wanted: (outcome: Outcome) => boolean) =>
    outcomes
      .filter(wanted)
      .reduce<Outcome | null>(
        (most, outcome) => (outcome.count > (most?.count ?? 0) ? outcome : most),
        null,
      );
  const score = fullest((outcome) => outcome.source === "assessment");
  const daily =
    fullest((outcome) => outcome.source === "rating") ??
    fullest((outcome) => outcome.source === "sleep");
  return [score, daily].flatMap((outcome) => (outcome ? [outcome.outcome] : []));
}
