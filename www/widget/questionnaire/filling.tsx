import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Assessment, EntryId, InstrumentView } from "#types";
import type { Diary } from "../../api/index.js";
import { useId } from "../id.js";
import { useSaving } from "../saving.js";
import { assessmentOf, type Draft, type Early, draftOf, isAsked, keepDraft, mattersAlready, type Step, stepsOf } from "./draft.js";

interface Props {
  diary: Diary;
  view: InstrumentView;
  /** Said before an item whose answer matters by itself. */
  whoSees: string;
  /** Keeps the answers, as a new entry or as what one says now. */
  put(answers: Assessment, entry: EntryId | null): Promise<EntryId>;
  /** After everything was kept. */
  saved(entry: EntryId): Promise<void>;
  /** Takes back what was kept before everything was. */
  takeBack(entry: EntryId): Promise<void>;
  /** Leaves the questionnaire; the answers are kept. */
  close(): void;
}

/**
 * One question at a time. An answer is a button: a tap of it goes on, so that a filling is as many taps
 * as it has questions, and moving between the answers by keyboard chooses nothing.
 */
export function Filling({ diary, view, whoSees, put, saved, takeBack, close }: Props): JSX.Element {
  const [draft, setDraft] = useState(() => draftOf(diary, view));
  const { save: run, busy, problem } = useSaving();
  const { save: runEarly, problem: notKept } = useSaving();
  const asked = useRef<HTMLDivElement>(null);
  const steps = stepsOf(view, draft);
  const place = Math.min(draft.step, steps.length - 1);
  const step = steps[place] as Step;

  // Before the page is drawn: a key pressed fast must not answer the next question.
  useLayoutEffect(() => {
    asked.current?.focus({ preventScroll: true });
    asked.current?.scrollIntoView({ block: "nearest" });
  }, [place]);

  /** The draft as it stands, for what happens after it was drawn; null when it is no more. */
  const current = useRef<Draft | null>(draft);
  const keep = (change: Partial<Draft>): void => {
    const next = { ...draft, ...change };
    current.current = next;
    keepDraft(diary, view.instrument, next);
    setDraft(next);
  };
  /** Keeps the answers, after what was kept of them before. */
  const kept = (from: Draft): Early => {
    const body = assessmentOf(view, from);
    const entry = Promise.resolve(from.early?.entry ?? null).catch(() => null).then((before) => put(body, before));
    // Whoever waits for it is told of a refusal.
    entry.catch(() => undefined);
    return { entry, body };
  };
  const keepEarly = (from: Draft, change: Partial<Draft>): void => {
    const early = kept({ ...from, ...change });
    keep({ ...change, early });
    void runEarly(() => early.entry);
  };
  // Whichever way the person leaves, what was kept early says what they answered last.
  useEffect(() => () => {
    const left = current.current;
    if (!left?.early || JSON.stringify(left.early.body) === JSON.stringify(assessmentOf(view, left))) return;
    keepDraft(diary, view.instrument, { ...left, early: kept(left) });
  }, []);
  const finish = (done: () => Promise<void>): Promise<void> => {
    current.current = null;
    keepDraft(diary, view.instrument, null);
    return done();
  };
  const answer = (score: number | null): void => {
    const next = place + 1;
    if (step.is === "difficulty") return keep({ difficulty: score, step: next });
    if (step.is !== "item") return;
    const items = withAnswer(view, draft.items, step.place, score);
    const isSafety = view.safetyItems.includes(step.place + 1);
    if (isSafety && (draft.early || mattersAlready(view, items))) keepEarly(draft, { items, step: next });
    else keep({ items, step: next });
  };
  return (
    <div class="filling">
      <h2>{view.name}</h2>
      <div class="asked" tabIndex={-1} ref={asked} role="group" aria-labelledby={labels(view, step, place)}>
        {step.is === "end" ? (
          <End
            view={view} draft={draft} busy={busy} problem={problem?.sentence ?? null}
            goTo={(wanted) => keep({ step: steps.findIndex((one) => one.is === "item" && one.place === wanted) })}
            save={() => void run(async () => {
              const entry = await kept(draft).entry;
              await finish(() => saved(entry));
            })}
          />
        ) : (
          <Question view={view} step={step} place={place} draft={draft} whoSees={whoSees} answer={answer} />
        )}
      </div>
      <div class="row-buttons">
        <button class="button" onClick={close}>Close for now</button>
        {place > 0 && <button class="button" onClick={() => keep({ step: place - 1 })}>Back</button>}
        {step.is !== "end" && <button class="button" onClick={() => answer(null)}>Skip</button>}
      </div>
      {draft.early && (
        <p class="finding">
          Your answers so far are saved, so that help did not have to wait. You can go on, or take them back.
          <button
            class="button" aria-disabled={busy}
            onClick={() => void run(async () => {
              const entry = await draft.early?.entry;
              if (entry) await finish(() => takeBack(entry));
            })}
          >
            Take them back
          </button>
        </p>
      )}
      {notKept && <p class="error" role="alert">{notKept.sentence}</p>}
      <p class="muted">{view.credit}</p>
    </div>
  );
}

/** The parts of a step by their ids, as a screen reader says them when the step comes. */
function labels(view: InstrumentView, step: Step, place: number): string {
  const all = ["count"];
  if (place === 0) all.push("recall");
  if (step.is === "item") all.push("stem");
  if (step.is === "item" && view.safetyItems.includes(step.place + 1)) all.push("who");
  return [...all, "question"].join(" ");
}

interface QuestionProps {
  view: InstrumentView;
  step: Exclude<Step, { is: "end" }>;
  place: number;
  draft: Draft;
  whoSees: string;
  answer(score: number): void;
}

function Question({ view, step, place, draft, whoSees, answer }: QuestionProps): JSX.Element {
  const lang = view.language ?? undefined;
  const isItem = step.is === "item";
  const own = isItem ? view.itemOptions[step.place] ?? [] : view.difficulty?.options ?? [];
  const options = own.length > 0 ? own : view.options;
  const count = draft.items.filter((_, item) => isAsked(view, draft.items, item)).length;
  const chosen = isItem ? draft.items[step.place] : draft.difficulty;
  return (
    <>
      <p id="count" class="muted">
        {isItem ? `Question ${place + 1} of ${count}` : "One more question. It does not count in the total."}
      </p>
      {place === 0 && <p id="recall" class="muted">{view.recall} {view.skipping}</p>}
      {isItem && <p id="stem" lang={view.stem ? lang : undefined}>{view.stem || view.recall}</p>}
      {isItem && view.safetyItems.includes(step.place + 1) && <p id="who" class="finding">{whoSees}</p>}
      <h3 id="question" lang={lang}>{isItem ? view.items[step.place] : view.difficulty?.text}</h3>
      <div class="answers" data-many={options.length > 8} lang={lang}>
        {options.map(({ score, label }) => (
          <button key={score} class="button answer" aria-pressed={chosen === score} onClick={() => answer(score)}>
            {label}
          </button>
        ))}
      </div>
    </>
  );
}

interface EndProps {
  view: InstrumentView;
  draft: Draft;
  busy: boolean;
  problem: string | null;
  goTo(place: number): void;
  save(): void;
}

/** What has no answer yet, and the way to save. */
function End({ view, draft, busy, problem, goTo, save }: EndProps): JSX.Element {
  const hint = useId();
  const open = draft.items.flatMap((answer, place) =>
    answer === null && isAsked(view, draft.items, place) ? [place] : []);
  const isEmpty = draft.items.every((answer) => answer === null);
  return (
    <>
      <p id="count" class="muted">{isEmpty ? "Nothing is answered yet. Any one answer can be saved." : "That was the last question."}</p>
      <h3 id="question">Save your answers?</h3>
      {open.length > 0 && (
        <>
          <p id={hint}>Without an answer so far. {view.skipping}</p>
          <div class="row-buttons" role="group" aria-labelledby={hint}>
            {open.map((place) => (
              <button key={place} class="button" onClick={() => goTo(place)}>Question {place + 1}</button>
            ))}
          </div>
        </>
      )}
      {problem && <p class="error" role="alert">{problem}</p>}
      {!isEmpty && (
        <button class="button strong wide" aria-disabled={busy} onClick={save}>{busy ? "Saving…" : "Save"}</button>
      )}
    </>
  );
}

/** The items with one more answer. Those that are not asked after it have none. */
function withAnswer(view: InstrumentView, items: Draft["items"], place: number, score: number | null): Draft["items"] {
  const given = items.map((answer, other) => (other === place ? score : answer));
  return given.map((answer, other) => (isAsked(view, given, other) ? answer : null));
}
