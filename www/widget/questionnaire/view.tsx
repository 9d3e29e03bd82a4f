import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Assessment, Day, InstrumentView, Questionnaires, Score } from "#types";
import type { Diary } from "../../api/index.js";
import { answersIn, keepDraft } from "./draft.js";
import { Filling } from "./filling.js";

interface Props {
  diary: Diary;
  /** The one questionnaire that is offered; null for all. */
  only: string | null;
  instruments: readonly InstrumentView[];
  all: Questionnaires;
  whoSees: string;
  record(draft: Assessment): Promise<Score>;
  undo(): Promise<void>;
  format(day: Day): string;
}

/** The choice of a questionnaire, the one that is being filled in, or what the last one came to. */
export function QuestionnairesView({ diary, only, instruments, all, whoSees, record, undo, format }: Props): JSX.Element {
  const [open, setOpen] = useState(only);
  const [score, setScore] = useState<Score | null>(null);
  const [takenBack, setTakenBack] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  /** Whether the person did something here, so that the focus may move. */
  const touched = useRef(false);
  const view = instruments.find(({ instrument }) => instrument === open);

  useEffect(() => {
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
          save={async (draft) => {
            const came = await record(draft);
            keepDraft(diary, view.instrument, null);
            go(null, came);
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
            onClick={() => void undo().then(() => {
              setScore(null);
              setTakenBack(true);
            })}
          >
            Undo
          </button>
          <button class="button strong" onClick={() => go(null)}>Done</button>
        </div>
      )}
      <Choice diary={diary} only={only} all={all} format={format} choose={(instrument) => go(instrument)} />
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
  diary: Diary;
  only: string | null;
  all: Questionnaires;
  format(day: Day): string;
  choose(instrument: string): void;
}

/** What is due, and the set suggested for a condition. */
function Choice({ diary, only, all: { sets, instruments }, format, choose }: ChoiceProps): JSX.Element {
  const [condition, setCondition] = useState(sets.find(({ isOwn }) => isOwn)?.condition ?? "");
  const rows = (wanted: readonly Row[]): JSX.Element => (
    <ul class="rows">
      {wanted.map((row) => (
        <Choosable
          key={row.instrument} row={row} answered={answersIn(diary, row.instrument)} format={format} choose={choose}
        />
      ))}
    </ul>
  );
  if (only !== null) return rows(instruments.filter(({ instrument }) => instrument === only));
  const due = instruments.filter(({ isDue }) => isDue);
  const names = sets.find((set) => set.condition === condition)?.instruments;
  const suggested = names
    ? names.flatMap((name) => instruments.filter(({ instrument }) => instrument === name))
    : instruments.filter(({ notHere }) => condition === "all" && notHere === "");
  return (
    <>
      {due.length > 0 && (
        <section>
          <h3>Due now</h3>
          {rows(due)}
        </section>
      )}
      <section>
        <label>
          <span>Choose by topic</span>
          <select class="input" value={condition} onChange={({ currentTarget: { value } }) => setCondition(value)}>
            <option value="">Choose…</option>
            {sets.map((set) => <option key={set.condition} value={set.condition}>{capital(set.name)}</option>)}
            <option value="all">All questionnaires</option>
          </select>
        </label>
        {rows(suggested.filter(({ isDue }) => !isDue))}
      </section>
    </>
  );
}

function Choosable({ row, answered, format, choose }: {
  row: Row; answered: number; format(day: Day): string; choose(instrument: string): void;
}): JSX.Element {
  const said = [row.about];
  if (row.last) said.push(`filled in ${format(row.last)}`);
  if (row.due) said.push(row.last ? `due ${format(row.due)}` : "not filled in yet");
  if (answered > 0) said.push(`${answered} answered, not saved`);
  return (
    <li class="row">
      <div>
        <strong>{row.name}</strong>
        <div class="muted">{said.join(" · ")}</div>
        {row.notHere && <p class="muted">{row.notHere}</p>}
      </div>
      {!row.notHere && (
        <button class={`button screen-only ${row.isDue ? "strong" : ""}`} onClick={() => choose(row.instrument)}>
          {answered > 0 ? "Go on" : "Fill in"}<span class="visually-hidden">: {row.name}</span>
        </button>
      )}
    </li>
  );
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
