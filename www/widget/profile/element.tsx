import type { ComponentChild, JSX } from "preact";
import type { Day, EntryId, ProfileFact } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { Conditions } from "./conditions.js";
import { type Asked, Fact } from "./fact.js";
import { profileStyles } from "./styles.js";

/** What is asked after the conditions, in turn. */
const ASKED: readonly Asked[] = [
  { topic: "birth-year", question: "Which year were you born in?", answer: "year" },
  { topic: "pregnancy", question: "Are you pregnant now?", answer: "yes-no" },
  { topic: "pregnancy-possible", question: "Could you become pregnant?", answer: "yes-no" },
  { topic: "breastfeeding", question: "Are you breastfeeding?", answer: "yes-no" },
  { topic: "allergy", question: "Do you have an allergy to a medicine?", answer: "words" },
  { topic: "past-reaction", question: "Did a medicine ever do you harm?", answer: "words" },
  { topic: "seizures", question: "Did you ever have a seizure?", answer: "words" },
  { topic: "eating-disorder", question: "Do you have, or did you have, an eating disorder?", answer: "words" },
  { topic: "kidney", question: "Do you have trouble with your kidneys?", answer: "words" },
  { topic: "liver", question: "Do you have trouble with your liver?", answer: "words" },
  { topic: "heart", question: "Do you have trouble with your heart or its beat?", answer: "words" },
  { topic: "glaucoma", question: "Do you have glaucoma, too much pressure in the eye?", answer: "yes-no" },
  { topic: "smoking", question: "Do you smoke now?", answer: "yes-no" },
  { topic: "family-history", question: "Does an illness run in your family?", answer: "words" },
];

/** A fact as it was last written. */
export type KeptFact = ProfileFact & { id: EntryId; day: Day };

interface Data {
  today: Day;
  facts: KeptFact[];
}

/**
 * `<doseline-profile>`: what the safety rules have to know of a person. Each question can be answered,
 * left, or answered with "not known" or "rather not say"; an answer holds from its day on.
 *
 * @fires doseline-entry - after an answer was kept, or a condition taken off the list
 */
export class DoselineProfile extends DoselineElement<Data> {
  constructor() {
    super(profileStyles);
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Data> {
    const [{ day: today }, noted] = await Promise.all([diary.today(), diary.entries({ kind: "profile" })]);
    return { today, facts: noted.flatMap((entry) => (entry.kind === "profile" ? [entry] : [])) };
  }

  /** @internal */
  protected view({ today, facts }: Data, diary: Diary): ComponentChild {
    const format = new Intl.DateTimeFormat(diary.locale, { dateStyle: "medium", timeZone: "UTC" });
    const keep = async (fact: ProfileFact, before?: KeptFact): Promise<void> => {
      const { id } = before ? await diary.amend(before.id, fact) : await diary.record(fact);
      this.dispatchEvent(new DoselineEntryEvent(id));
    };
    const remove = async ({ id }: KeptFact): Promise<void> => {
      await diary.remove(id);
      this.dispatchEvent(new DoselineEntryEvent(id));
    };
    return (
      <ProfileView
        today={today} facts={facts} format={(day) => format.format(Date.parse(day))} keep={keep} remove={remove}
      />
    );
  }
}

interface Props extends Data {
  format(day: Day): string;
  /** Keeps a fact, in the place of one that was told before. */
  keep(fact: ProfileFact, before?: KeptFact): Promise<void>;
  remove(kept: KeptFact): Promise<void>;
}

function ProfileView({ today, facts, format, keep, remove }: Props): JSX.Element {
  const conditions = facts.filter(({ topic }) => topic === "condition");
  const rows = ASKED.map((asked) => ({ asked, kept: facts.findLast(({ topic }) => topic === asked.topic) }));
  const answered = rows.filter(({ kept }) => kept).length + Math.min(1, conditions.length);
  // An answer changed on its day was a slip; on a later day something has changed.
  const slip = (kept: KeptFact | undefined): KeptFact | undefined => (kept?.day === today ? kept : undefined);
  return (
    <div class="panel" part="panel">
      <h2>About you</h2>
      <p class="muted">Some safety checks need these. Skip anything. What is not answered is said to be not checked.</p>
      <details class="screen-only">
        <summary>{answered === 0 ? "Answer some" : `Look at your answers: ${answered} of ${ASKED.length + 1}`}</summary>
        <ul class="facts">
          <Conditions facts={conditions} format={format} slip={slip} keep={keep} remove={remove} />
          {rows.map(({ asked, kept }) => (
            <Fact key={asked.topic} asked={asked} kept={kept} format={format} keep={(fact) => keep(fact, slip(kept))} />
          ))}
        </ul>
      </details>
    </div>
  );
}
