import type { ComponentChild, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Confidence, Day, Due, Journey, MedicineStanding } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { handOut } from "../hand-out.js";
import { useSaving } from "../saving.js";
import { journeyStyles } from "./styles.js";

/** Things ahead that are shown before the rest is folded away. */
const FIRST_AHEAD = 4;

/**
 * `<doseline-journey>`: where each medicine stands, what usually comes next, what falls due, and that as
 * a calendar.
 *
 * @fires doseline-entry - after the list of medicines was confirmed
 */
export class DoselineJourney extends DoselineElement<Journey> {
  constructor() {
    super(journeyStyles);
  }

  /** @internal */
  protected load(diary: Diary): Promise<Journey> {
    return diary.journey();
  }

  /** @internal */
  protected view(data: Journey, diary: Diary): ComponentChild {
    const format = new Intl.DateTimeFormat(diary.locale, { dateStyle: "medium", timeZone: "UTC" });
    const confirm = async (): Promise<void> => {
      const taken = data.medicines.filter(({ stage }) => stage !== "stopped");
      const medicines = taken.map(({ medicine }) => medicine);
      const { id } = await diary.record({ kind: "reconciliation", medicines });
      this.dispatchEvent(new DoselineEntryEvent(id));
    };
    return (
      <JourneyView
        {...data} confirm={confirm} format={(day) => format.format(Date.parse(day))}
        calendar={async (detail) => handOut("reminders.ics", await diary.export("ics", { detail }), "text/calendar")}
      />
    );
  }
}

interface Props extends Journey {
  confirm(): Promise<void>;
  calendar(detail: boolean): Promise<void>;
  format(day: Day): string;
}

function JourneyView({ medicines, due, notKnown, confirm, calendar, format }: Props): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  const now = due.filter(({ isDue }) => isDue);
  const ahead = due.filter(({ isDue }) => !isDue);
  const list = now.find(({ kind }) => kind === "list");
  return (
    <div class="panel" part="panel">
      <h2 tabIndex={-1} ref={head}>Where things stand</h2>
      {medicines.length === 0 && <p class="muted">No medicine has a first dose yet.</p>}
      <ul class="medicines">
        {medicines.map((one) => <Standing key={one.medicine} one={one} format={format} />)}
      </ul>
      {list && (
        <Everything
          sentence={list.sentence}
          confirm={async () => {
            await confirm();
            head.current?.focus();
          }}
        />
      )}
      <section>
        <h3>Due now</h3>
        <DueList due={now.filter(({ kind }) => kind !== "list")} format={format} />
      </section>
      <section>
        <h3>Ahead</h3>
        <DueList due={ahead.slice(0, FIRST_AHEAD)} format={format} />
        {ahead.length > FIRST_AHEAD && (
          <details>
            <summary>{ahead.length - FIRST_AHEAD} more</summary>
            <DueList due={ahead.slice(FIRST_AHEAD)} format={format} />
          </details>
        )}
      </section>
      {notKnown.length > 0 && (
        <details class="screen-only">
          <summary>What is not known here</summary>
          <ul>{notKnown.map((line) => <li key={line} class="muted">{line}</li>)}</ul>
        </details>
      )}
      <Calendar calendar={calendar} />
    </div>
  );
}

function Standing({ one, format }: { one: MedicineStanding; format(day: Day): string }): JSX.Element {
  const { name, prescribed, stageText, since, next } = one;
  return (
    <li>
      <h3>{name}</h3>
      <p><span class="stage">{stageText}</span> <span class="muted">since {format(since)}</span></p>
      {prescribed !== "" && <p class="muted">{prescribed}</p>}
      {next && <p>{next.text}</p>}
      {next && <Sources sources={next.sources} confidence={next.confidence} suggestion={false} />}
    </li>
  );
}

function DueList({ due, format }: { due: readonly Due[]; format(day: Day): string }): JSX.Element {
  if (due.length === 0) return <p class="muted">Nothing.</p>;
  return (
    <ul class="due">
      {due.map(({ key, medicine, day, sentence, sources, confidence, isSuggestion }) => (
        <li key={`${key} ${medicine}`}>
          <p class="muted">{format(day)}</p>
          <p>{sentence}</p>
          {sources.length > 0 && <Sources sources={sources} confidence={confidence} suggestion={isSuggestion} />}
        </li>
      ))}
    </ul>
  );
}

/** Where it comes from, and how sure that is. */
function Sources({ sources, confidence, suggestion }: {
  sources: readonly string[]; confidence: Confidence; suggestion: boolean;
}): JSX.Element {
  return (
    <details class="screen-only">
      <summary>Where this comes from</summary>
      <ul>
        {suggestion && <li class="muted">A suggestion of Doseline's own. Your clinic can change it.</li>}
        {!suggestion && confidence === "general-knowledge" && (
          <li class="muted">General information, not yet checked against its source.</li>
        )}
        {sources.map((source) => <li key={source} class="muted">{source}</li>)}
      </ul>
    </details>
  );
}

/** "Is this everything?", answered with one tap. */
function Everything({ sentence, confirm }: { sentence: string; confirm(): Promise<void> }): JSX.Element {
  const { save, busy, problem } = useSaving();
  return (
    <section class="screen-only">
      <p class="finding">{sentence}</p>
      <button class="button strong" aria-disabled={busy} onClick={() => void save(confirm)}>
        Yes, this is everything
      </button>
      <p class="muted">If something is missing, add it under Today first: drugs from a shop and herbs count too.</p>
      {problem && <p class="error" role="alert">{problem.sentence}</p>}
    </section>
  );
}

function Calendar({ calendar }: { calendar(detail: boolean): Promise<void> }): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [detail, setDetail] = useState(false);
  const [said, setSaid] = useState(false);
  return (
    <section class="calendar screen-only">
      <h3>For your calendar</h3>
      <p>Dates with a reminder. They name no medicine and no questionnaire, so that others can see your calendar.</p>
      <label class="tick">
        <input type="checkbox" checked={detail} onChange={({ currentTarget: { checked } }) => setDetail(checked)} />
        Say more in each date
      </label>
      <button
        class="button" aria-disabled={busy}
        onClick={() => void save(() => calendar(detail)).then((done) => setSaid(done))}
      >
        Get the calendar file
      </button>
      <p role="status" class="muted">{said && "The file was handed to your browser's downloads."}</p>
      {problem && <p class="error" role="alert">{problem.sentence}</p>}
    </section>
  );
}
