import type { ComponentChild, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type {
  Day, Draft, Entry, EntryId, Flag, MedicineView, SideEffect, SideEffectName,
} from "#types";
import { type Diary, isDoselineError } from "../../api/index.js";
import { capital } from "../chart/labels.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { Told } from "../flags/before.js";
import { useSaving } from "../saving.js";
import { EffectForm } from "./effect.js";
import { HappenedForm } from "./happened.js";
import { MeasuredForm } from "./measured.js";
import { recordStyles } from "./styles.js";
import { UsedForm } from "./used.js";

/** A side effect as it was last written. */
type KeptEffect = SideEffect & Pick<Entry, "id" | "daysLate">;

/** What lies outside the scale that the diary now gives it; without a rating, a whole entry. */
interface Outside {
  entry: Entry;
  rating: string | null;
  sentence: string;
}

interface Data {
  today: Day;
  /** The side effects that go on. */
  effects: KeptEffect[];
  outside: Outside[];
  /** What side effects are called: here before, then in the tables. */
  names: SideEffectName[];
  medicines: MedicineView[];
}

/** What can be recorded, by its button. */
const FORMS = {
  effect: "A side effect", measured: "Something measured", used: "Alcohol, caffeine or other",
  happened: "Something that happened",
} as const;

type FormName = keyof typeof FORMS;

/**
 * `<doseline-record>`: what a check-in does not ask for. Side effects with the day they ended,
 * measurements, substances and what happened in life.
 *
 * @fires doseline-entry - after something was kept
 */
export class DoselineRecord extends DoselineElement<Data> {
  constructor() {
    super(recordStyles);
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Data> {
    const [{ day: today }, noted, medicines, known, offScale] = await Promise.all([
      diary.today(), diary.entries({ kind: "side-effect" }), diary.medicines(), diary.reference.sideEffects(),
      diary.entries({ offScale: true }),
    ]);
    const all = noted.flatMap((entry) => (entry.kind === "side-effect" ? [entry] : []));
    const effects = all.filter(({ end }) => end === undefined || end > today);
    const names = [...all.map(({ term }) => ({ name: term, also: [] })), ...known];
    return { today, effects, outside: await outsideOf(diary, offScale), names, medicines };
  }

  /** @internal */
  protected view(data: Data, diary: Diary): ComponentChild {
    const told = (id: EntryId): void => void this.dispatchEvent(new DoselineEntryEvent(id));
    const format = new Intl.DateTimeFormat(diary.locale, { dateStyle: "medium", timeZone: "UTC" });
    return (
      <RecordView
        {...data}
        format={(day) => format.format(Date.parse(day))}
        record={async (draft) => {
          // What the rules say of it never keeps it from being recorded.
          const flags = await diary.check(draft).catch(() => []);
          told((await diary.record(draft)).id);
          return flags.filter(({ severity }) => severity === "urgent-help" || severity === "contact-today");
        }}
        end={async ({ id, kind, term, severity, onset, suspected, note }) => {
          const body: SideEffect = { kind, term, severity, onset, end: data.today };
          if (suspected !== undefined) body.suspected = suspected;
          if (note !== undefined) body.note = note;
          told((await diary.amend(id, body)).id);
        }}
        leaveOut={async (one) => {
          await leaveOut(diary, one);
          told(one.entry.id);
        }}
        undo={async () => {
          const id = await diary.undo();
          if (id) told(id);
        }}
      />
    );
  }
}

async function outsideOf(diary: Diary, entries: Entry[]): Promise<Outside[]> {
  if (entries.length === 0) return [];
  const outcomes = (await diary.outcomes()).filter(({ source, seenBy }) => source === "rating" && seenBy === null);
  const format = new Intl.DateTimeFormat(diary.locale, { dateStyle: "medium", timeZone: "UTC" });
  return entries.flatMap((entry): Outside[] => {
    const day = format.format(Date.parse(entry.day));
    if (entry.kind !== "check-in") {
      return [{ entry, rating: null, sentence: `A form of ${day} does not fit its scale. It still counts.` }];
    }
    return outcomes.flatMap(({ outcome, name, range: [least, most] }) => {
      const value = entry.ratings?.[outcome] ?? least;
      if (least <= value && value <= most) return [];
      const scale = `its scale goes from ${least} to ${most}`;
      return [{ entry, rating: outcome, sentence: `${capital(name)} on ${day} is ${value}, but ${scale}. It still counts.` }];
    });
  });
}

/** Takes a rating out of its check-in, and an entry that says nothing without it out of the diary. */
async function leaveOut(diary: Diary, { entry, rating }: Outside): Promise<void> {
  if (entry.kind !== "check-in" || rating === null) return diary.remove(entry.id);
  const { [rating]: _, ...ratings } = entry.ratings ?? {};
  try {
    await diary.amend(entry.id, { ...entry, ratings });
  } catch (error) {
    if (!isDoselineError(error) || error.code !== "missing-field") throw error;
    await diary.remove(entry.id);
  }
}

/** What the forms do: record a draft and give what has to be looked at first. */
export type Record = (draft: Draft) => Promise<Flag[]>;

interface Props extends Data {
  format(day: Day): string;
  record: Record;
  end(effect: KeptEffect): Promise<void>;
  leaveOut(one: Outside): Promise<void>;
  undo(): Promise<void>;
}

/** What the last thing done here came to. */
type Came = { is: "saved"; flags: readonly Flag[] } | { is: "taken-back" };

function RecordView(props: Props): JSX.Element {
  const { today, effects, outside, names, medicines, format, record, end, leaveOut, undo } = props;
  const [open, setOpen] = useState<FormName | null>(null);
  const [came, setCame] = useState<Came | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  /** The button of a form that was left without saving. */
  const left = useRef<FormName | null>(null);
  const close = (how: Came | null): void => {
    left.current = how ? null : open;
    setOpen(null);
    setCame(how);
    if (how) {
      head.current?.focus();
      head.current?.scrollIntoView({ block: "nearest" });
    }
  };
  const form = {
    today,
    onClose: () => close(null),
    record: async (draft: Draft) => close({ is: "saved", flags: await record(draft) }),
  };
  return (
    <div class="panel" part="panel">
      <h2 tabIndex={-1} ref={head}>Add something else</h2>
      <div role="status" class="result">
        {came?.is === "saved" && (
          <div class="finding">
            <div class="saved">
              Saved.
              <button class="button" onClick={() => void undo().then(() => close({ is: "taken-back" }))}>Undo</button>
            </div>
            {came.flags.length > 0 && <p><strong>Please look at this first.</strong></p>}
            {came.flags.map((flag) => <Told key={flag.key} flag={flag} />)}
          </div>
        )}
        {came?.is === "taken-back" && <p class="finding">Taken back.</p>}
      </div>
      {effects.length > 0 && (
        <ul class="rows" aria-label="Side effects that go on">
          {effects.map((effect) => (
            <Ongoing
              key={effect.id} effect={effect} format={format}
              end={async () => {
                await end(effect);
                close({ is: "saved", flags: [] });
              }}
            />
          ))}
        </ul>
      )}
      {outside.length > 0 && (
        <ul class="rows" aria-label="Outside the scale">
          {outside.map((one) => (
            <OutsideScale
              key={one.entry.id + one.rating} sentence={one.sentence}
              leaveOut={async () => {
                await leaveOut(one);
                close({ is: "saved", flags: [] });
              }}
            />
          ))}
        </ul>
      )}
      {open === null && (
        <div class="choices screen-only">
          {Object.entries(FORMS).map(([name, label]) => (
            <button
              key={name} class="button"
              onClick={() => {
                setCame(null);
                setOpen(name as FormName);
              }}
              ref={(button) => {
                if (!button || left.current !== name) return;
                left.current = null;
                button.focus();
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {open === "effect" && <EffectForm {...form} names={names} medicines={medicines} />}
      {open === "measured" && <MeasuredForm {...form} />}
      {open === "used" && <UsedForm {...form} />}
      {open === "happened" && <HappenedForm {...form} />}
    </div>
  );
}

/** A side effect that goes on, with the one tap that ends it. */
function Ongoing({ effect, format, end }: {
  effect: KeptEffect; format(day: Day): string; end(): Promise<void>;
}): JSX.Element {
  const { save, busy, problem } = useSaving();
  return (
    <li class="row">
      <div>
        <strong>{effect.term}</strong>
        <div class="muted">
          {effect.severity} · since {format(effect.onset)}{effect.daysLate > 0 && ` · ${writtenLater(effect.daysLate)}`}
        </div>
        {problem && <p class="error" role="alert">{problem.sentence}</p>}
      </div>
      <button class="button screen-only" aria-disabled={busy} onClick={() => void save(end)}>
        It has ended<span class="visually-hidden">: {effect.term}</span>
      </button>
    </li>
  );
}

/** What does not fit its scale any more, with the one tap that takes it out. */
function OutsideScale({ sentence, leaveOut }: { sentence: string; leaveOut(): Promise<void> }): JSX.Element {
  const { save, busy, problem } = useSaving();
  return (
    <li class="row">
      <div>
        {sentence}
        {problem && <p class="error" role="alert">{problem.sentence}</p>}
      </div>
      <button class="button screen-only" aria-disabled={busy} onClick={() => void save(leaveOut)}>Leave it out</button>
    </li>
  );
}

function writtenLater(days: number): string {
  return days === 1 ? "written 1 day later" : `written ${days} days later`;
}
