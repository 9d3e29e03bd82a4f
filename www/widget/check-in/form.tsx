import type { ComponentChildren, JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { CheckIn, Day, Draft, EntryId, Outcome } from "#types";
import { isDoselineError } from "../../api/error.js";

/** Tags offered before a person has words of their own. */
const OFFERED_TAGS = ["therapy", "exercise", "alcohol", "time outside", "stressful day"];
/** Where the sleep stepper starts: a usual night, so that few presses are needed. */
const USUAL_SLEEP = 7;

interface Props {
  outcomes: readonly Outcome[];
  /** Outcomes behind “More to rate”. */
  more: readonly Outcome[];
  today: Day;
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

type Result = { saved: true } | { saved: false; field: string; sentence: string };

/** The check-in: everything can be skipped, nothing said earlier is shown while answering. */
export function CheckInForm({ outcomes, more, today, record, undo }: Props): JSX.Element {
  const [answers, setAnswers] = useState(NOTHING);
  const [showMore, setShowMore] = useState(false);
  const [saving, setSaving] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const set = (change: Partial<Answers>): void => {
    setResult(null);
    setAnswers({ ...answers, ...change });
  };
  const draft = draftOf(answers);
  const problem = result && !result.saved ? result : null;

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!draft || saving) return;
    setSaving(true);
    try {
      await record(draft);
      setAnswers(NOTHING);
      setShowMore(false);
      setResult({ saved: true });
      head.current?.focus();
    } catch (error) {
      if (!isDoselineError(error)) throw error;
      setResult({ saved: false, field: error.field, sentence: error.message });
    } finally {
      setSaving(false);
    }
  };

  return (
    <form class="panel check-in" part="panel" onSubmit={(event) => void save(event)} noValidate>
      <h2 tabIndex={-1} ref={head}>How are you?</h2>
      <div role="status" class="result">
        {result?.saved && (
          <p class="finding saved">
            Saved.{" "}
            <button type="button" class="button" onClick={() => void undo().then(() => setResult(null))}>
              Undo
            </button>
          </p>
        )}
      </div>
      {(showMore ? [...outcomes, ...more] : outcomes).map((outcome) => (
        <RatingRow
          key={outcome.outcome}
          outcome={outcome}
          value={answers.ratings[outcome.outcome] ?? null}
          problem={problem?.field === `ratings.${outcome.outcome}` ? problem.sentence : null}
          onChange={(value) => {
            const { [outcome.outcome]: _, ...others } = answers.ratings;
            set({ ratings: value === null ? others : { ...others, [outcome.outcome]: value } });
          }}
        />
      ))}
      {showMore && (
        <Field label="Day of cycle" hint="day 1 is the first day of bleeding">
          {(id) => (
            <input
              id={id} class="input short" type="number" min={1} max={120} inputMode="numeric"
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
      <Tags chosen={answers.tags} onChange={(tags) => set({ tags })} />
      <Field label="Note" hint="stays on this device">
        {(id) => (
          <textarea
            id={id} class="input note" rows={2} value={answers.note}
            onInput={({ currentTarget: { value } }) => set({ note: value })}
          />
        )}
      </Field>
      <When day={answers.day} today={today} onChange={(day) => set({ day })} />
      <div class="save">
        {problem && !problem.field.startsWith("ratings.") && <p class="error" role="alert">{problem.sentence}</p>}
        <button class="button strong wide" disabled={!draft || saving}>
          {saving ? "Saving…" : "Save"}
        </button>
        <p class="muted">Skip anything. Several a day are fine.</p>
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

/** One outcome: a big target for each whole number, the ends named in words. */
function RatingRow({ outcome, value, problem, onChange }: RatingProps): JSX.Element {
  const name = useId();
  const [min, max] = outcome.range;
  const [low, high] = outcome.ends;
  const numbers = Array.from({ length: Math.floor(max - min) + 1 }, (_, step) => min + step);
  return (
    <fieldset class="rating" aria-describedby={problem ? `${name}-problem` : undefined}>
      <legend>
        <strong>{outcome.name}</strong>{" "}
        <span class="muted">{min} {low} – {max} {high}</span>
      </legend>
      <div class="scale">
        {numbers.map((number) => (
          <label key={number} class="step">
            <input
              type="radio" class="visually-hidden" name={name} checked={value === number}
              onChange={() => onChange(number)}
              onClick={() => value === number && onChange(null)}
            />
            <span>{number}</span>
          </label>
        ))}
      </div>
      {value !== null && (
        <button type="button" class="clear" onClick={() => onChange(null)}>
          Clear<span class="visually-hidden"> {outcome.name}</span>
        </button>
      )}
      {problem && <p id={`${name}-problem`} class="error" role="alert">{problem}</p>}
    </fieldset>
  );
}

function Sleep({ hours, onChange }: { hours: number | null; onChange(hours: number | null): void }): JSX.Element {
  const label = useId();
  const step = (by: number): void =>
    onChange(hours === null ? USUAL_SLEEP : Math.min(24, Math.max(0, hours + by)));
  return (
    <div class="rating" role="group" aria-labelledby={label}>
      <p id={label}><strong>Slept</strong> <span class="muted">last night</span></p>
      <div class="stepper">
        <button type="button" class="button" aria-label="Half an hour less" onClick={() => step(-0.5)}>−</button>
        <output class="hours">{hours === null ? "not answered" : inHours(hours)}</output>
        <button type="button" class="button" aria-label="Half an hour more" onClick={() => step(0.5)}>+</button>
      </div>
      {hours !== null && (
        <button type="button" class="clear" onClick={() => onChange(null)}>
          Clear<span class="visually-hidden"> hours slept</span>
        </button>
      )}
    </div>
  );
}

function inHours(hours: number): string {
  return hours % 1 === 0 ? `${hours} h` : `${Math.floor(hours)} h 30`;
}

function Tags({ chosen, onChange }: { chosen: readonly string[]; onChange(tags: readonly string[]): void }): JSX.Element {
  const [own, setOwn] = useState("");
  const label = useId();
  const toggle = (tag: string): void =>
    onChange(chosen.includes(tag) ? chosen.filter((other) => other !== tag) : [...chosen, tag]);
  const add = (): void => {
    const tag = own.trim();
    setOwn("");
    if (tag !== "" && !chosen.includes(tag)) onChange([...chosen, tag]);
  };
  const offered = [...OFFERED_TAGS, ...chosen.filter((tag) => !OFFERED_TAGS.includes(tag))];
  return (
    <div class="rating" role="group" aria-labelledby={label}>
      <p id={label}><strong>Today had</strong></p>
      <div class="chips">
        {offered.map((tag) => (
          <button
            key={tag} type="button" class="chip" aria-pressed={chosen.includes(tag)}
            onClick={() => toggle(tag)}
          >
            {tag}
          </button>
        ))}
      </div>
      <div class="own-tag">
        <input
          class="input" aria-label="A tag of your own" placeholder="your own" maxLength={200} value={own}
          onInput={({ currentTarget: { value } }) => setOwn(value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <button type="button" class="button" disabled={own.trim() === ""} onClick={add}>Add</button>
      </div>
    </div>
  );
}

function When({ day, today, onChange }: { day: Day | null; today: Day; onChange(day: Day | null): void }): JSX.Element {
  const yesterday = dayBefore(today);
  const choice = day === null ? "now" : day === yesterday ? "yesterday" : "other";
  return (
    <Field label="When" hint="">
      {(id) => (
        <div class="when">
          <select
            id={id} class="input" value={choice}
            onChange={({ currentTarget: { value } }) =>
              onChange(value === "now" ? null : value === "yesterday" ? yesterday : dayBefore(yesterday))}
          >
            <option value="now">Now</option>
            <option value="yesterday">Yesterday</option>
            <option value="other">Another day</option>
          </select>
          {choice === "other" && (
            <input
              class="input" type="date" aria-label="Day" max={today} value={day ?? ""}
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

function Field({ label, hint, children }: { label: string; hint: string; children: (id: string) => ComponentChildren }): JSX.Element {
  const id = useId();
  return (
    <div class="rating">
      <label for={id}><strong>{label}</strong> {hint && <span class="muted">{hint}</span>}</label>
      {children(id)}
    </div>
  );
}
