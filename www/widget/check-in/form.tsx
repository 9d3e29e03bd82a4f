import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CheckIn, Day, Draft, EntryId, Outcome } from "#types";
import { isDoselineError } from "../../error/error.js";
import { useChips } from "../chips.js";
import { useId } from "../id.js";

/** Tags offered before a person has words of their own. */
const OFFERED_TAGS = ["therapy", "exercise", "alcohol", "time outside", "stressful day"];
/** Where the sleep stepper starts: a usual night, so that few presses are needed. */
const USUAL_SLEEP = 7;

interface Props {
  outcomes: readonly Outcome[];
  /** Outcomes behind “More to rate”. */
  more: readonly Outcome[];
  today: Day;
  /** Signs of a relapse that the person chose, offered among the tags. */
  signs: readonly string[];
  record(draft: Draft): Promise<EntryId>;
  undo(): Promise<void>;
}

interface Answers {
  ratings: Record<string, number>;
  sleepHours: number | null;
  cycleDay: number | null;
  tags: readonly string[];
  note: string;
  /** Null for now. */
  day: Day | null;
}

const NOTHING: Answers = { ratings: {}, sleepHours: null, cycleDay: null, tags: [], note: "", day: null };

type Result = { is: "saved" } | { is: "taken-back" } | { is: "refused"; field: string; sentence: string };

const NOTHING_SAID: Result = {
  is: "refused", field: "", sentence: "Nothing is filled in yet. Any one thing is enough.",
};

/** The check-in: everything can be skipped, nothing said earlier is shown while answering. */
export function CheckInForm({ outcomes, more, today, signs, record, undo }: Props): JSX.Element {
  const [answers, setAnswers] = useState(NOTHING);
  const [showMore, setShowMore] = useState(false);
  const [saving, setSaving] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const set = (change: Partial<Answers>): void => {
    setResult(null);
    setAnswers((before) => ({ ...before, ...change }));
  };
  const rate = (outcome: string, value: number | null): void => {
    const { [outcome]: _, ...ratings } = answers.ratings;
    set({ ratings: value === null ? ratings : { ...ratings, [outcome]: value } });
  };
  const refused = result?.is === "refused" ? result : null;
  const problemOf = (field: string): string | null => (refused?.field === field ? refused.sentence : null);
  const shown = showMore ? [...outcomes, ...more] : outcomes;
  const placed = [...shown.map(({ outcome }) => `ratings.${outcome}`), "sleepHours", "cycleDay", "note", "day"];

  useLayoutEffect(() => {
    if (refused) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [refused]);

  const finish = (how: Result): void => {
    setResult(how);
    head.current?.focus();
    head.current?.scrollIntoView({ block: "nearest" });
  };
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const draft = draftOf(answers);
    if (!draft) return setResult(NOTHING_SAID);
    if (saving) return;
    setSaving(true);
    try {
      await record(draft);
      setAnswers(NOTHING);
      setShowMore(false);
      finish({ is: "saved" });
    } catch (error) {
      if (!isDoselineError(error)) throw error;
      setResult({ is: "refused", field: error.field, sentence: error.message });
    } finally {
      setSaving(false);
    }
  };

  return (
    <form class="panel check-in" part="panel" ref={form} onSubmit={(event) => void save(event)} noValidate>
      <div class="head">
        <h2 tabIndex={-1} ref={head}>How are you?</h2>
        <p class="muted">Skip anything. Several a day are fine.</p>
      </div>
      <div role="status" class="result">
        {result?.is === "saved" && (
          <p class="finding saved">
            Saved.{" "}
            <button
              type="button" class="button"
              onClick={() => void undo().then(() => finish({ is: "taken-back" }))}
            >
              Undo
            </button>
          </p>
        )}
        {result?.is === "taken-back" && <p class="finding">Taken back. Nothing of it is kept.</p>}
      </div>
      {shown.map((outcome) => (
        <RatingRow
          key={outcome.outcome}
          outcome={outcome}
          value={answers.ratings[outcome.outcome] ?? null}
          problem={problemOf(`ratings.${outcome.outcome}`)}
          onChange={(value) => rate(outcome.outcome, value)}
        />
      ))}
      {showMore && (
        <Field label="Day of cycle" hint="day 1 is the first day of bleeding" problem={problemOf("cycleDay")}>
          {(field) => (
            <input
              {...field} class="input short" type="number" min={1} max={120} inputMode="numeric"
              value={answers.cycleDay ?? ""}
              onInput={({ currentTarget: { value } }) =>
                set({ cycleDay: value === "" ? null : Number(value) })}
            />
          )}
        </Field>
      )}
      {!showMore && more.length > 0 && (
        <button type="button" class="button" onClick={() => setShowMore(true)}>More to rate</button>
      )}
      <Sleep hours={answers.sleepHours} onChange={(sleepHours) => set({ sleepHours })} />
      <Tags signs={signs} chosen={answers.tags} onChange={(tags) => set({ tags })} />
      <Field label="Note" hint="" problem={problemOf("note")}>
        {(field) => (
          <textarea
            {...field} class="input note" rows={2} value={answers.note}
            onInput={({ currentTarget: { value } }) => set({ note: value })}
          />
        )}
      </Field>
      <When day={answers.day} today={today} problem={problemOf("day")} onChange={(day) => set({ day })} />
      <div class="save">
        {refused && !placed.includes(refused.field) && <p class="error" role="alert">{refused.sentence}</p>}
        <button class="button strong wide" aria-disabled={saving}>{saving ? "Saving…" : "Save"}</button>
      </div>
    </form>
  );
}

/** What would be recorded; null while nothing is answered. */
function draftOf({ ratings, sleepHours, cycleDay, tags, note, day }: Answers): (CheckIn & { day?: Day }) | null {
  const draft: CheckIn & { day?: Day } = { kind: "check-in" };
  if (Object.keys(ratings).length > 0) draft.ratings = ratings;
  if (sleepHours !== null) draft.sleepHours = sleepHours;
  if (cycleDay !== null) draft.cycleDay = cycleDay;
  if (tags.length > 0) draft.tags = [...tags];
  if (note.trim() !== "") draft.note = note;
  const isEmpty = Object.keys(draft).length === 1;
  if (day !== null) draft.day = day;
  return isEmpty ? null : draft;
}

interface RatingProps {
  outcome: Outcome;
  value: number | null;
  problem: string | null;
  onChange(value: number | null): void;
}

/** One outcome: a big target for each whole number, the ends named in words. A second tap clears. */
function RatingRow({ outcome, value, problem, onChange }: RatingProps): JSX.Element {
  const id = useId();
  const [min, max] = outcome.range;
  const [low, high] = outcome.ends;
  const numbers = Array.from({ length: Math.floor(max - min) + 1 }, (_, step) => min + step);
  return (
    <div
      class="asked" role="radiogroup" aria-labelledby={`${id}-name`}
      aria-describedby={problem ? `${id}-problem` : undefined}
    >
      <p id={`${id}-name`}>
        <strong>{outcome.name}</strong> <span class="muted">{min} {low} – {max} {high}</span>
      </p>
      <div class="scale">
        {numbers.map((number) => (
          <label key={number} class="step">
            <input
              type="radio" class="visually-hidden" name={id} checked={value === number}
              aria-invalid={problem ? true : undefined}
              onChange={() => onChange(number)}
              onClick={() => value === number && onChange(null)}
            />
            <span>{number}</span>
          </label>
        ))}
        <Clear what={outcome.name} shown={value !== null} onClick={() => onChange(null)} />
      </div>
      {problem && <p id={`${id}-problem`} class="error" role="alert">{problem}</p>}
    </div>
  );
}

/** The way back to no answer. Its place is kept while there is none, so that nothing moves. */
function Clear({ what, shown, onClick }: { what: string; shown: boolean; onClick(): void }): JSX.Element {
  return (
    <button type="button" class="clear" data-shown={shown} onClick={onClick}>
      <span aria-hidden="true">×</span><span class="visually-hidden">Clear {what}</span>
    </button>
  );
}

function Sleep({ hours, onChange }: { hours: number | null; onChange(hours: number | null): void }): JSX.Element {
  const id = useId();
  const step = (by: number): void =>
    onChange(hours === null ? USUAL_SLEEP : Math.min(24, Math.max(0, hours + by)));
  return (
    <div class="asked" role="group" aria-labelledby={id}>
      <p id={id}><strong>Slept</strong> <span class="muted">last night</span></p>
      <div class="stepper">
        <button type="button" class="button" aria-label="Half an hour less" onClick={() => step(-0.5)}>−</button>
        <output class={hours === null ? "muted" : "hours"}>{hours === null ? "not answered" : inHours(hours)}</output>
        <button type="button" class="button" aria-label="Half an hour more" onClick={() => step(0.5)}>+</button>
        <Clear what="hours slept" shown={hours !== null} onClick={() => onChange(null)} />
      </div>
    </div>
  );
}

function inHours(hours: number): string {
  return hours % 1 === 0 ? `${hours} h` : `${Math.floor(hours)} h 30 min`;
}

function Tags({ signs, chosen, onChange }: {
  signs: readonly string[]; chosen: readonly string[]; onChange(tags: readonly string[]): void;
}): JSX.Element {
  const label = useId();
  const { chips, input, button } = useChips(chosen, onChange);
  return (
    <div class="asked" role="group" aria-labelledby={label}>
      <p id={label}><strong>The day had</strong></p>
      <div class="chips">{chips([...OFFERED_TAGS, ...signs, ...chosen])}</div>
      <div class="own-tag">
        <input {...input} aria-label="A tag of your own" placeholder="your own" />
        <button {...button}>Add</button>
      </div>
    </div>
  );
}

function When({ day, today, problem, onChange }: {
  day: Day | null; today: Day; problem: string | null; onChange(day: Day | null): void;
}): JSX.Element {
  const yesterday = dayBefore(today);
  const choice = day === null ? "now" : day === yesterday ? "yesterday" : "other";
  return (
    <Field label="When" hint="" problem={problem}>
      {({ "aria-invalid": invalid, ...field }) => (
        <div class="when">
          <select
            {...field} class="input" value={choice}
            onChange={({ currentTarget: { value } }) =>
              onChange(value === "now" ? null : value === "yesterday" ? yesterday : dayBefore(yesterday))}
          >
            <option value="now">Now</option>
            <option value="yesterday">Yesterday</option>
            <option value="other">Another day</option>
          </select>
          {choice === "other" && (
            <input
              class="input" type="date" aria-label="Day" aria-invalid={invalid} max={today} value={day ?? ""}
              onInput={({ currentTarget: { value } }) => value !== "" && onChange(value)}
            />
          )}
        </div>
      )}
    </Field>
  );
}

function dayBefore(day: Day): Day {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** What ties an input to its label and to what is wrong with it. */
interface FieldProps {
  id: string;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
}

function Field({ label, hint, problem, children }: {
  label: string; hint: string; problem: string | null; children: (field: FieldProps) => ComponentChildren;
}): JSX.Element {
  const id = useId();
  const field: FieldProps = problem ? { id, "aria-invalid": true, "aria-describedby": `${id}-problem` } : { id };
  return (
    <div class="asked">
      <label for={id}><strong>{label}</strong> {hint && <span class="muted">{hint}</span>}</label>
      {children(field)}
      {problem && <p id={`${id}-problem`} class="error" role="alert">{problem}</p>}
    </div>
  );
}
