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
  /** The signs of a relapse that the person chose. */
  signs: readonly string[];
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
    const [all, { day: today }, chosen] = await Promise.all([
      diary.outcomes(), diary.today(), diary.entries({ kind: "relapse-signs" }),
    ]);
    const last = chosen.at(-1);
    const signs = last?.kind === "relapse-signs" ? last.signs : [];
    const names = (this.getAttribute("outcomes") ?? USUAL).split(/\s+/).filter((name) => name !== "");
    const ratings = all.filter((outcome) => outcome.source === "rating" && outcome.seenBy === null);
    const asked = names.flatMap((name) => ratings.filter((outcome) => outcome.outcome === name));
    return { outcomes: asked, more: ratings.filter((outcome) => !asked.includes(outcome)), today, signs };
  }

  /** @internal */
  protected view({ outcomes, more, today, signs }: Data, diary: Diary): ComponentChild {
    return (
      <CheckInForm
        outcomes={outcomes}
        more={more}
        today={today}
        signs={signs}
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
