import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { SensitivePart, VisitOptions } from "#types";
import type { VisitReport } from "../../api/index.js";
import { printAlone } from "../chart/print.js";
import { handOut } from "../hand-out.js";
import { Field } from "../medicines/field.js";

/** What stays out until it is ticked, as a label. */
const PARTS: Record<SensitivePart, string> = {
  notes: "Notes", substances: "Alcohol and other substances", sexual: "Effects on sex", cycle: "The cycle",
  trauma: "What followed a trauma",
};

interface Props {
  report: VisitReport;
  options: VisitOptions;
  choose(options: VisitOptions): void;
}

/** The brief itself, and what it is made of. */
export function Brief({ report, options, choose }: Props): JSX.Element {
  const [copied, setCopied] = useState<boolean | null>(null);
  const article = useRef<HTMLElement>(null);
  const { include = [] } = options;
  const offered = (Object.keys(PARTS) as SensitivePart[]).filter(
    (part) => report.leftOut.includes(part) || include.includes(part));
  const tick = (part: SensitivePart, ticked: boolean): void =>
    choose({ ...options, include: ticked ? [...include, part] : include.filter((other) => other !== part) });
  const copy = (): void =>
    void navigator.clipboard.writeText(report.toText()).then(() => setCopied(true), () => setCopied(false));
  return (
    <>
      <details class="screen-only">
        <summary>What is in the brief</summary>
        <div class="form">
          <Field label="What is new since">
            {(tied) => (
              <input
                {...tied} class="input" type="date" max={report.day} value={report.since}
                onChange={({ currentTarget: { value } }) => value !== "" && choose({ ...options, since: value })}
              />
            )}
          </Field>
          <label class="tick">
            <input
              type="checkbox" checked={options.first ?? false}
              onChange={({ currentTarget: { checked } }) => {
                const { since: _, ...rest } = options;
                choose({ ...rest, first: checked });
              }}
            />
            It is a first visit
          </label>
          {offered.length > 0 && (
            <fieldset>
              <legend>Stays out until you tick it</legend>
              {offered.map((part) => (
                <label key={part} class="tick">
                  <input
                    type="checkbox" checked={include.includes(part)}
                    onChange={({ currentTarget: { checked } }) => tick(part, checked)}
                  />
                  {PARTS[part]}
                </label>
              ))}
            </fieldset>
          )}
        </div>
      </details>
      <div class="buttons screen-only">
        <button class="button" onClick={() => article.current && printAlone(article.current)}>Print</button>
        <button class="button" onClick={copy}>Copy as text</button>
        <button class="button" onClick={() => handOut(`visit-${report.day}.html`, page(report), "text/html")}>
          Save as a page
        </button>
      </div>
      <p role="status" class="muted screen-only">
        {copied === true && "Copied."}{copied === false && "This browser did not let it be copied."}
      </p>
      <article class="brief" ref={article} aria-label={report.title}>
        <div>
          <h2>{report.title}</h2>
          <p class="muted">{report.about}</p>
        </div>
        {report.sections.map(({ id, title, lines }) => (
          <section key={id}>
            <h3>{title}</h3>
            <ul>{lines.map(({ text }, place) => <li key={`${place} ${text}`}>{text}</li>)}</ul>
          </section>
        ))}
        <p class="muted">Tables {report.tables}. Diary {report.digest}.</p>
      </article>
    </>
  );
}

/** The brief as a page that stands alone. */
function page(report: VisitReport): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Brief</title>${report.toHTML()}</html>`;
}
