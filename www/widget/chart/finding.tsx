/** One finding in words: the sentence, its doubt in the same block, and how it was reached. */
import type { Finding } from "#types";
import type { JSX } from "preact";
import { labels } from "./labels.js";

/** A finding as the note that opens a chart, or as one of the lines under it (`plain`). */
export function FindingNote(props: {
  finding: Finding;
  /** Which lane it is about, where several stand in a row. */
  about?: string | undefined;
  plain?: boolean;
  /** Told when "Why" is opened or closed, so that a chart can show the entries behind it. */
  onWhy?: (open: boolean) => void;
}): JSX.Element {
  const { finding, about, plain, onWhy } = props;
  const standing = labels.certainty[finding.certainty];
  return (
    <div class={plain ? "finding plain" : "finding"} part="finding">
      {standing && <p class="standing">{standing}</p>}
      <p class="sentence">
        {about && <b>{about}: </b>}
        {finding.sentence}
      </p>
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
