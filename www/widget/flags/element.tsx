import type { ComponentChild, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Flag, FlagSeverity, Flags, HelpContact } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { Contacts } from "../help/contacts.js";
import { useSaving } from "../saving.js";
import { Why } from "./before.js";
import { flagsStyles } from "./styles.js";

const SAID: Record<FlagSeverity, string> = {
  "urgent-help": "Help now", "contact-today": "Call today", "worth-asking-about": "Worth asking about",
  "for-information": "Good to know",
};

/** The flags, and whom to reach where one of them is about self-harm. */
interface Shown extends Flags {
  contacts: HelpContact[];
}

/**
 * `<doseline-flags>`: what the safety rules say today, quietly and in order, each with its reason, what
 * it does not cover and a way to set it aside; without any, one quiet line on what was not checked. It is
 * hidden while there is nothing to say.
 *
 * @fires doseline-entry - after a flag was set aside
 */
export class DoselineFlags extends DoselineElement<Shown> {
  constructor() {
    super(flagsStyles);
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Shown> {
    const flags = await diary.flags();
    this.hidden = flags.flags.length === 0 && flags.notChecked.length === 0;
    const contacts = flags.flags.some(isCrisis) ? (await diary.help()).contacts : [];
    return { ...flags, contacts };
  }

  /** @internal */
  protected view(data: Shown, diary: Diary): ComponentChild {
    const setAside = async (flag: Flag, reason: string): Promise<void> => {
      const { id } = await diary.record({ kind: "dismissal", flag: flag.key, reason });
      this.dispatchEvent(new DoselineEntryEvent(id));
    };
    return <FlagsView {...data} setAside={setAside} />;
  }
}

interface Props extends Shown {
  setAside(flag: Flag, reason: string): Promise<void>;
}

/** Whether a flag is shown at once; the others are folded, so that they do not push the page down. */
function isOpen(flag: Flag): boolean {
  return flag.severity === "urgent-help" || flag.severity === "contact-today" || isCrisis(flag);
}

function isCrisis({ rule }: Flag): boolean {
  return rule.startsWith("crisis");
}

function FlagsView({ flags, notChecked, contacts, setAside }: Props): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  const open = flags.filter(isOpen);
  const folded = flags.filter((flag) => !isOpen(flag));
  const cards = (list: readonly Flag[]): JSX.Element => (
    <ul class="flags">
      {list.map((flag) => (
        <FlagCard
          key={flag.key} flag={flag} contacts={contacts}
          setAside={async (reason) => {
            await setAside(flag, reason);
            head.current?.focus();
          }}
        />
      ))}
    </ul>
  );
  if (flags.length === 0) {
    return <div class="panel quiet" part="panel"><NotChecked lines={notChecked} /></div>;
  }
  const more = open.length > 0 ? "more " : "";
  const count = `${folded.length} ${more}${folded.length === 1 ? "thing" : "things"} worth asking about`;
  return (
    <div class={`panel ${open.length > 0 ? "" : "quiet"}`} part="panel">
      <h2 class={open.length > 0 ? "" : "visually-hidden"} tabIndex={-1} ref={head}>
        {open.length > 0 ? "Please look at this first" : "Worth asking about"}
      </h2>
      {open.length > 0 && cards(open)}
      {folded.length > 0 && (
        <details class="folded">
          <summary>{count}</summary>
          {cards(folded)}
        </details>
      )}
      {notChecked.length > 0 && <NotChecked lines={notChecked} />}
    </div>
  );
}

/** What the rules could not look at: a folded line. */
function NotChecked({ lines }: { lines: Flags["notChecked"] }): JSX.Element {
  return (
    <details>
      <summary>What was not checked</summary>
      <ul>{lines.map(({ rule, sentence }) => <li key={`${rule} ${sentence}`}>{sentence}</li>)}</ul>
    </details>
  );
}

interface CardProps {
  flag: Flag;
  contacts: readonly HelpContact[];
  setAside(reason: string): Promise<void>;
}

function FlagCard({ flag, contacts, setAside }: CardProps): JSX.Element {
  return (
    <li class="flag" data-severity={flag.severity}>
      <p class="muted">{SAID[flag.severity]}</p>
      <p>{flag.sentence}</p>
      {isCrisis(flag) && <Contacts contacts={contacts} />}
      {isCrisis(flag) && <p class="muted">{flag.notCovered}</p>}
      {flag.watch && <p>{flag.watch}</p>}
      {flag.marks.map((mark) => <p key={mark} class="muted">{mark}</p>)}
      <Why flag={flag} />
      {flag.severity !== "urgent-help" && <SetAside about={flag.about.join(", ")} setAside={setAside} />}
    </li>
  );
}

function SetAside({ about, setAside }: { about: string; setAside(reason: string): Promise<void> }): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null) {
    return (
      <button class="button screen-only" onClick={() => setReason("")}>
        Set aside<span class="visually-hidden">: {about}</span>
      </button>
    );
  }
  return (
    <form
      class="screen-only"
      onSubmit={(event) => {
        event.preventDefault();
        void save(() => setAside(reason));
      }}
    >
      <label>
        Why it can be set aside
        <input
          class="input" value={reason} aria-invalid={problem !== null} autofocus
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <button class="button" aria-disabled={busy}>Save</button>
      <button class="button" type="button" onClick={() => setReason(null)}>Cancel</button>
      {problem && <p class="error" role="alert">{problem.sentence}</p>}
    </form>
  );
}
