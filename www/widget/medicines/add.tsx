import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Day, InjectionMatch, Medicine, MedicineKind, MedicineMatch, Step } from "#types";
import { useBefore } from "../flags/before.js";
import { useSaving } from "../saving.js";
import type { Actions } from "./actions.js";
import { ChoiceInput, Elsewhere, Field } from "./field.js";
import { NEW_SCHEDULE, SCHEDULE_FIELDS, type ScheduleDraft, ScheduleFields, scheduleOf } from "./schedule.js";

interface Props {
  today: Day;
  actions: Actions;
  /** After the medicine and its start were kept: two entries. */
  onKept(): void;
  onCancel(): void;
}

/** Adds a medicine: find it, or record it as unlisted with its kind; then what is prescribed. */
export function AddMedicine({ today, actions, onKept, onCancel }: Props): JSX.Element {
  const [chosen, setChosen] = useState<Medicine | null>(null);
  if (!chosen) return <FindMedicine title="Add a medicine" search={actions.search} onChoose={setChosen} onCancel={onCancel} />;
  return <Start medicine={chosen} today={today} actions={actions} onKept={onKept} onCancel={onCancel} />;
}

interface FindProps {
  title: string;
  search(text: string): Promise<MedicineMatch[]>;
  onChoose(medicine: Medicine): void;
  onCancel(): void;
}

/** A medicine of the tables, or one as it is written. */
export function FindMedicine({ title, search, onChoose, onCancel }: FindProps): JSX.Element {
  const [text, setText] = useState("");
  const [matches, setMatches] = useState<MedicineMatch[]>([]);
  const input = useRef<HTMLInputElement>(null);
  // Before the page is drawn: a key pressed fast must not go astray.
  useLayoutEffect(() => input.current?.focus(), []);
  useEffect(() => {
    let current = true;
    if (text.trim().length < 2) setMatches([]);
    else void search(text).then((found) => current && setMatches(found));
    return () => {
      current = false;
    };
  }, [text]);
  return (
    <div class="form">
      <h3>{title}</h3>
      <Field label="Name, brand, kind or what it is for">
        {(tied) => (
          <input
            {...tied} ref={input} class="input" autocomplete="off" spellcheck={false} maxLength={200} value={text}
            onInput={({ currentTarget: { value } }) => setText(value)}
          />
        )}
      </Field>
      <ul class="matches" aria-label="Found">
        {matches.flatMap(choices).map(({ medicine, about }) => (
          <li key={medicine.name}>
            <button type="button" class="match" onClick={() => onChoose(medicine)}>
              <strong>{medicine.name}</strong>{" "}
              <span class="muted">{about.join(" · ")}</span>
            </button>
          </li>
        ))}
        {text.trim() !== "" && (
          <li>
            <button type="button" class="match" onClick={() => onChoose(unlisted(text.trim()))}>
              Use “{text.trim()}” as written
            </button>
          </li>
        )}
      </ul>
      <button type="button" class="button" onClick={onCancel}>Cancel</button>
    </div>
  );
}

type Release = NonNullable<Medicine["release"]>;

/** What a box says about its release, with the letters beside the name. */
const RELEASES: readonly (readonly [Release | "", string])[] = [
  ["", "not known"], ["extended", "slow (XR, ER, SR, XL)"], ["delayed", "coated (DR, EC)"], ["immediate", "neither"],
];

interface StartProps {
  medicine: Medicine;
  today: Day;
  actions: Actions;
  onKept(): void;
  onCancel(): void;
}

function Start({ medicine, today, actions, onKept, onCancel }: StartProps): JSX.Element {
  const [schedule, setSchedule] = useState<ScheduleDraft>(
    medicine.release === "depot" ? { ...NEW_SCHEDULE, pattern: "depot" } : NEW_SCHEDULE,
  );
  const [purpose, setPurpose] = useState("");
  const [start, setStart] = useState(today);
  const [before, setBefore] = useState(false);
  const [kind, setKind] = useState(medicine.class ?? "");
  const [release, setRelease] = useState<Release | "">("");
  const { save, busy, problem } = useSaving();
  const { ask, asking, before: told } = useBefore();
  const isInjection = schedule.pattern === "depot";
  const isListed = medicine.ingredients.some(({ reference }) => reference !== undefined);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const body: Medicine = { ...medicine };
    if (purpose.trim() !== "") body.purpose = purpose.trim();
    if (kind !== "") body.class = kind;
    if (release !== "" && !isInjection) body.release = release;
    const step: Omit<Step, "medicine"> & { day: Day } = {
      kind: "step", action: "start", schedule: scheduleOf(schedule), day: start,
    };
    if (before) step.since = "before";
    const keep = async (): Promise<void> => {
      const id = await actions.record(body);
      try {
        await actions.record({ ...step, medicine: id });
      } catch (error) {
        await actions.undo();
        throw error;
      }
    };
    await ask(() => actions.checkStart(step, body), async () => {
      if (await save(keep)) onKept();
    });
  };

  return (
    <form class="form" ref={form} onSubmit={(event) => void submit(event)} noValidate>
      <h3>{medicine.name}: what is prescribed</h3>
      <ScheduleFields draft={schedule} problem={problem} onChange={setSchedule} />
      <div class="fields">
        <Field label="Since" name="day" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" type="date" value={start}
              onInput={({ currentTarget: { value } }) => value !== "" && setStart(value)}
            />
          )}
        </Field>
        <Field label="What for (if you like)" name="purpose" problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" maxLength={200} value={purpose}
              onInput={({ currentTarget: { value } }) => setPurpose(value)}
            />
          )}
        </Field>
      </div>
      {!isInjection && (
        <ChoiceInput
          label="What the box says about its release" name="release" value={release} options={RELEASES}
          problem={problem} onChange={setRelease}
        />
      )}
      {!isListed && <KindField kinds={actions.kinds} value={kind} onChange={setKind} />}
      <label class="tick">
        <input type="checkbox" checked={before} onChange={() => setBefore(!before)} />
        I took this dose already before that day
      </label>
      <Elsewhere problem={problem} names={[...SCHEDULE_FIELDS, "day", "purpose", "release"]} />
      {told}
      <div class="row-buttons">
        <button type="button" class="button" onClick={onCancel}>Cancel</button>
        <button class="button strong" aria-disabled={busy || asking}>Add</button>
      </div>
    </form>
  );
}

interface KindProps {
  kinds(): Promise<MedicineKind[]>;
  value: string;
  onChange(kind: string): void;
}

/** What kind of medicine an unlisted one is, so that what is known of its kind is looked at. */
function KindField({ kinds, value, onChange }: KindProps): JSX.Element {
  const [offered, setOffered] = useState<MedicineKind[]>([]);
  useEffect(() => {
    let current = true;
    void kinds().then((found) => current && setOffered(found));
    return () => {
      current = false;
    };
  }, []);
  return (
    <Field label="What kind it is (if you know: your pharmacist can tell you)">
      {(tied) => (
        <select {...tied} class="input" value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          <option value="">not known</option>
          {offered.map(({ class: kind, name }) => <option key={kind} value={kind}>{name}</option>)}
        </select>
      )}
    </Field>
  );
}

/** What can be recorded of a row: the medicine, and each of its long-acting injections; first what was asked for. */
function choices(match: MedicineMatch): { medicine: Medicine; about: string[] }[] {
  const { name, reference, rxnorm, route, matched, className, brands, injections } = match;
  const ingredients = [rxnorm === null ? { name, reference } : { name, reference, rxnorm }];
  const ofTablets = brands.filter((brand) => !injections.some((shot) => shot.brands.includes(brand)));
  const row = { medicine: { kind: "medicine" as const, name, ingredients }, about: [className, ...ofTablets] };
  const shots = injections.map((shot) => {
    const isIt = matched === shot.name || shot.brands.includes(matched);
    const medicine: Medicine = {
      kind: "medicine", name: isIt ? matched : shot.name, ingredients, form: "injection", release: "depot",
    };
    return { medicine, about: ["as an injection", ...shot.brands, ...usualOf(shot)], isIt };
  });
  if (route !== "injection") return [row, ...shots];
  return [...shots.filter(({ isIt }) => isIt), ...shots.filter(({ isIt }) => !isIt), row];
}

function usualOf({ daysBetween, most, confidence }: InjectionMatch): string[] {
  return [
    daysBetween === null ? "days between: not known here" : `often every ${daysBetween} days`,
    most === null ? "most in one: not known here" : `at most ${most} mg in one`,
    ...(confidence === "general-knowledge" ? ["general information, not yet checked"] : []),
  ];
}

function unlisted(name: string): Medicine {
  return { kind: "medicine", name, ingredients: [{ name }] };
}
