import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Assessment, Day, EntryId, InstrumentView, Questionnaires, Score } from "#types";
import type { Diary } from "../../api/index.js";
import { answersIn } from "./draft.js";
import { Filling } from "./filling.js";

interface Props {
  diary: Diary;
  /** The one questionnaire that is offered; null for all. */
  only: string | null;
  instruments: readonly InstrumentView[];
  all: Questionnaires;
  whoSees: string;
  put(answers: Assessment, entry: EntryId | null): Promise<EntryId>;
  score(entry: EntryId): Promise<Score>;
  remove(entry: EntryId): Promise<void>;
  format(day: Day): string;
}

/** The choice of a questionnaire, the one that is being filled in, or what the last one came to. */
export function QuestionnairesView({ diary, only, instruments, all, whoSees, put, score: scoreOf, remove, format }: Props): JSX.Element {
  const [open, setOpen] = useState(only);
  const [score, setScore] = useState<Score | null>(null);
  const [takenBack, setTakenBack] = useState(false);
  const [topic, setTopic] = useState(all.sets.find(({ isOwn }) => isOwn)?.condition ?? "");
  const head = useRef<HTMLHeadingElement>(null);
  /** Whether the person did something here, so that the focus may move. */
  const touched = useRef(false);
  const view = instruments.find(({ instrument }) => instrument === open);

  useLayoutEffect(() => {
    if (!touched.current || view) return;
    head.current?.focus();
    head.current?.scrollIntoView({ block: "nearest" });
  }, [view, score, takenBack]);

  const go = (instrument: string | null, came: Score | null = null): void => {
    touched.current = true;
    setTakenBack(false);
    setScore(came);
    setOpen(instrument);
  };
  if (view) {
    return (
      <div class="panel" part="panel">
        <Filling
          key={view.instrument}
          diary={diary}
          view={view}
          whoSees={whoSees}
          put={put}
          saved={async (entry) => go(null, await scoreOf(entry))}
          takeBack={async (entry) => {
            await remove(entry);
            go(null);
            setTakenBack(true);
          }}
          close={() => go(null)}
        />
      </div>
    );
  }
  return (
    <div class="panel" part="panel">
      <h2 tabIndex={-1} ref={head}>{score ? `${score.name}: saved` : "Questionnaires"}</h2>
      <div role="status" class="result">
        {score && <Came score={score} />}
        {takenBack && <p class="finding">Taken back. Nothing of it is kept.</p>}
      </div>
      {score && (
        <div class="row-buttons screen-only">
          <button
            class="button"
            onClick={() => void remove(score.entry).then(() => {
              setScore(null);
              setTakenBack(true);
            })}
          >
            Undo
          </button>
          <button class="button strong" onClick={() => go(null)}>Done</button>
        </div>
      )}
      <Choice
        only={only} all={all} topic={topic} setTopic={setTopic} format={format} choose={(instrument) => go(instrument)}
        answered={(instrument) => answersIn(diary, instrument)}
      />
    </div>
  );
}

/** The total, and what it can and cannot say. */
function Came({ score }: { score: Score }): JSX.Element {
  return (
    <div class="finding">
      <p><strong>{score.sentence}</strong></p>
      {score.notes.map((note) => <p key={note}>{note}</p>)}
    </div>
  );
}

type Row = Questionnaires["instruments"][number];

interface ChoiceProps {
  only: string | null;
  all: Questionnaires;
  /** A condition, `all`, or nothing. */
  topic: string;
  setTopic(topic: string): void;
  /** How many answers wait to be saved, and whether some were kept early. */
  answered(instrument: string): { count: number; early: boolean };
  format(day: Day): string;
  choose(instrument: string): void;
}

/** What was begun, what is due, and the set suggested for a condition. */
function Choice({ only, all: { sets, instruments }, topic, setTopic, answered, format, choose }: ChoiceProps): JSX.Element {
  const rows = (wanted: readonly Row[]): JSX.Element | false => wanted.length > 0 && (
    <ul class="rows">
      {wanted.map((row) => (
        <Choosable key={row.instrument} row={row} answered={answered(row.instrument)} format={format} choose={choose} />
      ))}
    </ul>
  );
  if (only !== null) return <>{rows(instruments.filter(({ instrument }) => instrument === only))}</>;
  const begun = instruments.filter(({ instrument }) => answered(instrument).count > 0);
  const due = instruments.filter((row) => row.isDue && !begun.includes(row));
  const names = sets.find(({ condition }) => condition === topic)?.instruments;
  const suggested = names
    ? names.flatMap((name) => instruments.filter(({ instrument }) => instrument === name))
    : instruments.filter(({ notHere }) => topic === "all" && notHere === "");
  return (
    <>
      {[{ name: "Begun", of: begun }, { name: "Due now", of: due }].map(({ name, of }) => of.length > 0 && (
        <section key={name}>
          <h3>{name}</h3>
          {rows(of)}
        </section>
      ))}
      <section>
        <label>
          <span>Choose by topic</span>
          <select class="input" value={topic} onChange={({ currentTarget: { value } }) => setTopic(value)}>
            <option value="">Choose…</option>
            {sets.map((set) => <option key={set.condition} value={set.condition}>{capital(set.name)}</option>)}
            <option value="all">All questionnaires</option>
          </select>
        </label>
        {rows(suggested.filter((row) => !begun.includes(row) && !due.includes(row)))}
      </section>
    </>
  );
}

function Choosable({ row, answered, format, choose }: {
  row: Row; answered: { count: number; early: boolean }; format(day: Day): string; choose(instrument: string): void;
}): JSX.Element {
  const said = [row.about];
  if (row.last) said.push(`filled in ${format(row.last)}`);
  if (row.due) said.push(row.last ? `due ${format(row.due)}` : "not filled in yet");
  if (answered.count > 0) said.push(`${answered.count} answered, ${answered.early ? "not finished" : "not saved"}`);
  return (
    <li class="row">
      <div>
        <strong>{row.name}</strong>
        <div class="muted">{said.join(" · ")}</div>
        {row.notHere && <p class="muted">{row.notHere}</p>}
      </div>
      {!row.notHere && (
        <button class={`button screen-only ${row.isDue ? "strong" : ""}`} onClick={() => choose(row.instrument)}>
          {answered.count > 0 ? "Go on" : "Fill in"}<span class="visually-hidden">: {row.name}</span>
        </button>
      )}
    </li>
  );
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
