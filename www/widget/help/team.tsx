import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Contact, Help } from "#types";
import { Elsewhere, Field } from "../medicines/field.js";
import { useSaving } from "../saving.js";
import { Call } from "./contacts.js";

type Member = Help["team"][number];

const FIELDS = [
  ["name", "Name"], ["role", "Who they are to you"], ["phone", "Phone"], ["reach", "How else to reach them"],
  ["hours", "When"],
] as const;

/** The people of the care team, each with a way to change what is noted of them. */
export function Team({ team, onChange }: { team: readonly Member[]; onChange(member: Member): void }): JSX.Element {
  return (
    <ul class="contacts">
      {team.map((member) => (
        <li key={member.entry}>
          <strong>{member.name}</strong>
          {[member.role, member.hours].flatMap((part) => (part ? [`, ${part}`] : []))}
          <div class="ways">
            {member.phone && <Call name={member.name} phone={member.phone} />}
            {member.reach && <span>{member.reach}</span>}
            <button class="button" onClick={() => onChange(member)}>
              Change<span class="visually-hidden">: {member.name}</span>
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}

interface Props {
  /** Null for someone new. */
  member: Member | null;
  save(contact: Omit<Contact, "kind">): Promise<unknown>;
  remove(): Promise<unknown>;
  onDone(): void;
}

/** Someone of the care team as a form. */
export function MemberForm({ member, save: keep, remove, onDone }: Props): JSX.Element {
  const [texts, setTexts] = useState(() => FIELDS.map(([field]) => member?.[field] ?? ""));
  const [prescriber, setPrescriber] = useState(member?.prescriber ?? false);
  const { save, busy, problem } = useSaving();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const given = FIELDS.flatMap(([field], place) => {
      const text = texts[place]?.trim() ?? "";
      return text === "" ? [] : [[field, text]];
    });
    const contact = Object.fromEntries(prescriber ? [...given, ["prescriber", "yes"]] : given);
    if (await save(() => keep(contact))) onDone();
  };
  return (
    <form class="form" onSubmit={(event) => void submit(event)} noValidate>
      {FIELDS.map(([field, label], place) => (
        <Field key={field} label={label} name={field} problem={problem}>
          {(tied) => (
            <input
              {...tied} class="input" inputMode={field === "phone" ? "tel" : "text"} maxLength={200} value={texts[place]}
              onInput={({ currentTarget: { value } }) =>
                setTexts((before) => before.map((text, other) => (other === place ? value : text)))}
            />
          )}
        </Field>
      ))}
      <label class="tick">
        <input
          type="checkbox" checked={prescriber} onChange={({ currentTarget: { checked } }) => setPrescriber(checked)}
        />
        They prescribe my medicines
      </label>
      <Elsewhere problem={problem} names={FIELDS.map(([field]) => field)} />
      <div class="buttons">
        <button type="button" class="button" onClick={onDone}>Cancel</button>
        {member && (
          <button type="button" class="button" onClick={() => void save(remove).then((done) => done && onDone())}>
            Remove
          </button>
        )}
        <button class="button strong" aria-disabled={busy}>Save</button>
      </div>
    </form>
  );
}
