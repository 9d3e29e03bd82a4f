import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Day, Draft, ProfileFact, Span } from "#types";
import { conditionFact, DIAGNOSED_BY } from "../profile/conditions.js";
import { ChoiceInput, DayInput, Elsewhere, TextInput } from "../medicines/field.js";
import { useSaving } from "../saving.js";
import type { Actions } from "./element.js";
import { type LivedLines, Lived, livedIn } from "./lived.js";
import { Past } from "./past.js";

/** What can be added to a brief, as a label. */
const KINDS = {
  question: "A question", goal: "A goal", visit: "The next visit", symptoms: "What I notice",
  history: "What was before", lifestyle: "How I live", preferences: "What matters to me",
  condition: "A condition", allergy: "An allergy", "past-reaction": "A bad reaction in the past",
  "family-history": "Something in the family", therapy: "Therapy or exercise", "hospital-stay": "A stay in hospital",
  "emergency-visit": "An emergency visit", "sick-leave": "Days off sick", past: "A medicine of the past",
} as const;

type Kind = keyof typeof KINDS;
type SpanKind = Span["span"];

interface Props {
  today: Day;
  actions: Actions;
  onKept(): void;
  onClose(): void;
}

/** One thing at a time: nothing has to be filled in at once, and nothing has to be filled in. */
export function Prepare({ today, actions, onKept, onClose }: Props): JSX.Element {
  const [kind, setKind] = useState<Kind>("question");
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => head.current?.focus(), []);
  return (
    <div class="form screen-only">
      <h3 tabIndex={-1} ref={head}>Add to the brief</h3>
      <ChoiceInput
        label="What" name="kind" value={kind} options={Object.entries(KINDS) as [Kind, string][]} problem={null}
        onChange={setKind}
      />
      {kind === "past" ? (
        <Past today={today} actions={actions} onKept={onKept} onClose={onClose} />
      ) : (
        <One kind={kind} today={today} actions={actions} onKept={onKept} onClose={onClose} />
      )}
    </div>
  );
}

/** Anything but a medicine: one entry. */
function One({ kind, today, actions, onKept, onClose }: Props & { kind: Exclude<Kind, "past"> }): JSX.Element {
  const { save, busy, problem } = useSaving();
  const [text, setText] = useState("");
  const [diagnosedBy, setDiagnosedBy] = useState("");
  const [lines, setLines] = useState<LivedLines>({});
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const hasDays = isSpan(kind);
  const first = hasDays ? "from" : "day";
  const words = kind === "lifestyle" ? livedIn(lines) : text;
  return (
    <form
      class="form" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const draft = kind === "condition" ? conditionFact(words, diagnosedBy) : draftOf(kind, words, from, to);
        void save(() => actions.record(draft)).then((kept) => kept && onKept());
      }}
    >
      {kind === "lifestyle" && <Lived lines={lines} problem={problem} onChange={setLines} />}
      {!hasDays && kind !== "lifestyle" && (
        <TextInput label={labelOf(kind)} name={fieldOf(kind)} value={text} problem={problem} onChange={setText} />
      )}
      {kind === "condition" && (
        <TextInput label={DIAGNOSED_BY} name="diagnosedBy" value={diagnosedBy} problem={problem} onChange={setDiagnosedBy} />
      )}
      {(hasDays || kind === "visit" || kind === "therapy") && (
        <DayInput
          label={hasDays ? "From (about)" : "Day"} name={first} value={from} problem={problem} onChange={setFrom}
        />
      )}
      {hasDays && <DayInput label="To (about)" name="to" value={to} max={today} problem={problem} onChange={setTo} />}
      <Elsewhere problem={problem} names={[fieldOf(kind), "diagnosedBy", first, "to"]} />
      <div class="buttons">
        <button class="button strong" aria-disabled={busy}>Save</button>
        <button type="button" class="button" onClick={onClose}>Close</button>
      </div>
    </form>
  );
}

function labelOf(kind: Kind): string {
  return kind === "visit" ? "With whom (if you like)" : "In your words";
}

/** How the core names the field that the text goes into. */
function fieldOf(kind: Kind): string {
  switch (kind) {
    case "question": case "goal":
      return "text";
    case "visit":
      return "with";
    case "therapy":
      return kind;
    default:
      return "value";
  }
}

function isSpan(kind: Kind): kind is SpanKind {
  return kind === "hospital-stay" || kind === "emergency-visit" || kind === "sick-leave";
}

function draftOf(kind: Exclude<Kind, "past" | "condition">, text: string, from: string, to: string): Draft {
  const day = from === "" ? {} : { day: from };
  if (isSpan(kind)) return { kind: "span", span: kind, from, ...(to === "" ? {} : { to }) };
  switch (kind) {
    case "question": case "goal":
      return { kind, text };
    case "visit":
      return { kind, ...(text === "" ? {} : { with: text }), ...day };
    case "therapy":
      return { kind, therapy: text, ...day };
    default:
      return { kind: "profile", topic: kind satisfies ProfileFact["topic"], state: "known", value: text };
  }
}
