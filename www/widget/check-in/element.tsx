import type { ComponentChild } from "preact";
import type { Day, Outcome } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { CheckInForm } from "./form.js";
import { checkInStyles } from "./styles.js";

/** Outcomes asked for unless the attribute `outcomes` names others. */
const USUAL = "mood anxiety energy irritability";

interface Data {
  outcomes: Outcome[];
  more: Outcome[];
  today: Day;
}

/**
 * `<doseline-check-in outcomes="mood anxiety">`: ratings, sleep, tags and a note.
 *
 * @fires doseline-entry - after a check-in was kept
 */
export class DoselineCheckIn extends DoselineElement<Data> {
  static override observedAttributes = [...DoselineElement.observedAttributes, "outcomes"];

  constructor() {
    super(checkInStyles);
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Data> {
    const [all, { day: today }] = await Promise.all([diary.outcomes(), diary.today()]);
    const names = (this.getAttribute("outcomes") ?? USUAL).split(/\s+/).filter((name) => name !== "");
    const ratings = all.filter((outcome) => outcome.source === "rating");
    const asked = names.flatMap((name) => ratings.filter((outcome) => outcome.outcome === name));
    return { outcomes: asked, more: ratings.filter((outcome) => !asked.includes(outcome)), today };
  }

  /** @internal */
  protected view({ outcomes, more, today }: Data, diary: Diary): ComponentChild {
    return (
      <CheckInForm
        outcomes={outcomes}
        more={more}
        today={today}
        record={async (draft) => {
          const { id } = await diary.record(draft);
          this.dispatchEvent(new DoselineEntryEvent(id));
          return id;
        }}
        undo={async () => void (await diary.undo())}
      />
    );
  }
}
