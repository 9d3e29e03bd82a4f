/** One finding in words: the sentence, its doubt in the same block, and how it was reached. */
import type { Finding } from "#types";
import type { JSX } from "preact";
import { labels } from "./labels.js";

/** A finding as the note that opens a chart, or as one of the lines under it (`plain`). */
export function FindingNote(props: {
  finding: Finding;
  plain?: boolean;
  /** Told when "Why" is opened or closed, so that a chart can show the entries behind it. */
  onWhy?: (open: boolean) => void;
}): JSX.Element {
  const { finding, plain, onWhy } = props;
  return (
    <div class={plain ? "finding plain" : "finding"} part="finding">
      <p class="sentence">{finding.sentence}</p>
      {finding.doubt && <p class="doubt">{finding.doubt}</p>}
      {finding.why.length > 0 && (
        <details onToggle={(event) => onWhy?.(event.currentTarget.open)}>
          <summary>{labels.why}</summary>
          <ul>
            {finding.why.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
