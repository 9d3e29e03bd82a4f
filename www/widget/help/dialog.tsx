import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Contact, Help } from "#types";
import { useSaving } from "../saving.js";
import { Contacts } from "./contacts.js";
import { PlanForm, type PlanLines, PlanShown } from "./plan.js";
import { MemberForm, Team } from "./team.js";

/** What the dialog does with an open diary. */
export interface HelpActions {
  savePlan(lines: PlanLines): Promise<void>;
  saveContact(contact: Omit<Contact, "kind">, entry: string | null): Promise<void>;
  removeContact(entry: string): Promise<void>;
  noteHelped(note: string): Promise<void>;
  readsNotes(): boolean;
  setReadsNotes(wanted: boolean): void;
  formatDay(day: string): string;
}

interface Props {
  help: Help;
  /** Null while no diary is open: then there are only the numbers. */
  actions: HelpActions | null;
  close(): void;
}

/** What “Need help now” opens: the person's own words first, then people, then lines to call. */
export function HelpContents({ help, actions, close }: Props): JSX.Element {
  const { crisis } = help;
  return (
    <>
      <h2 id="help-title" tabIndex={-1} autofocus>Need help now</h2>
      {crisis?.severity === "urgent-help" && <p>{crisis.sentence}</p>}
      <p>{help.lead}</p>
      {help.told && <p class="finding">{help.told}</p>}
      {actions && <Plan plan={help.plan} actions={actions} />}
      {actions && <HelpedBefore helped={help.helpedBefore} actions={actions} />}
      {actions && <CareTeam team={help.team} actions={actions} />}
      <section>
        <h3>Call or text</h3>
        <p>{help.emergency}</p>
        <Contacts contacts={help.contacts} />
      </section>
      <p class="muted">{crisis ? `${help.whoSees} ${help.watched}` : help.watched}</p>
      {actions && <ReadsNotes actions={actions} />}
      <button class="button strong wide" onClick={close}>Close</button>
    </>
  );
}

function Plan({ plan, actions }: { plan: Help["plan"]; actions: HelpActions }): JSX.Element {
  const [writing, setWriting] = useState(false);
  return (
    <section>
      <h3>My plan</h3>
      {writing ? (
        <PlanForm plan={plan} save={actions.savePlan} onDone={() => setWriting(false)} />
      ) : (
        <>
          {plan.entry && <PlanShown {...plan} />}
          <button class="button" onClick={() => setWriting(true)}>
            {plan.entry ? "Change my plan" : "Write a plan for hard hours"}
          </button>
        </>
      )}
    </section>
  );
}

function HelpedBefore({ helped, actions }: { helped: Help["helpedBefore"]; actions: HelpActions }): JSX.Element {
  const [note, setNote] = useState<string | null>(null);
  const { save, busy, problem } = useSaving();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await save(() => actions.noteHelped(note?.trim() ?? ""))) setNote(null);
  };
  return (
    <section>
      <h3>What helped before</h3>
      <ul class="contacts">
        {helped.map(({ entry, day, text }) => (
          <li key={entry}>{text} <span class="muted">{actions.formatDay(day)}</span></li>
        ))}
      </ul>
      {note === null ? (
        <button class="button" onClick={() => setNote("")}>Note something that helped</button>
      ) : (
        <form class="form" onSubmit={(event) => void submit(event)} noValidate>
          <label class="field">
            What helped
            <textarea
              class="input" rows={2} value={note} aria-invalid={problem ? true : undefined}
              onInput={({ currentTarget: { value } }) => setNote(value)}
            />
          </label>
          {problem && <p class="error" role="alert">{problem.sentence}</p>}
          <div class="buttons">
            <button type="button" class="button" onClick={() => setNote(null)}>Cancel</button>
            <button class="button strong" aria-disabled={busy}>Save</button>
          </div>
        </form>
      )}
    </section>
  );
}

function CareTeam({ team, actions }: { team: Help["team"]; actions: HelpActions }): JSX.Element {
  const [changed, setChanged] = useState<Help["team"][number] | "new" | null>(null);
  const member = changed === "new" ? null : changed;
  return (
    <section>
      <h3>My care team</h3>
      {changed ? (
        <MemberForm
          member={member}
          save={(contact) => actions.saveContact(contact, member?.entry ?? null)}
          remove={async () => member && actions.removeContact(member.entry)}
          onDone={() => setChanged(null)}
        />
      ) : (
        <>
          <Team team={team} onChange={setChanged} />
          <button class="button" onClick={() => setChanged("new")}>Add someone</button>
        </>
      )}
    </section>
  );
}

function ReadsNotes({ actions }: { actions: HelpActions }): JSX.Element {
  const [reads, setReads] = useState(actions.readsNotes);
  return (
    <label class="tick">
      <input
        type="checkbox" checked={reads}
        onChange={({ currentTarget: { checked } }) => {
          actions.setReadsNotes(checked);
          setReads(checked);
        }}
      />
      <span>
        Show me a quiet card when my notes have words about hurting myself. They are read on this device only.
      </span>
    </label>
  );
}
