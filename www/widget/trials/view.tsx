/**
 * How each medicine went: for each scored questionnaire what was before and what is now, the part
 * that would have come anyway, and the published rules; then the side effects in its time. All of
 * it is the engine's: nothing is computed here.
 */
import type {
  MedicineView, TreatmentResponse, TrialDesign, TrialQuestion,
} from "#types";
import type { ComponentChildren, JSX } from "preact";
import { useMemo } from "preact/hooks";
import { Picker } from "../chart/choice.js";
import { dayNumber, type Formats, formatsFor } from "../chart/days.js";
import { FindingNote } from "../chart/finding.js";
import { CardHeader } from "../chart/header.js";
import { labels } from "../chart/labels.js";
import { useId } from "../id.js";
import type { Asked, Design, Trial } from "./element.js";

/** Changes of a rating that a clinician can choose from, in points. */
const POINTS = [0.5, 1, 1.5, 2, 3];
const QUESTIONS = [
  { value: "with-or-without", name: labels.withOrWithout },
  { value: "time-of-day", name: labels.timeOfDay },
];

export function TrialsView(props: {
  trials: Trial[];
  /** Language of dates and numbers, a BCP 47 tag. */
  locale: string;
  asked: Asked;
  onAsk: (asked: Asked) => void;
  onPrint: () => void;
}): JSX.Element {
  const { trials, locale, asked, onAsk, onPrint } = props;
  const formats = useMemo(() => formatsFor(locale), [locale]);
  const heading = useId();
  return (
    <section class="panel" part="panel" aria-labelledby={heading}>
      <CardHeader id={heading} title={labels.trials} onPrint={onPrint} />
      {trials.map((trial) => (
        <section class="trial" key={trial.medicine.medicine} aria-label={trial.medicine.name}>
          <h3>
            {trial.medicine.name} <span class="muted">{timeOf(trial.medicine, formats)}</span>
          </h3>
          {trial.responses.map((response) => (
            <Response response={response} formats={formats} key={response.instrument} />
          ))}
          {trial.effects.length > 0 && <Effects {...trial} formats={formats} />}
          {trial.design !== null && (
            <DesignOf design={trial.design} {...{ formats, asked, onAsk }} />
          )}
        </section>
      ))}
    </section>
  );
}

/** What is prescribed since when, or from when to when it was. */
function timeOf({ state, prescribed, since, steps }: MedicineView, formats: Formats): string {
  const date = (day: string) => formats.shortDate(dayNumber(day));
  const first = steps[0]?.day;
  if (state === "stopped" && first && since)
    return `${labels.stopped}, ${datesOf(first, since, formats)}`;
  return [prescribed, since && labels.since(date(since))].filter(Boolean).join(" · ");
}

function datesOf(from: string, to: string, formats: Formats): string {
  const [first, end] = [dayNumber(from), dayNumber(to)];
  const isOneYear = formats.year(first) === formats.year(end);
  const begun = isOneYear ? formats.shortDay(first) : formats.shortDate(first);
  return labels.dates(begun, formats.shortDate(end));
}

function Response(props: { response: TreatmentResponse; formats: Formats }): JSX.Element {
  const { response, formats } = props;
  const { baseline, latest, change, percentChange, expectedAnyway: anyway, finding } = response;
  if (!baseline || !latest) return <FindingNote plain finding={finding} />;
  const date = (day: string) => formats.shortDate(dayNumber(day));
  const met = response.rules.filter((rule) => rule.met);
  return (
    <div class="told">
      <FindingNote finding={finding} />
      {finding.look !== null && latest.day > finding.look && <p class="muted">{labels.newer}</p>}
      <dl class="figures">
        <Figure name={labels.before} value={formats.rounded(baseline.mean)}>
          {labels.scores(baseline.n)}, {datesOf(baseline.from, baseline.to, formats)}
        </Figure>
        <Figure name={labels.latest} value={formats.rounded(latest.total)}>
          {date(latest.day)}
        </Figure>
        {change !== null && (
          <Figure name={labels.change} value={formats.signed(change)}>
            {percentChange !== null && `${formats.signed(Math.round(percentChange))} %`}
          </Figure>
        )}
        {anyway && (
          <Figure name={labels.expectedAnyway} value={formats.signed(anyway.change)}>
            {labels.intervalOf(formats.signed(anyway.low), formats.signed(anyway.high))},{" "}
            {labels.byAModel}
          </Figure>
        )}
      </dl>
      {met.length > 0 && (
        <>
          <h4>{labels.rulesMet}</h4>
          <ul>
            {met.map((rule) => (
              <li key={rule.rule}>
                <b>{labels.rule[rule.rule]}</b> {rule.since && labels.since(date(rule.since))}:{" "}
                {rule.text}
              </li>
            ))}
          </ul>
        </>
      )}
      <Rules rules={response.rules} />
    </div>
  );
}

function Figure(props: { name: string; value: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        <b>{props.value}</b> <span class="muted">{props.children}</span>
      </dd>
    </div>
  );
}

/** All rules, those that are not met as well, each with its source. */
function Rules({ rules }: { rules: TreatmentResponse["rules"] }): JSX.Element {
  return (
    <details>
      <summary>{labels.rules}</summary>
      <ul class="rules">
        {rules.map(({ rule, met, text, source }) => (
          <li key={rule}>
            <b>{labels.rule[rule]}</b>, {labels.ruleState(met)}: {text}
            <p class="muted">{source}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Effects(props: Pick<Trial, "effects" | "follows"> & { formats: Formats }): JSX.Element {
  const { effects, follows, formats } = props;
  return (
    <details>
      <summary>{labels.effectsWith(formats.list(effects.map(({ term }) => term)))}</summary>
      {effects.map(({ term, finding, afterFalls }) => (
        <div key={term} class="effect">
          <FindingNote plain finding={finding} />
          {afterFalls && afterFalls.length > 0 && (
            <ul class="notes">
              {afterFalls.map(({ onset, text }) => (
                <li key={onset}>
                  {formats.shortDate(dayNumber(onset))}: {text}
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
      {follows && <p class="muted">{follows}</p>}
      <div class="table-room" role="region" aria-label={labels.daysWith} tabIndex={0}>
        <table part="table">
          <caption>{labels.daysWith}</caption>
          <thead>
            <tr>
              <th scope="col">{labels.level}</th>
              {effects.map(({ term }) => <th scope="col" key={term}>{term}</th>)}
            </tr>
          </thead>
          <tbody>
            {effects[0]?.doses.map(({ dose }) => (
              <tr key={dose}>
                <th scope="row">
                  {dose === 0 ? labels.noDose : `${formats.number(dose)} ${effects[0]?.unit ?? ""}`}
                </th>
                {effects.map(({ term, doses }) => {
                  const on = doses.find((other) => other.dose === dose);
                  return <td key={term}>{on ? labels.daysOf(on.daysWith, on.days) : "–"}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function DesignOf(props: {
  design: Design;
  formats: Formats;
  asked: Asked;
  onAsk: (asked: Asked) => void;
}): JSX.Element {
  const { design, formats, asked, onAsk } = props;
  const { question, points } = asked;
  const isPlan = typeof design === "object" && "plans" in design;
  const options = [null, ...POINTS].map((one) => ({
    value: String(one ?? ""),
    name: one === null ? "–" : formats.number(one),
  }));
  return (
    <details>
      <summary>{labels.plannedSwitches}</summary>
      <div class="pickers screen-only">
        <Picker
          label={labels.question}
          choice={{
            value: question,
            options: QUESTIONS,
            onChoose: (value) => onAsk({ points, question: value as TrialQuestion }),
          }}
        />
        {(design === "waits" || points !== null) && (
          <Picker
            label={labels.points}
            choice={{
              value: String(points ?? ""),
              options,
              onChoose: (value) => onAsk({ question, points: value === "" ? null : Number(value) }),
            }}
          />
        )}
      </div>
      {isPlan && <FindingNote plain finding={design.finding} />}
      {isPlan && design.plans.length > 0 && <Plans design={design} formats={formats} />}
      {typeof design === "object" && "refused" in design && <p>{design.refused}</p>}
    </details>
  );
}

function Plans({ design, formats }: { design: TrialDesign; formats: Formats }): JSX.Element {
  return (
    <div class="table-room" role="region" aria-label={labels.plannedSwitches} tabIndex={0}>
      <table part="table">
        <thead>
          <tr>
            <th scope="col">{labels.planDays}</th>
            <th scope="col">{labels.halfWidth}</th>
            <th scope="col">{labels.power(formats.number(design.points))}</th>
          </tr>
        </thead>
        <tbody>
          {design.plans.map(({ days, halfWidth, power }) => (
            <tr key={days}>
              <th scope="row">{days}</th>
              <td>{formats.rounded(halfWidth)}</td>
              <td>{Math.round(power * 100)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
