import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Day, ProfileFact } from "#types";
import { useId } from "../id.js";
import { Elsewhere, NumberInput, numberOf, TextInput } from "../medicines/field.js";
import { type Problem, useSaving } from "../saving.js";
import type { KeptFact } from "./element.js";

/** A question about the person, and what answers it besides "not known". */
export interface Asked {
  topic: ProfileFact["topic"];
  question: string;
  /** `words`: a yes that can be told more about. */
  answer: "yes-no" | "words" | "year";
}

/** The answer that a button stands for. */
type Answer = "yes" | "no" | "unknown" | "declined";

export const SAID: Record<Answer, string> = {
  yes: "Yes", no: "No", unknown: "I do not know", declined: "Rather not say",
};
/** Words that show as a no here; the safety rules read more of a person's own words. */
const NO: readonly string[] = ["no", "none", "never"];

interface Props {
  asked: Asked;
  kept: KeptFact | undefined;
  format(day: Day): string;
  keep(fact: ProfileFact): Promise<void>;
}

/** One question with its answers. A tap is enough, but for a year or for words. */
export function Fact({ asked: { topic, question, answer }, kept, format, keep }: Props): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [telling, setTelling] = useState(false);
  const given = kept && answerOf(kept);
  const words = given === "yes" && kept?.value !== "yes" ? String(kept?.value) : "";
  const name = useId();
  const first = useRef<HTMLButtonElement>(null);
  const record = async (fact: Pick<ProfileFact, "state" | "value">): Promise<void> => {
    if (await save(() => keep({ kind: "profile", topic, ...fact }))) {
      setTelling(false);
      if (telling) first.current?.focus();
    }
  };
  const say = (chosen: Answer): void => {
    if (chosen === "yes" && answer !== "yes-no") return setTelling(true);
    if (chosen === "yes" || chosen === "no") return void record({ state: "known", value: chosen });
    void record({ state: chosen });
  };
  const isYear = answer === "year";
  return (
    <li class="fact">
      <p id={name}><strong>{question}</strong></p>
      {kept && <p class="muted">{words && `${words} · `}answered {format(kept.day)}</p>}
      <div class="chips" role="group" aria-labelledby={name}>
        {(Object.keys(SAID) as Answer[]).filter((one) => !isYear || one !== "no").map((one) => (
          <button
            key={one} class="chip" aria-pressed={given === one} aria-disabled={busy} onClick={() => say(one)}
            ref={one === "yes" ? first : null}
          >
            {isYear && one === "yes" ? "Say the year" : SAID[one]}
          </button>
        ))}
      </div>
      {telling && (
        <Tell isYear={isYear} words={words} busy={busy} problem={problem} tell={(text) => void record(told(text, isYear))} />
      )}
      <Elsewhere problem={problem} names={telling ? ["value"] : []} />
    </li>
  );
}

/** The year, or what there is to say more than yes. */
function Tell({ isYear, words, busy, problem, tell }: {
  isYear: boolean; words: string; busy: boolean; problem: Problem | null; tell(text: string): void;
}): JSX.Element {
  const [text, setText] = useState(words);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
  const Input = isYear ? NumberInput : TextInput;
  return (
    <form
      class="form" ref={form} noValidate
      onSubmit={(event) => {
        event.preventDefault();
        tell(text);
      }}
    >
      <Input
        label={isYear ? "Year" : "In your words (if you like)"} name="value" value={text} problem={problem} onChange={setText}
      />
      <button class="button strong" aria-disabled={busy}>Save</button>
    </form>
  );
}

function told(text: string, isYear: boolean): Pick<ProfileFact, "state" | "value"> {
  return { state: "known", value: isYear ? numberOf(text) : text.trim() || "yes" };
}

export function answerOf({ state, value }: KeptFact): Answer {
  if (state !== "known") return state;
  return NO.includes(String(value).toLowerCase()) ? "no" : "yes";
}
