import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Concern, ConcernKind, ConcernOptions, EntryId, MedicineView } from "#types";
import { Field } from "../medicines/field.js";
import { useSaving } from "../saving.js";
import type { Effect } from "./element.js";

const KINDS: Record<ConcernKind, string> = {
  "not-working": "It does not help me", "side-effect": "I can't stand an effect", stopping: "I want to stop it",
};

interface Props {
  medicines: readonly MedicineView[];
  effects: readonly Effect[];
  ask(options: ConcernOptions): Promise<Concern>;
  onClose(): void;
}

/** Which medicine and what about it; then whom to contact, how soon, and a message to hand over. */
export function ConcernForm({ medicines, effects, ask, onClose }: Props): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [medicine, setMedicine] = useState(medicines[0]?.medicine ?? "");
  const [effect, setEffect] = useState<EntryId | "">("");
  const [answer, setAnswer] = useState<Concern | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => head.current?.focus(), [answer]);
  const find = (kind: ConcernKind): void =>
    void save(async () => {
      const named = kind === "side-effect" && effect !== "" ? { effect } : {};
      setAnswer(await ask({ kind, medicine, ...named }));
    });
  return (
    <div class="form screen-only">
      <h3 tabIndex={-1} ref={head}>{answer ? KINDS[answer.kind] : "What is not right?"}</h3>
      {answer ? <Answer answer={answer} /> : (
        <>
          <Field label="Which medicine">
            {(tied) => (
              <select
                {...tied} class="input" value={medicine}
                onChange={({ currentTarget: { value } }) => setMedicine(value)}
              >
                {medicines.map((one) => <option key={one.medicine} value={one.medicine}>{one.name}</option>)}
              </select>
            )}
          </Field>
          {effects.length > 0 && (
            <Field label="An effect to name in the message (if you like)">
              {(tied) => (
                <select
                  {...tied} class="input" value={effect}
                  onChange={({ currentTarget: { value } }) => setEffect(value)}
                >
                  <option value="">none</option>
                  {effects.map(({ id, term }) => <option key={id} value={id}>{term}</option>)}
                </select>
              )}
            </Field>
          )}
          <div class="buttons">
            {(Object.keys(KINDS) as ConcernKind[]).map((kind) => (
              <button key={kind} class="button" aria-disabled={busy} onClick={() => find(kind)}>{KINDS[kind]}</button>
            ))}
          </div>
          {problem && <p class="error" role="alert">{problem.sentence}</p>}
        </>
      )}
      <button class="button" onClick={onClose}>Close</button>
    </div>
  );
}

function Answer({ answer }: { answer: Concern }): JSX.Element {
  const [copied, setCopied] = useState<boolean | null>(null);
  const text = answer.message.join("\n");
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(() => setCopied(true), () => setCopied(false));
  return (
    <div class="answer">
      {answer.first.map((flag) => (
        <div key={flag.key} class="flag" data-severity={flag.severity}>
          <p>{flag.sentence}</p>
          {flag.marks.map((mark) => <p key={mark} class="muted">{mark}</p>)}
        </div>
      ))}
      <p><strong>{answer.whom}</strong></p>
      <p>{answer.why}</p>
      <p class="finding">{answer.stopping.text}</p>
      <p>{answer.sooner}</p>
      <h4>To copy or to read out</h4>
      <p class="message">{text}</p>
      <button class="button" onClick={copy}>Copy the message</button>
      <p role="status" class="muted">
        {copied === true && "Copied. It was sent to no one."}
        {copied === false && "This browser did not let it be copied."}
      </p>
      <details>
        <summary>Where this comes from</summary>
        <ul>
          {answer.stopping.confidence === "general-knowledge" && (
            <li class="muted">This is general information. It is not yet checked against the label.</li>
          )}
          {answer.stopping.sources.map((source) => <li key={source} class="muted">{source}</li>)}
          <li class="muted">How soon to call is a suggestion of Doseline's own.</li>
        </ul>
      </details>
    </div>
  );
}
