import type { ComponentChild, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Flag, FlagSeverity, Flags } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { useSaving } from "../saving.js";
import { Why } from "./before.js";
import { flagsStyles } from "./styles.js";

const SAID: Record<FlagSeverity, string> = {
  "urgent-help": "Help now", "contact-today": "Call today", "worth-asking-about": "Worth asking about",
  "for-information": "Good to know",
};

/**
 * `<doseline-flags>`: what the safety rules say today, quietly and in order, each with its reason, what
 * it does not cover and a way to set it aside. It is hidden while there is nothing to say.
 *
 * @fires doseline-entry - after a flag was set aside
 */
export class DoselineFlags extends DoselineElement<Flags> {
  constructor() {
    super(flagsStyles);
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Flags> {
    const flags = await diary.flags();
    this.hidden = flags.flags.length === 0;
    return flags;
  }

  /** @internal */
  protected view(data: Flags, diary: Diary): ComponentChild {
    const setAside = async (flag: Flag, reason: string): Promise<void> => {
      const { id } = await diary.record({ kind: "dismissal", flag: flag.key, reason });
      this.dispatchEvent(new DoselineEntryEvent(id));
    };
    return <FlagsView {...data} setAside={setAside} />;
  }
}

interface Props extends Flags {
  setAside(flag: Flag, reason: string): Promise<void>;
}

/** Whether a flag is shown at once; the others are folded, so that they do not push the page down. */
function isOpen({ rule, severity }: Flag): boolean {
  return severity === "urgent-help" || severity === "contact-today" || rule.startsWith("crisis");
}

function FlagsView({ flags, notChecked, setAside }: Props): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  const open = flags.filter(isOpen);
  const folded = flags.filter((flag) => !isOpen(flag));
  const cards = (list: readonly Flag[]): JSX.Element => (
    <ul class="flags">
      {list.map((flag) => (
        <FlagCard
          key={flag.key} flag={flag}
          setAside={async (reason) => {
            await setAside(flag, reason);
            head.current?.focus();
          }}
        />
      ))}
    </ul>
  );
  const count = folded.length === 1 ? "1 thing" : `${folded.length} things`;
  return (
    <div class="panel" part="panel">
      <h2 tabIndex={-1} ref={head}>{open.length > 0 ? "Please look at this first" : "Worth asking about"}</h2>
      {open.length > 0 && cards(open)}
      {folded.length > 0 && (
        <details class="folded">
          <summary>{open.length > 0 ? `${count.replace(" ", " more ")} worth asking about` : `Show ${count}`}</summary>
          {cards(folded)}
        </details>
      )}
      {notChecked.length > 0 && (
        <details>
          <summary>What was not checked</summary>
          <ul>{notChecked.map(({ rule, sentence }) => <li key={`${rule} ${sentence}`}>{sentence}</li>)}</ul>
        </details>
      )}
    </div>
  );
}

function FlagCard({ flag, setAside }: { flag: Flag; setAside(reason: string): Promise<void> }): JSX.Element {
  const isCrisis = flag.rule.startsWith("crisis");
  return (
    <li class="flag" data-severity={flag.severity}>
      <p class="muted">{SAID[flag.severity]}</p>
      <p>{flag.sentence}</p>
      {isCrisis && <Contacts />}
      {isCrisis && <p class="muted">{flag.notCovered}</p>}
      {flag.watch && <p>{flag.watch}</p>}
      {flag.marks.map((mark) => <p key={mark} class="muted">{mark}</p>)}
      <Why flag={flag} />
      {flag.severity !== "urgent-help" && <SetAside about={flag.about.join(", ")} setAside={setAside} />}
    </li>
  );
}

/** Who can be reached at any hour. Plain links, which need no page around them. */
function Contacts(): JSX.Element {
  return (
    <div class="contacts">
      <a href="tel:988">Call 988 (US, Canada)</a>
      <a href="sms:988">Text 988</a>
      <a href="https://findahelpline.com" target="_blank" rel="noopener noreferrer">findahelpline.com (elsewhere)</a>
    </div>
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
