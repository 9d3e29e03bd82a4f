import type { ComponentChild, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Day, Due, Journey, MedicineStanding, MedicineView } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { handOut } from "../hand-out.js";
import { type Actions, actionsOf } from "../medicines/actions.js";
import { useSaving } from "../saving.js";
import { Everything } from "./everything.js";
import { journeyStyles } from "./styles.js";

/** Things ahead that are shown, with all of the last one's day, before the rest is folded away. */
const FIRST_AHEAD = 4;

interface Data {
  journey: Journey;
  medicines: MedicineView[];
}

/**
 * `<doseline-journey>`: where each medicine stands, what usually comes next, what falls due, and that as
 * a calendar.
 *
 * @fires doseline-entry - after the list of medicines was confirmed or put right
 */
export class DoselineJourney extends DoselineElement<Data> {
  constructor() {
    super(journeyStyles);
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Data> {
    const [journey, medicines] = await Promise.all([diary.journey(), diary.medicines()]);
    return { journey, medicines };
  }

  /** @internal */
  protected view({ journey, medicines }: Data, diary: Diary): ComponentChild {
    const format = new Intl.DateTimeFormat(diary.locale, { dateStyle: "medium", timeZone: "UTC" });
    const actions = actionsOf(diary, (id) => void this.dispatchEvent(new DoselineEntryEvent(id)));
    const notTaken: readonly MedicineView["state"][] = ["stopped", "not-started"];
    return (
      <JourneyView
        journey={journey} listed={medicines.filter(({ state }) => !notTaken.includes(state))} actions={actions}
        format={(day) => format.format(Date.parse(day))}
        calendar={async (detail) => handOut("reminders.ics", await diary.export("ics", { detail }), "text/calendar")}
      />
    );
  }
}

interface Props {
  journey: Journey;
  /** The medicines that are on the list to look over. */
  listed: readonly MedicineView[];
  actions: Actions;
  calendar(detail: boolean): Promise<void>;
  format(day: Day): string;
}

function JourneyView({ journey, listed, actions, calendar, format }: Props): JSX.Element {
  const { day, medicines, due, notKnown } = journey;
  const head = useRef<HTMLHeadingElement>(null);
  const now = due.filter(({ isDue }) => isDue);
  const ahead = due.filter(({ isDue }) => !isDue);
  const lastShown = ahead[FIRST_AHEAD - 1]?.day;
  const later = ahead.filter(({ day }) => lastShown !== undefined && day > lastShown);
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
          sentence={list.sentence} listed={listed} today={day} actions={actions}
          onConfirmed={() => head.current?.focus()}
        />
      )}
      <section>
        <h3>Due now</h3>
        <DueList due={now.filter(({ kind }) => kind !== "list")} format={format} />
      </section>
      <section>
        <h3>Ahead</h3>
        <DueList due={ahead.filter((one) => !later.includes(one))} format={format} />
        {later.length > 0 && (
          <details>
            <summary>{later.length} more</summary>
            <DueList due={later} format={format} />
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
      {next && (
        <details class="screen-only">
          <summary>Where this comes from<span class="visually-hidden">: {name}</span></summary>
          <ul><Sources {...next} isSuggestion={false} /></ul>
        </details>
      )}
    </li>
  );
}

/** What falls due, a day at a time: few words each, then in full with what it rests on. */
function DueList({ due, format }: { due: readonly Due[]; format(day: Day): string }): JSX.Element {
  if (due.length === 0) return <p class="muted">Nothing.</p>;
  return (
    <ul class="due">
      {alike(due, ({ day }) => day).map((ofDay) => (
        <li key={ofDay[0].day}>
          <h4>{format(ofDay[0].day)}</h4>
          <ul>{ofDay.map(({ key, medicine, short }) => <li key={`${key} ${medicine}`}>{short}</li>)}</ul>
          <More day={format(ofDay[0].day)} due={ofDay.filter(({ sources }) => sources.length > 0)} />
        </li>
      ))}
    </ul>
  );
}

/** The things of one day in full, those that rest on the same sources together. */
function More({ day, due }: { day: string; due: readonly Due[] }): JSX.Element | null {
  if (due.length === 0) return null;
  const hasMore = due.some(({ short, sentence }) => short !== sentence);
  const restsOn = ({ sources, confidence, isSuggestion }: Due): string => JSON.stringify([sources, confidence, isSuggestion]);
  return (
    <details class="screen-only">
      <summary>
        {hasMore ? "More, and where this comes from" : "Where this comes from"}
        <span class="visually-hidden">: {day}</span>
      </summary>
      {alike(due, restsOn).map((together) => (
        <ul key={restsOn(together[0])}>
          {together.map(({ key, medicine, sentence }) => <li key={`${key} ${medicine}`}>{sentence}</li>)}
          <Sources {...together[0]} />
        </ul>
      ))}
    </details>
  );
}

/** Where it comes from, and how sure that is. */
function Sources({ sources, confidence, isSuggestion }: Pick<Due, "sources" | "confidence" | "isSuggestion">): JSX.Element {
  return (
    <>
      {isSuggestion && <li class="muted">A suggestion of Doseline's own. Your clinic can change it.</li>}
      {!isSuggestion && confidence === "general-knowledge" && (
        <li class="muted">This is general information. It is not yet checked against its source.</li>
      )}
      {sources.map((source) => <li key={source} class="muted">{source}</li>)}
    </>
  );
}

/** The items in groups of one key, in the order in which the keys come. */
function alike<Item>(items: readonly Item[], keyOf: (item: Item) => string): [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
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
