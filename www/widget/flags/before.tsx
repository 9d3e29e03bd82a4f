import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Flag } from "#types";

interface Waiting {
  flags: readonly Flag[];
  record(): Promise<void>;
}

/**
 * Asks the safety rules before something is recorded. Where they have nothing new to say it is recorded at
 * once; otherwise `before` shows what they say, and the person records it anyway or not yet.
 */
export function useBefore(): {
  ask(check: () => Promise<Flag[]>, record: () => Promise<void>): Promise<void>;
  asking: boolean;
  before: JSX.Element | null;
} {
  const [asking, setAsking] = useState(false);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const ask = async (check: () => Promise<Flag[]>, record: () => Promise<void>): Promise<void> => {
    if (asking) return;
    setAsking(true);
    // What cannot be checked is not held up: recording tells what is wrong with it.
    const flags = await check().catch(() => []);
    setAsking(false);
    if (flags.length === 0) await record();
    else setWaiting({ flags, record });
  };
  const answer = (record?: () => Promise<void>): void => {
    setWaiting(null);
    void record?.();
  };
  const before = waiting && (
    <Before flags={waiting.flags} onAnyway={() => answer(waiting.record)} onNotYet={() => answer()} />
  );
  return { ask, asking, before };
}

interface Props {
  flags: readonly Flag[];
  onAnyway(): void;
  onNotYet(): void;
}

function Before({ flags, onAnyway, onNotYet }: Props): JSX.Element {
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const root = place.current?.getRootNode() as ShadowRoot | undefined;
    const origin = root?.activeElement as HTMLElement | null | undefined;
    place.current?.focus();
    return () => origin?.focus();
  }, []);
  return (
    <section class="finding before screen-only" aria-label="Before you record this" tabIndex={-1} ref={place}>
      <p><strong>Before you record this</strong></p>
      {flags.map((flag) => (
        <Told key={flag.key} flag={flag} />
      ))}
      <div class="row-buttons">
        <button type="button" class="button" onClick={onNotYet}>Not yet</button>
        <button type="button" class="button" onClick={onAnyway}>Record anyway</button>
      </div>
    </section>
  );
}

/** What a flag says, with its reason. */
export function Told({ flag }: { flag: Flag }): JSX.Element {
  return (
    <div>
      <p>{flag.sentence}</p>
      {flag.watch && <p>{flag.watch}</p>}
      {flag.marks.map((mark) => <p key={mark} class="muted">{mark}</p>)}
      <Why flag={flag} />
    </div>
  );
}

/** What was looked at, what was not, and where the rule comes from. */
export function Why({ flag }: { flag: Flag }): JSX.Element {
  return (
    <details class="screen-only">
      <summary>Why this is shown</summary>
      <ul>
        <li>{flag.why}</li>
        <li><strong>Not covered.</strong> {flag.notCovered}</li>
        {flag.sources.map((source) => <li key={source} class="muted">{source}</li>)}
      </ul>
    </details>
  );
}
